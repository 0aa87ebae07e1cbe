import { cookieText, sessionCookie } from "@/lib/auth/cookie";
import { signOut } from "@/lib/auth/sign-out";
import { closeStreamsOf } from "@/lib/http/events";
import { handle } from "@/lib/http/handle";

export const POST = handle("POST /api/v1/sign-out", async ({ actor, body, answerHeaders }) => {
  const answer = await signOut(actor, body);
  closeStreamsOf(actor.sessionId);
  answerHeaders.append("set-cookie", cookieText(sessionCookie(), "", 0));
  return answer;
});
