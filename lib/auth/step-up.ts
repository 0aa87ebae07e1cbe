import { isBinderyError } from "@/lib/kernel/errors";

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

/** Longest claims request that is passed on to Entra, characters. */
const claimsLimit = 2000;

/** Address of ours that begins such a sign-in. For links: a navigation, never a fetch. */
export function stepUpUrl(want: StepUp): string {
  const query = new URLSearchParams();
  for (const name of ["returnTo", "context", "runId"] as const) if (want[name] !== undefined) query.set(name, want[name]);
  if (want.fresh === true) query.set("fresh", "true");
  return query.size === 0 ? "/api/auth/step-up" : `/api/auth/step-up?${query}`;
}

/** Where a person signs in again after `sign_in_needed`, with what Entra asked for. Undefined for other errors. */
export function signInUrlFor(error: unknown): string | undefined {
  if (!isBinderyError(error, "sign_in_needed")) return undefined;
  const { claims, signInUrl } = error.facts;
  if (signInUrl !== undefined) return signInUrl;
  return claims === undefined ? stepUpUrl({}) : `/api/auth/step-up?claims=${encodeURIComponent(claims)}`;
}

/** A claims request as it came in an address, when it is JSON text of an object and of bearable length; else null. */
export function claimsFrom(text: string | null): string | null {
  if (text === null || text.length > claimsLimit) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? JSON.stringify(value) : null;
  } catch {
    return null;
  }
}

/** The claims request that asks Entra for an authentication context; null for text that is not the name of one. */
export function claimsForContext(context: string | null): string | null {
  if (context === null || !/^[A-Za-z0-9_.:-]{1,40}$/.test(context)) return null;
  const acrs = { essential: true, value: context };
  return JSON.stringify({ id_token: { acrs }, access_token: { acrs } });
}
