import { type StepUp, stepUpUrl } from "@/lib/auth/step-up";
import { now } from "@/lib/kernel/clock";
import { BinderyError } from "@/lib/kernel/errors";
import type { Verdict } from "@/lib/policies/evaluate";

/** What a sign-in shows about its strength. */
export type SignInProof = { authTime: Date; acrs: string[] };

/** What is missing from a sign-in for this verdict, and how to get it; null: nothing is missing. */
export function missingStepUp(stepUp: Verdict["stepUp"], proof: SignInProof, at: Date): { why: string; want: StepUp } | null {
  const { authenticationContext: context, maxSignInAgeMinutes: maxAge } = stepUp;
  const ageMinutes = (at.getTime() - proof.authTime.getTime()) / 60_000;
  const fresh = maxAge !== null && ageMinutes > maxAge;
  if (context !== null && !proof.acrs.includes(context)) {
    return { why: `The policy asks for a sign-in with the authentication context ${context}.`, want: { context, fresh } };
  }
  if (!fresh) return null;
  const why = `The policy asks for a sign-in younger than ${maxAge} minutes; yours is ${Math.round(ageMinutes)} minutes old.`;
  return { why, want: { fresh } };
}

/** Throws `sign_in_needed`, with the address to sign in again and come back, when this sign-in is not what the verdict asks for. */
export function requireStepUp(stepUp: Verdict["stepUp"], proof: SignInProof, returnTo: string): void {
  const missing = missingStepUp(stepUp, proof, now());
  if (missing === null) return;
  const signInUrl = stepUpUrl({ ...missing.want, returnTo });
  throw new BinderyError("sign_in_needed", missing.why, { remedy: "Sign in again; you come back here.", signInUrl });
}

/** Where to sign in again, coming back to a page of ours. */
export const signInAgainUrl = (want: StepUp, returnTo: string): string => stepUpUrl({ ...want, returnTo });
