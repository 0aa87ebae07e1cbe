import type { HttpClient, PipelinePolicy, PipelineRequest, PipelineResponse } from "@azure/core-rest-pipeline";
import { z } from "zod";
import { readCommandOf } from "./read-commands";
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

type Sent = Pick<PipelineRequest, "method" | "url" | "body">;

/**
 * True for a request that changes nothing: a GET or HEAD, or one of the reads that Azure wants as POST. These are a Resource Graph query, a
 * cluster's address without credentials (`format=exec`), and one of the fixed read commands. Everything else is a write.
 */
export function isRead(request: Sent): boolean {
  return isRepeatable(request) || isReadCommand(request);
}

/** True for a read that may be sent again. A read command may not: each one starts a pod in the cluster. */
export function isRepeatable(request: Sent): boolean {
  if (request.method === "GET" || request.method === "HEAD") return true;
  return isGraphQuery(request) || isAddressRead(request);
}

const isGraphQuery = ({ method, url }: Sent): boolean =>
  method === "POST" && new URL(url).pathname.toLowerCase() === "/providers/microsoft.resourcegraph/resources";

const clusterPath = "/subscriptions/[^/]+/resourcegroups/[^/]+/providers/microsoft\\.containerservice/managedclusters/[^/]+";
const addressPath = new RegExp(`^${clusterPath}/listclusterusercredential$`, "i");
const commandPath = new RegExp(`^${clusterPath}/runcommand$`, "i");

function isAddressRead({ method, url, body }: Sent): boolean {
  const { pathname, searchParams } = new URL(url);
  const names = [...searchParams.keys()].sort().join();
  return (
    method === "POST" &&
    addressPath.test(pathname) &&
    (body === undefined || body === null || body === "") &&
    ["api-version,format", "api-version,format,server-fqdn"].includes(names) &&
    searchParams.get("format") === "exec"
  );
}

const ReadCommandBody = z.strictObject({ command: z.string(), clusterToken: z.string().optional() });

function isReadCommand(request: Sent): boolean {
  const { searchParams } = new URL(request.url);
  if (!isRunCommand(request) || [...searchParams.keys()].join() !== "api-version") return false;
  const body = ReadCommandBody.safeParse(typeof request.body === "string" ? jsonOf(request.body) : null);
  return body.success && readCommandOf(body.data.command) !== null;
}

/** True for the POST that runs a command in a cluster. */
export function isRunCommand({ method, url }: Sent): boolean {
  return method === "POST" && commandPath.test(new URL(url).pathname);
}

/** The JSON of a request's body; that of a command without the person's token for the cluster, which no plan and no note may hold. */
export function withoutClusterToken(request: Sent): unknown {
  const body = typeof request.body === "string" ? jsonOf(request.body) : null;
  const { clusterToken, ...rest } = (body ?? {}) as { clusterToken?: unknown };
  return isRunCommand(request) && typeof clusterToken === "string" ? rest : body;
}

/** The JSON of a text; undefined for what is none. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // No body that Bindery makes: equal to no plan, and no read.
    return undefined;
  }
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
