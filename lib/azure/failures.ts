import { BinderyError, type ErrorCode, type ErrorFacts, isBinderyError } from "@/lib/kernel/errors";
import { retryAfterMs, throttled } from "./budget";
import type { Call, WireAnswer } from "./call";
import { type AzureError, azureError } from "./observe";
import { wordsOf } from "./refusals";

/**
 * Any failure of a gateway call as an error of the house. What the SDK throws is looked at last: it drops the details of refused lists
 * and writes, so the newest answer on the wire speaks first.
 */
export function toBinderyError(error: unknown, call: Call): BinderyError {
  if (isBinderyError(error)) return error;
  const name = error instanceof Error ? error.name : "";
  if (name === "AbortError" || name === "TimeoutError")
    return unanswered(
      call.caller.signal?.aborted
        ? "The call to Azure was stopped before Azure answered"
        : `Azure did not answer within ${call.deadlineMs / 1000} s`,
      call,
      error,
    );
  // The older clients hold names against ARM's patterns themselves, before anything is sent; ARM would find nothing under such a name.
  if (call.last === null && error instanceof Error && /should satisfy the constraint/.test(error.message)) {
    return new BinderyError("not_found", "Azure cannot have a resource of that name.", {
      remedy: "Check the name and the id.",
      cause: plainCause(error),
    });
  }
  if (call.last === null) return unanswered(connectionWords(error), call, error);
  if (call.last.status >= 400) return refusal(call.last, call, error);
  return new BinderyError("azure_unavailable", "Azure answered in a shape that Bindery does not know.", {
    remedy: "Try again. If it stays so, the api-version or the cloud configuration does not fit this cloud.",
    azureCorrelationId: correlationOf(call),
    cause: plainCause(error),
  });
}

/** An answer with status 400 or higher as an error of the house. */
export function refusal(answer: WireAnswer, call: Call, cause?: unknown): BinderyError {
  const azure: AzureError = azureError(answer.text) ?? { code: "", message: "", details: [], policies: [] };
  if (answer.status === 429) return throttled(retryAfterMs(answer.headers.get("retry-after")) ?? 5000, call);
  const facts: ErrorFacts = {
    azureCorrelationId: correlationOf(call),
    ...(azure.code === "" ? {} : { azureCode: azure.code }),
    cause: plainCause(cause),
  };
  if (answer.status === 401) {
    return new BinderyError("sign_in_needed", "Azure wants this person to sign in again.", {
      ...facts,
      claims: claimsOf(answer.headers.get("www-authenticate")),
      remedy: "Sign in again; then go on where you were.",
    });
  }
  const words = wordsOf(azure);
  if (words !== null) return new BinderyError(words.code, words.message, { ...facts, ...words.facts });
  const [code, message, remedy] = plainWords(answer.status, azure);
  return new BinderyError(code, message, { ...facts, remedy });
}

/** For codes that have no words of their own: by status. */
function plainWords(status: number, azure: AzureError): [ErrorCode, string, string] {
  const said = saidBy(azure);
  if (status === 403)
    return [
      "rights_needed",
      `Azure does not allow this person to do that${said}`,
      "Ask for an Azure role that allows it at this scope, or activate the one you hold, then try again.",
    ];
  if (status === 404)
    return [
      "not_found",
      `Azure finds nothing there${said}`,
      "Check the name and the id. It may have been deleted, or moved to another resource group.",
    ];
  if (status === 408 || status >= 500)
    return [
      "azure_unavailable",
      `Azure had a failure of its own (${status})${said}`,
      "Try again in a minute. Azure's status page says when a region has trouble.",
    ];
  if (status === 409 || status === 412)
    return [
      "conflict",
      `Another operation is in the way in Azure${said}`,
      "Look at what is going on with the cluster, wait until that operation ended, then try again.",
    ];
  return [
    "azure_refused",
    `Azure refused the call (${azure.code || status})${said}`,
    "Read Azure's words; when they do not help, give its correlation id to Azure support.",
  ];
}

/** Azure's own sentence, with that of its first detail when it says more. */
export function saidBy(azure: AzureError): string {
  const own = azure.message.replaceAll(/\s+/g, " ").trim();
  const detail = azure.details[0]?.message.replaceAll(/\s+/g, " ").trim() ?? "";
  const text = [own, detail !== "" && !own.includes(detail) ? detail : ""].filter((part) => part !== "").join(" ");
  return text === "" ? "." : `: ${text.slice(0, 1000)}`;
}

function unanswered(what: string, call: Call, cause: unknown): BinderyError {
  return new BinderyError("azure_unavailable", `${what}.`, {
    remedy: "Try again in a minute. Nothing is lost: what Azure took meanwhile is read back.",
    azureCorrelationId: call.caller.correlationId,
    cause: plainCause(cause),
  });
}

function connectionWords(error: unknown): string {
  const given = error instanceof Error && "code" in error ? error.code : "";
  const code = typeof given === "string" ? given : "";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "The name of Azure's endpoint could not be resolved";
  if (/CERT|SELF_SIGNED|SIGNATURE|ISSUER/.test(code)) return "The certificate of Azure's endpoint is not trusted here";
  if (code === "ECONNREFUSED") return "Azure's endpoint refused the connection";
  return `The connection to Azure broke before an answer${code === "" ? "" : ` (${code})`}`;
}

/** The decoded claims challenge of a `WWW-Authenticate` header; undefined when it carries none. */
export function claimsOf(header: string | undefined): string | undefined {
  const encoded = /claims="([^"]+)"/.exec(header ?? "")?.[1];
  return encoded === undefined ? undefined : Buffer.from(encoded, "base64").toString("utf8");
}

/** The SDK's error without the request that it carries, in whose headers the person's token is. */
function plainCause(error: unknown): Error | undefined {
  return error instanceof Error ? new Error(`${error.name}: ${error.message}`) : undefined;
}

const correlationOf = (call: Call): string => call.last?.headers.get("x-ms-correlation-request-id") ?? call.caller.correlationId;
