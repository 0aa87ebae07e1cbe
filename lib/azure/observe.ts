import type { PipelinePolicy, PipelineRequest, PipelineResponse } from "@azure/core-rest-pipeline";
import { digestOf } from "@/lib/kernel/json";
import { keepable, shortened } from "./answer-text";
import { type Call, withoutClusterToken } from "./call";

/**
 * The innermost layer: marks each request with the correlation id, makes each answer `keepable`, keeps the newest one for `failures`, and tells the caller about each
 * call on the wire, retries included. Paths are noted without their query: operation addresses carry signatures there.
 */
export function observer(call: Call): PipelinePolicy {
  return {
    name: "observer",
    async sendRequest(request, next) {
      request.headers.set("x-ms-correlation-request-id", call.caller.correlationId);
      request.headers.set("x-ms-return-client-request-id", "true");
      const startedAt = new Date().toISOString();
      call.last = null;
      try {
        const response = await next(request);
        if (typeof response.bodyAsText === "string") response.bodyAsText = keepable(response.bodyAsText);
        call.last = { status: response.status, headers: response.headers, text: response.bodyAsText ?? "" };
        note(call, request, response, startedAt);
        return response;
      } catch (error) {
        note(call, request, null, startedAt);
        throw error;
      }
    },
  };
}

function note(call: Call, request: PipelineRequest, response: PipelineResponse | null, startedAt: string): void {
  const url = new URL(request.url);
  call.caller.observe?.({
    method: request.method,
    // Some clients write the slashes of a scope as %2F; Azure reads both alike, and so should people.
    path: url.pathname.replaceAll(/%2f/gi, "/"),
    apiVersion: url.searchParams.get("api-version"),
    bodyHash: bodyHash(request),
    status: response?.status ?? null,
    azureCode: response === null || response.status < 400 ? null : (azureError(response.bodyAsText ?? "")?.code ?? null),
    requestId: response?.headers.get("x-ms-request-id") ?? null,
    clientRequestId: request.headers.get("x-ms-client-request-id") ?? null,
    correlationId: call.caller.correlationId,
    startedAt,
    endedAt: new Date().toISOString(),
  });
}

function bodyHash(request: PipelineRequest): string | null {
  if (typeof request.body !== "string" || request.body === "") return null;
  return digestOf(withoutClusterToken(request));
}

/** Azure's error of an answer: the envelope `{ error: … }` of ARM, or the bare `{ code, message }` that some providers send. */
export type AzureError = { code: string; message: string; details: AzureError[]; policies: string[] };

/** Reads the error out of an answer's text. null: the text holds none. */
export function azureError(text: string): AzureError | null {
  try {
    const body = JSON.parse(text) as { error?: unknown } | null;
    return errorOf(body?.error ?? body, 0);
  } catch {
    // Gateways in front of ARM answer in HTML; that is no error envelope.
    return null;
  }
}

/** An error object as ARM nests it; null for anything else. */
export function errorOf(value: unknown, depth = 0): AzureError | null {
  if (value === null || typeof value !== "object" || depth > 4) return null;
  const { code, message, details, additionalInfo } = value as Record<string, unknown>;
  if (typeof code !== "string" || code === "") return null;
  return {
    code: shortened(code, 200),
    message: typeof message === "string" ? shortened(message) : "",
    details: Array.isArray(details) ? details.map((item) => errorOf(item, depth + 1)).filter((item) => item !== null) : [],
    policies: Array.isArray(additionalInfo) ? additionalInfo.map(policyNameOf).filter((name) => name !== null) : [],
  };
}

function policyNameOf(item: unknown): string | null {
  const info = (item as { info?: Record<string, unknown> } | null)?.info;
  const name = info?.policyAssignmentDisplayName ?? info?.policyDefinitionDisplayName ?? info?.policyAssignmentName;
  return typeof name === "string" ? name : null;
}
