import { type StepUp, stepUpUrl } from "@/lib/auth/step-up";
import type { Verdict } from "@/lib/policies/evaluate";

/** What a sign-in shows about its strength. */
export type SignInProof = { authTime: Date; acrs: string[] };

/** What is missing from a sign-in for this verdict, and how to get it; null: nothing is missing. */
export function missingStepUp(stepUp: Verdict["stepUp"], proof: SignInProof, now: Date): { why: string; want: StepUp } | null {
  const { authenticationContext: context, maxSignInAgeMinutes: maxAge } = stepUp;
  const ageMinutes = (now.getTime() - proof.authTime.getTime()) / 60_000;
  const fresh = maxAge !== null && ageMinutes > maxAge;
  if (context !== null && !proof.acrs.includes(context)) {
    return { why: `The policy asks for a sign-in with the authentication context ${context}.`, want: { context, fresh } };
  }
  if (!fresh) return null;
  const why = `The policy asks for a sign-in younger than ${maxAge} minutes; yours is ${Math.round(ageMinutes)} minutes old.`;
  return { why, want: { fresh } };
}

/** Where to sign in again, coming back to the request. */
export function signInAgainUrl(want: StepUp, requestId: string): string {
  return stepUpUrl({ ...want, returnTo: `/requests/${requestId}` });
}
