import type { HttpClient, PipelinePolicy, PipelineRequest, PipelineResponse } from "@azure/core-rest-pipeline";
import type { AzureCaller } from "./types";

/** The newest answer on the wire. The SDKs lose parts of it, above all the details of a refused write or list. */
export type WireAnswer = { status: number; headers: PipelineResponse["headers"]; text: string };

/** One gateway call: who calls, until when, and what was last answered. It may be several requests (pages, a claims challenge, a retry). */
export type Call = {
  caller: AzureCaller;
  deadlineMs: number;
  /** Epoch ms. */
  deadlineAt: number;
  /** Ends at the deadline, or earlier when the caller stops. */
  signal: AbortSignal;
  last: WireAnswer | null;
};

/** Deadlines of one gateway call, ms. */
export const deadlines = { read: 20_000, write: 60_000 } as const;

/** Begins a gateway call whose deadline is `deadlineMs` from now. */
export function beginCall(caller: AzureCaller, deadlineMs: number): Call {
  const timeout = AbortSignal.timeout(deadlineMs);
  return {
    caller,
    deadlineMs,
    deadlineAt: Date.now() + deadlineMs,
    signal: caller.signal === undefined ? timeout : AbortSignal.any([timeout, caller.signal]),
    last: null,
  };
}

/** True for a request that changes nothing: a GET or HEAD, or the one read that Azure wants as POST, a Resource Graph query. */
export function isRead(request: Pick<PipelineRequest, "method" | "url">): boolean {
  if (request.method === "GET" || request.method === "HEAD") return true;
  return request.method === "POST" && new URL(request.url).pathname.toLowerCase() === "/providers/microsoft.resourcegraph/resources";
}

/** An HTTP client that sends through the layers, first one outermost. Nothing of the SDK lies below it: not sign-in, not retry, not redirect. */
export function layered(layers: PipelinePolicy[], inner: HttpClient): HttpClient {
  const send = layers.reduceRight<HttpClient["sendRequest"]>(
    (next, layer) => (request) => layer.sendRequest(request, next),
    (request) => inner.sendRequest(request),
  );
  return { sendRequest: send };
}

/** Waits for work that knows no deadline of its own, such as a token from Entra, until the call ends. */
export async function within<T>(call: Call, work: Promise<T>): Promise<T> {
  let stop: (() => void) | undefined;
  const ended = new Promise<never>((_resolve, reject) => {
    stop = () => reject(new DOMException("The call ended.", "AbortError"));
    if (call.signal.aborted) stop();
    call.signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([work, ended]);
  } finally {
    if (stop !== undefined) call.signal.removeEventListener("abort", stop);
  }
}
