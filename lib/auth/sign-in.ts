import { createHash } from "node:crypto";
import { newSecret } from "@/lib/kernel/ids";
import { sha256 } from "@/lib/kernel/json";
import type { Actor } from "./actor";
import { cookieText, flowCookie, readCookie } from "./cookie";
import { entraFailure } from "./entra-failure";
import { saveFlow } from "./flow-store";
import { armScope, entraClient, redirectUri } from "./msal";
import { safeReturnTo } from "./return-to";

/** What a sign-in that begins should bring. `expected`: the person who must come back, for a step-up. */
export type SignInWish = {
  returnTo: string | null;
  claims: string | null;
  fresh: boolean;
  runId: string | null;
  expected: Actor | null;
};

/** Where the browser goes next, and the cookies that it gets on the way. */
export type Onward = { location: string; cookies: string[] };

/** The browser that began a sign-in has so long to finish it, seconds. */
const flowSeconds = 600;

/**
 * Begins a sign-in: keeps its nonce, PKCE verifier and wishes under a random `state`, bound to this browser by a cookie whose hash is
 * stored, and gives Entra's address. Throws `azure_unavailable` when Entra does not answer.
 */
export async function beginSignIn(request: Request, wish: SignInWish): Promise<Onward> {
  const state = newSecret();
  const [nonce, verifier] = [newSecret(), newSecret(48)];
  const browser = readCookie(request.headers.get("cookie"), flowCookie()) ?? newSecret();
  const location = await entraAddress(wish, { state, nonce, verifier });
  await saveFlow({
    id: state,
    nonce,
    verifier,
    returnTo: safeReturnTo(wish.returnTo),
    claims: wish.claims,
    runId: wish.runId,
    expectedOid: wish.expected?.oid ?? null,
    browserKey: sha256(browser),
  });
  return { location, cookies: [cookieText(flowCookie(), browser, flowSeconds)] };
}

async function entraAddress(wish: SignInWish, secrets: { state: string; nonce: string; verifier: string }): Promise<string> {
  try {
    const client = await entraClient();
    return await client.getAuthCodeUrl({
      scopes: [armScope()],
      redirectUri: redirectUri(),
      responseMode: "query",
      state: secrets.state,
      nonce: secrets.nonce,
      codeChallenge: createHash("sha256").update(secrets.verifier).digest("base64url"),
      codeChallengeMethod: "S256",
      ...(wish.claims === null ? {} : { claims: wish.claims }),
      ...(wish.expected === null ? {} : { loginHint: wish.expected.upn }),
      ...(wish.fresh ? { prompt: "login" } : {}),
    });
  } catch (error) {
    throw entraFailure(error);
  }
}
