import { appendAudit } from "@/lib/audit/append";
import { transaction } from "@/lib/db/client";
import { isBinderyError } from "@/lib/kernel/errors";
import { log } from "@/lib/kernel/log";
import { settings } from "@/lib/kernel/settings";
import { aadsts, entraFailure } from "./entra-failure";
import { makeFold } from "./fold";
import type { SignInErrorCode } from "./sign-in-errors";
import { userAgentOf } from "./session";

/** A sign-in that is refused: the code for the page, and a sentence for the record. `who` only when Entra proved the person. */
export type Refusal = { code: SignInErrorCode; why: string; who: { oid: string; name: string } | null };

/** Carries a refusal out of the steps of a sign-in; never leaves `finishSignIn`. */
export class SignInRefused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.why);
    this.refusal = refusal;
  }
}

/** A refusal, ready to throw. */
export function refuse(code: SignInErrorCode, why: string, who: Refusal["who"] = null): SignInRefused {
  return new SignInRefused({ code, why, who });
}

/** Error numbers of Entra that say more than its error code does. https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const numbers: Record<string, SignInErrorCode> = {
  "50057": "disabled", // the account is disabled
  "50020": "tenant", // an account of another tenant that is not a guest here
  "90072": "tenant", // the same, told by another part of Entra
  "500011": "unavailable", // the resource is not known in the tenant
  "50105": "denied", // not assigned to the application
  "65001": "denied", // no consent
  "65004": "denied", // consent declined
};

/** What Entra's answer at the callback refuses; null when it carries a code. */
export function kindOfRefusal(answer: URLSearchParams): Refusal | null {
  const error = answer.get("error");
  if (error === null) return answer.get("code") === null ? { code: "state", why: "Entra's answer carries no code.", who: null } : null;
  const number = /AADSTS(\d{4,})/.exec(answer.get("error_description") ?? "")?.[1];
  const known = number === undefined ? undefined : numbers[number];
  const code = known ?? (["temporarily_unavailable", "server_error"].includes(error) ? "unavailable" : "denied");
  return { code, why: `Entra refused the sign-in (${number === undefined ? error.slice(0, 60) : `AADSTS${number}`}).`, who: null };
}

/** What a failed trade of the code, or an id_token that does not hold, means for the person. */
export function kindOfFailure(error: unknown): Refusal {
  const number = aadsts(error);
  const known = number === null ? undefined : numbers[number];
  if (known !== undefined) return { code: known, why: `Entra refused the sign-in (AADSTS${number}).`, who: null };
  if (isBinderyError(error, "forbidden")) return { code: "tenant", why: error.message, who: null };
  const failure = entraFailure(error);
  log("warn", "sign-in-failed", { error, code: failure.code });
  const code = ["sign_in_needed", "not_signed_in"].includes(failure.code) ? "state" : "unavailable";
  return { code, why: failure.message, who: null };
}

const repeats = makeFold(60_000);

/** Audits a refused sign-in; the same refusal of the same (or an unknown) person once a minute. */
export async function auditRefusal({ code, why, who }: Refusal, request: Request): Promise<void> {
  if (!repeats.first(`${code} ${who?.oid ?? ""}`)) return;
  const tid = settings().BINDERY_TENANT_ID.toLowerCase();
  const detail = { reason: code, userAgent: userAgentOf(request.headers) };
  await transaction((tx) => appendAudit(tx, { tid, action: "sign-in-refused", outcome: "refused", actor: who, summary: why, detail }));
}
