import { endSession } from "@/lib/auth/sign-out";
import { closeStreamsOf } from "@/lib/http/events";
import { handle } from "@/lib/http/handle";

export const DELETE = handle("DELETE /api/v1/sessions/{id}", async ({ actor, params }) => {
  await endSession(actor, params);
  closeStreamsOf(params.id);
  return undefined;
});
