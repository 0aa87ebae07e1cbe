import { request } from "node:https";
import { BinderyError } from "@/lib/kernel/errors";
import { digestOf } from "@/lib/kernel/json";
import { idKey } from "@/lib/kernel/resource-id";
import { keepable } from "./answer-text";
import { beginCall, type Call, within } from "./call";
import { cloud } from "./cloud";
import { isOwnHost, type ServerAddress } from "./kubeconfig";
import { type KubernetesAnswer, kubernetesUnanswered } from "./kubernetes-failures";
import { notApproved } from "./planned-write";
import type { AzureCaller, Cluster, PlannedWrite } from "./types";

/** The API server of a cluster for one person. Made by `openApiServer` alone. */
export type ApiServer = ServerAddress & { caller: AzureCaller; cluster: Cluster };

/** One request: a path with its query, JSON in `body`. */
export type KubernetesRequest = { method: "GET" | "POST"; path: string; accept?: string; body?: object };

const deadlineMs = 15_000;
const bytesAtMost = 16 * 1024 * 1024;

/**
 * Sends one request to an API server as the person and gives any answer; no redirect is followed. The token goes to a name of the cluster alone,
 * and what shows itself under that name must hold a certificate of the cluster's own authority. A write must be the planned one. Throws
 * `azure_refused` before a byte leaves, `sign_in_needed` when Entra wants the person, `azure_unavailable` without a whole answer in 15 s.
 */
export async function askApiServer(server: ApiServer, asked: KubernetesRequest): Promise<KubernetesAnswer> {
  const { caller, cluster } = server;
  guard(server, asked);
  const call = beginCall(caller, deadlineMs);
  try {
    const { token } = await within(call, caller.getToken(`${cloud().kubernetesAudience}/.default`));
    return await observed(server, asked, exchange(server, asked, call, token));
  } catch (error) {
    throw kubernetesUnanswered(error, cluster, caller.signal?.aborted ?? false, deadlineMs / 1000);
  }
}

function guard({ host, cluster, caller }: ApiServer, { method, path, body }: KubernetesRequest): void {
  if (!isOwnHost(host, cluster) || !/^\/(api|apis)\//.test(path))
    throw new BinderyError("azure_refused", `${host} is not a name of the API server of ${cluster.name}. Nothing was sent there.`);
  if (method === "GET") return;
  const difference = kubernetesDifference({ clusterId: cluster.id, method, path, body }, caller.plannedWrite);
  if (difference !== null) throw notApproved(difference);
}

/** What differs between a request to a cluster and the planned write, in words; null: nothing. */
export function kubernetesDifference(
  sent: { clusterId: string; method: string; path: string; body?: object },
  planned: PlannedWrite | undefined,
): string | null {
  if (planned === undefined) return `${sent.method} ${sent.path}, while no write is planned`;
  if (planned.via !== "kubernetes") return "it goes to a cluster and not to Azure";
  if (sent.method !== planned.method) return `the method is ${sent.method} and not ${planned.method}`;
  if (idKey(sent.clusterId) !== idKey(planned.clusterId)) return "the cluster is another one";
  if (sent.path !== planned.path) return "the path is another one";
  if (digestOf(sent.body ?? null) !== digestOf(planned.body ?? null)) return "the body is another one";
  return null;
}

function exchange(server: ApiServer, asked: KubernetesRequest, call: Call, token: string): Promise<KubernetesAnswer> {
  const { host, port, ca, cluster } = server;
  const body = asked.body === undefined ? undefined : JSON.stringify(asked.body);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        ...connectionOf(host, port),
        servername: host,
        ca,
        rejectUnauthorized: true,
        minVersion: "TLSv1.2",
        agent: false,
        signal: call.signal,
        method: asked.method,
        path: asked.path,
        headers: {
          host: port === 443 ? host : `${host}:${port}`,
          accept: asked.accept ?? "application/json",
          authorization: `Bearer ${token}`,
          "user-agent": "bindery",
          ...(body === undefined ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(body) }),
        },
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        let size = 0;
        incoming.on("data", (chunk: Buffer) => {
          size += chunk.length;
          chunks.push(chunk);
          if (size <= bytesAtMost) return;
          reject(new BinderyError("azure_unavailable", `The API server of ${cluster.name} answered with more than 16 MB.`));
          outgoing.destroy();
        });
        incoming.on("error", reject);
        incoming.on("end", () =>
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text: keepable(Buffer.concat(chunks).toString("utf8")) }),
        );
      },
    );
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

/** Where the socket goes: to the name, or in a cloud whose names are in no DNS to the address that stands for all. */
function connectionOf(host: string, port: number): { host: string; port: number } {
  const { kubernetesAddress } = cloud();
  if (kubernetesAddress === null) return { host, port };
  const [address = "", own] = kubernetesAddress.split(":");
  return { host: address, port: Number(own) };
}

/** Tells the caller about the call, as the ARM pipeline does. The path has the server's name before it, and no query. */
async function observed(server: ApiServer, asked: KubernetesRequest, work: Promise<KubernetesAnswer>): Promise<KubernetesAnswer> {
  const startedAt = new Date().toISOString();
  const note = (answer: KubernetesAnswer | null): void =>
    server.caller.observe?.({
      method: asked.method,
      path: `https://${server.host}${asked.path.replace(/\?.*$/, "")}`,
      apiVersion: /^\/(?:api|apis\/[^/]+)\/([^/]+)/.exec(asked.path)?.[1] ?? null,
      bodyHash: asked.body === undefined ? null : digestOf(asked.body),
      status: answer?.status ?? null,
      azureCode: null,
      requestId: [answer?.headers["audit-id"]].flat()[0] ?? null,
      clientRequestId: null,
      correlationId: server.caller.correlationId,
      startedAt,
      endedAt: new Date().toISOString(),
    });
  try {
    const answer = await work;
    note(answer);
    return answer;
  } catch (error) {
    note(null);
    throw error;
  }
}
