import { type BinderyError, type ErrorCode, isBinderyError } from "@/lib/kernel/errors";
import { log } from "@/lib/kernel/log";
import type { Problem } from "./problem-shape";

/** HTTP status and title of every error code. */
const table: Record<ErrorCode, { status: number; title: string }> = {
  invalid_input: { status: 400, title: "Something in the request is wrong" },
  not_signed_in: { status: 401, title: "You are not signed in" },
  sign_in_needed: { status: 401, title: "Entra wants you to sign in again" },
  forbidden: { status: 403, title: "You may not do this" },
  not_found: { status: 404, title: "Not found" },
  conflict: { status: 409, title: "That is not possible now" },
  plan_void: { status: 409, title: "The facts changed" },
  rights_needed: { status: 403, title: "An Azure role is missing" },
  azure_refused: { status: 422, title: "Azure refused" },
  azure_unavailable: { status: 502, title: "Azure did not answer" },
  throttled: { status: 503, title: "Azure asks to wait" },
  rate_limited: { status: 429, title: "Too many requests" },
  too_large: { status: 413, title: "The request is too large" },
  unavailable: { status: 503, title: "A part of Bindery is not ready" },
  wrong_setting: { status: 500, title: "Bindery is not set up rightly" },
  internal: { status: 500, title: "Something went wrong in Bindery" },
};

/** Codes whose own words may name keys, files or rows: the caller gets a plain sentence, the log gets the words. */
const hidden: ReadonlySet<ErrorCode> = new Set(["wrong_setting", "internal"]);

/** HTTP status of an error code. */
export function statusOf(code: ErrorCode): number {
  return table[code].status;
}

/**
 * The problem+json of anything that was thrown. Expected failures keep their sentence and remedy; a defect or a wrong setting is
 * logged and answered without details. `signInUrl` is given by the caller where Entra wants the person again.
 */
export function problemOf(error: unknown, correlationId: string, signInUrl?: string): Problem {
  if (!isBinderyError(error) || hidden.has(error.code)) {
    log("error", "request-failed", { correlationId, error });
    const code = isBinderyError(error) ? error.code : "internal";
    const detail = "This is Bindery's fault, not yours. Nothing more is known here; the log has the rest.";
    return { ...headOf(code), detail, remedy: "Try again. If it stays, give your administrator the correlation id.", correlationId };
  }
  return {
    ...headOf(error.code, error.facts.title),
    detail: error.message,
    ...factsOf(error),
    ...(signInUrl === undefined ? {} : { signInUrl }),
    correlationId,
  };
}

function headOf(code: ErrorCode, title = table[code].title): Pick<Problem, "type" | "title" | "status" | "code"> {
  return { type: `urn:bindery:problem:${code}`, title, status: table[code].status, code };
}

function factsOf(error: BinderyError): Partial<Problem> {
  const { field, fields, faults, remedy, azureCode, azureCorrelationId, action, scope, changes, retryAfterSeconds } = error.facts;
  const facts = { field, fields, faults, remedy, azureCode, azureCorrelationId, action, scope, changes, retryAfterSeconds };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

/** Turns a problem into the answer of the API, with Retry-After where a later try may succeed. */
export function problemResponse(problem: Problem, headers: Headers = new Headers()): Response {
  headers.set("content-type", "application/problem+json; charset=utf-8");
  headers.set("cache-control", "no-store");
  headers.set("x-correlation-id", problem.correlationId);
  if (problem.retryAfterSeconds !== undefined) headers.set("retry-after", String(Math.max(1, Math.ceil(problem.retryAfterSeconds))));
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}
