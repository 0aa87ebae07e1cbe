import type { Verdict } from "@/lib/policies/evaluate";

/** What a sign-in shows about its strength. */
export type SignInProof = { authTime: Date; acrs: string[] };

/** How to sign in again: a claims request for Entra (JSON text), and whether the credentials must be entered again. */
export type WantedSignIn = { claims: string | null; fresh: boolean };

/** What is missing from a sign-in for this verdict, and how to get it; null: nothing is missing. */
export function missingStepUp(stepUp: Verdict["stepUp"], proof: SignInProof, now: Date): { why: string; want: WantedSignIn } | null {
  const { authenticationContext: context, maxSignInAgeMinutes: maxAge } = stepUp;
  const ageMinutes = (now.getTime() - proof.authTime.getTime()) / 60_000;
  const tooOld = maxAge !== null && ageMinutes > maxAge;
  if (context !== null && !proof.acrs.includes(context)) {
    const claims = JSON.stringify({ id_token: { acrs: { essential: true, value: context } } });
    return { why: `The policy asks for a sign-in with the authentication context ${context}.`, want: { claims, fresh: tooOld } };
  }
  if (tooOld) {
    return {
      why: `The policy asks for a sign-in younger than ${maxAge} minutes; yours is ${Math.round(ageMinutes)} minutes old.`,
      want: { claims: null, fresh: true },
    };
  }
  return null;
}

/** Where to sign in again, coming back to the request. */
export function signInAgainUrl(want: WantedSignIn, requestId: string): string {
  const query = new URLSearchParams({ returnTo: `/requests/${requestId}` });
  if (want.claims !== null) query.set("claims", want.claims);
  if (want.fresh) query.set("maxAge", "0");
  return `/api/auth/step-up?${query.toString()}`;
}
