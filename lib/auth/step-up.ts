import { isBinderyError } from "@/lib/kernel/errors";

/** Longest claims request that is passed on to Entra, characters. */
const claimsLimit = 2000;

/** Where a person signs in again after `sign_in_needed`, with what Entra asked for. Undefined for other errors. For links, never for a fetch. */
export function signInUrlFor(error: unknown): string | undefined {
  if (!isBinderyError(error, "sign_in_needed")) return undefined;
  const { claims, signInUrl } = error.facts;
  if (signInUrl !== undefined) return signInUrl;
  return claims === undefined ? "/api/auth/step-up" : `/api/auth/step-up?claims=${encodeURIComponent(claims)}`;
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
