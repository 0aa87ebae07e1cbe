import { InteractionRequiredAuthError, ServerError } from "@azure/msal-node";
import { BinderyError, isBinderyError } from "@/lib/kernel/errors";

/** Entra's own error number (`AADSTS…`) in an error's text, for example `50057`; null without one. */
export function aadsts(error: unknown): string | null {
  return error instanceof Error ? (/AADSTS(\d{4,})/.exec(error.message)?.[1] ?? null) : null;
}

/**
 * Turns what MSAL threw while renewing a person's token into an error of ours: `sign_in_needed` (with the claims that Entra asks for)
 * when the person has to come back, `wrong_setting` when Entra refuses Bindery itself, `azure_unavailable` when Entra does not answer.
 */
export function entraFailure(error: unknown, askedClaims?: string): BinderyError {
  if (isBinderyError(error)) return error;
  const number = aadsts(error);
  const azureCode = number === null ? undefined : `AADSTS${number}`;
  if (error instanceof InteractionRequiredAuthError) return signInNeeded(error, askedClaims ?? (error.claims || undefined), azureCode);
  if (error instanceof ServerError && error.errorCode === "invalid_grant") return signInNeeded(error, askedClaims, azureCode);
  if (error instanceof ServerError && ["invalid_client", "unauthorized_client"].includes(error.errorCode)) {
    return new BinderyError("wrong_setting", `Entra refuses Bindery's own credential (${azureCode ?? error.errorCode}).`, { cause: error });
  }
  const remedy = "Try again in a moment; if it stays, look at Azure's status page.";
  const message = error instanceof ServerError ? "Entra refused to renew the sign-in." : "Entra does not answer.";
  return new BinderyError("azure_unavailable", message, { remedy, cause: error, ...(azureCode === undefined ? {} : { azureCode }) });
}

function signInNeeded(cause: unknown, claims: string | undefined, azureCode: string | undefined): BinderyError {
  const remedy = "Sign in again; what you were doing can go on afterwards.";
  const facts = { remedy, cause, ...(claims === undefined ? {} : { claims }), ...(azureCode === undefined ? {} : { azureCode }) };
  return new BinderyError("sign_in_needed", "Entra gives no further token without a new sign-in.", facts);
}
