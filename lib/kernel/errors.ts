/**
 * The one error family of the house, from the database to the browser.
 * `code` is for programs, `message` is a sentence for people, `remedy` says what to do next, `field` names the bad input.
 */
export const errorCodes = [
  "invalid_input", // the caller sent something wrong: `field` names it
  "not_signed_in", // no session, or one that ended
  "sign_in_needed", // Entra wants the person again (claims, expired grant)
  "forbidden", // signed in, but not allowed to do this
  "not_found", // absent, or outside what this person may see: both answer alike
  "conflict", // the state does not allow it: somebody was faster, a check stops it, or it is over
  "plan_void", // the facts changed since the plan was made
  "rights_needed", // Azure refused: the person lacks an Azure role
  "azure_refused", // Azure refused for another reason (Azure Policy, lock, invalid parameter)
  "azure_unavailable", // Azure did not answer, or answered 5xx
  "throttled", // Azure's budget is spent; retry later
  "rate_limited", // Bindery's own limit
  "too_large", // body over the limit
  "unavailable", // a part of Bindery is not ready
  "wrong_setting", // a setting is missing or wrong
  "internal", // ours
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** More about an error; every part is safe to show to the person who caused it. */
export type ErrorFacts = {
  /** In place of the code's usual title, where that says too little. */
  title?: string;
  field?: string;
  remedy?: string;
  /** Several bad fields at once: field path → sentence. */
  fields?: Record<string, string>;
  /** What is wrong in a document, fault by fault: `entry` names the place in it, `line` counts from 1. */
  faults?: { text: string; entry?: string; line?: number }[];
  /** Azure's own error code, for example `AuthorizationFailed`. */
  azureCode?: string;
  /** `x-ms-correlation-request-id` of the failed Azure call. */
  azureCorrelationId?: string;
  /** The Azure action and scope that were missing. */
  action?: string;
  scope?: string;
  /** Claims challenge (decoded JSON text) that Entra must satisfy. Never shown, only passed on to sign-in. */
  claims?: string;
  /** Path on this portal where the person signs in again and comes back. */
  signInUrl?: string;
  /** Seconds after which a retry may succeed. */
  retryAfterSeconds?: number;
  /** What changed, for `plan_void` and `conflict`. */
  changes?: string[];
  cause?: unknown;
};

/** An expected failure. Anything else that is thrown is a defect and is answered as `internal`. */
export class BinderyError extends Error {
  override readonly name = "BinderyError";
  readonly code: ErrorCode;
  readonly facts: ErrorFacts;
  constructor(code: ErrorCode, message: string, facts: ErrorFacts = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.code = code;
    this.facts = facts;
  }
}

/** True for a `BinderyError`, optionally of the given code. Works across bundles, unlike `instanceof`. */
export function isBinderyError(error: unknown, code?: ErrorCode): error is BinderyError {
  return error instanceof Error && error.name === "BinderyError" && (code === undefined || (error as BinderyError).code === code);
}

/** A `conflict`: somebody else changed the same thing first. `message` and `remedy`: sentences. */
export function overtaken(message: string, remedy = "Reload it and look again."): BinderyError {
  return new BinderyError("conflict", message, { title: "Somebody else was faster", remedy });
}
