import { isBinderyError } from "@/lib/kernel/errors";
import { seal, unseal } from "@/lib/kernel/seal";
import type { Actor } from "./actor";

/** What a renewed sign-in of the same person has to bring. */
export type StepUp = {
  /** Path of ours to come back to. */
  returnTo?: string;
  /** Entra authentication context that the sign-in must satisfy, for example `c1`. */
  context?: string;
  /** True when the credentials must be entered again, however fresh the browser's Entra session is. */
  fresh?: boolean;
  /** A run that waits for this sign-in and goes on by itself afterwards; its own claims challenge is used. */
  runId?: string;
};

/** Address of ours that begins such a sign-in. For links: a navigation, never a fetch. */
export function stepUpUrl(want: StepUp): string {
  const query = new URLSearchParams();
  if (want.returnTo !== undefined) query.set("returnTo", want.returnTo);
  if (want.context !== undefined) query.set("context", want.context);
  if (want.fresh === true) query.set("fresh", "true");
  if (want.runId !== undefined) query.set("run", want.runId);
  return `/api/auth/step-up?${query}`;
}

const boundTo = (actor: Pick<Actor, "tid" | "oid">): string => `claims ${actor.tid}/${actor.oid}`;

/** Where the person signs in again after `sign_in_needed`; the claims challenge travels sealed for that person. Undefined for other errors. */
export function signInUrlFor(error: unknown, actor: Actor | null): string | undefined {
  if (actor === null || !isBinderyError(error, "sign_in_needed")) return undefined;
  const { claims } = error.facts;
  return claims === undefined ? "/api/auth/step-up" : `/api/auth/step-up?claims=${encodeURIComponent(seal(claims, boundTo(actor)))}`;
}

/** Opens a claims challenge that `signInUrlFor` sealed for this person. Throws when it was made for somebody else. */
export function openClaims(sealed: string, actor: Actor): string {
  return unseal(sealed, boundTo(actor));
}

/** The claims request that asks Entra for an authentication context. */
export function claimsForContext(context: string): string {
  return JSON.stringify({
    id_token: { acrs: { essential: true, value: context } },
    access_token: { acrs: { essential: true, value: context } },
  });
}
