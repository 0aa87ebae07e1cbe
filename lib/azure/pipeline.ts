import { readFileSync } from "node:fs";
import { Agent } from "node:https";
import { createSecureContext, rootCertificates } from "node:tls";
import type { TokenCredential } from "@azure/core-auth";
import { ServiceClient } from "@azure/core-client";
import {
  createDefaultHttpClient,
  createHttpHeaders,
  createPipelineRequest,
  type HttpClient,
  type PipelinePolicy,
} from "@azure/core-rest-pipeline";
import { BinderyError } from "@/lib/kernel/errors";
import { budgeted } from "./budget";
import { beginCall, type Call, deadlines, layered, type WireAnswer, within } from "./call";
import { cloud } from "./cloud";
import { assertArmAddress, egressGuard } from "./egress";
import { refusal, toBinderyError } from "./failures";
import { observer } from "./observe";
import { plannedWriteGuard } from "./planned-write";
import type { AzureCaller } from "./types";

/** What every client of any SDK generation is built with. Never kept: a client holds the token of one person. */
export type Arm = {
  call: Call;
  credential: TokenCredential;
  /** `credentials` is read by the newer clients, `credentialScopes` by the older ones. */
  options: {
    endpoint: string;
    credentials: { scopes: string[] };
    credentialScopes: string[];
    httpClient: HttpClient;
    retryOptions: { maxRetries: 0 };
    userAgentOptions: { userAgentPrefix: string };
  };
};

/**
 * Runs one gateway call with a deadline (ms). `work` gets all that a client is built with. Whatever fails comes out as an error of the
 * house: `rights_needed`, `sign_in_needed`, `not_found`, `conflict`, `azure_refused`, `azure_unavailable`, `throttled`.
 */
export async function callArm<T>(caller: AzureCaller, work: (arm: Arm) => Promise<T>, deadlineMs: number = deadlines.read): Promise<T> {
  const call = beginCall(caller, deadlineMs);
  try {
    return await work(armOf(call));
  } catch (error) {
    throw toBinderyError(error, call);
  }
}

function armOf(call: Call): Arm {
  const { armEndpoint, armAudience } = cloud();
  const scopes = [`${armAudience}/.default`];
  const layers: PipelinePolicy[] = [
    deadline(call),
    egressGuard(armEndpoint),
    plannedWriteGuard(call.caller.plannedWrite),
    budgeted(call),
    observer(call),
    trust(),
  ];
  return {
    call,
    credential: {
      getToken: (wanted, options) =>
        within(call, call.caller.getToken(wanted, options?.claims === undefined ? undefined : { claims: options.claims })),
    },
    options: {
      endpoint: armEndpoint,
      credentials: { scopes },
      credentialScopes: scopes,
      httpClient: layered(layers, wire()),
      retryOptions: { maxRetries: 0 },
      userAgentOptions: { userAgentPrefix: "bindery" },
    },
  };
}

/**
 * A request through the same pipeline, for what no SDK operation covers, or covers with loss. `target`: a path with its query, or an address
 * that Azure gave. `body`: JSON. Gives any status.
 */
export async function sendRaw(
  arm: Arm,
  method: "GET" | "PUT" | "POST" | "DELETE",
  target: string,
  body?: unknown,
  more: { "if-match"?: string } = {},
): Promise<WireAnswer> {
  const url = target.startsWith("/") ? `${arm.options.endpoint}${target}` : target;
  assertArmAddress(url, arm.options.endpoint);
  const client = new ServiceClient({ ...arm.options, credential: arm.credential });
  const headers = createHttpHeaders({
    accept: "application/json",
    ...(body === undefined ? {} : { "content-type": "application/json" }),
    ...more,
  });
  const response = await client.sendRequest(
    createPipelineRequest({ url, method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }),
  );
  return { status: response.status, headers: response.headers, text: response.bodyAsText ?? "" };
}

/** A GET by `sendRaw`. */
export function getRaw(arm: Arm, target: string): Promise<WireAnswer> {
  return sendRaw(arm, "GET", target);
}

/** The JSON of a GET. Throws what `callArm` words. */
export async function getJson(arm: Arm, target: string): Promise<unknown> {
  const answer = await getRaw(arm, target);
  if (answer.status >= 400) throw refusal(answer, arm.call);
  return JSON.parse(answer.text) as unknown;
}

const pagesAtMost = 1000;

/** Every `value` item of a paged list, `nextLink` followed as it is written. */
export async function getPages(arm: Arm, path: string): Promise<unknown[]> {
  const items: unknown[] = [];
  for await (const { value } of pagesOf(arm, path)) if (Array.isArray(value)) items.push(...(value as unknown[]));
  return items;
}

/** The pages of a list, each as its whole JSON. */
export async function* pagesOf(arm: Arm, path: string): AsyncGenerator<Record<string, unknown>> {
  let next: string | undefined = path;
  for (let page = 0; next !== undefined; page++) {
    if (page === pagesAtMost)
      throw new BinderyError("azure_unavailable", "Azure's list has no end.", { remedy: "Report it with the correlation id." });
    const body = ((await getJson(arm, next)) ?? {}) as Record<string, unknown>;
    yield body;
    next = typeof body.nextLink === "string" && body.nextLink !== "" ? body.nextLink : undefined;
  }
}

/** The JSON of the call's newest answer. The typed models drop fields that we need or rename them between versions. */
export function lastJson(arm: Arm): unknown {
  return JSON.parse(arm.call.last?.text ?? "null") as unknown;
}

function deadline(call: Call): PipelinePolicy {
  return {
    name: "deadline",
    async sendRequest(request, next) {
      request.abortSignal =
        request.abortSignal === undefined ? call.signal : AbortSignal.any([call.signal, request.abortSignal as AbortSignal]);
      return next(request);
    },
  };
}

let sharedWire: HttpClient | undefined;
/** Sockets are shared by everybody; they carry no token of their own. */
function wire(): HttpClient {
  sharedWire ??= createDefaultHttpClient();
  return sharedWire;
}

let trusting: Agent | undefined;
/** Adds the cloud's own certificate authority, when its configuration names one. Its certificates are read into one TLS context, once. */
function trust(): PipelinePolicy {
  return {
    name: "trust",
    async sendRequest(request, next) {
      const { caFile } = cloud();
      if (caFile !== null && request.agent === undefined) {
        trusting ??= new Agent({
          keepAlive: true,
          secureContext: createSecureContext({ ca: [...rootCertificates, readFileSync(caFile, "utf8")] }),
        });
        request.agent = trusting;
      }
      return next(request);
    },
  };
}
