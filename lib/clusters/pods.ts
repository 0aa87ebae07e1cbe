import type { Actor } from "@/lib/auth/actor";
import { listPods, openApiServer } from "@/lib/azure/kubernetes";
import type { KubernetesPod } from "@/lib/azure/deployment-types";
import { mapReadable, shown } from "@/lib/azure/readable";
import type { AzureCaller, Cluster, Readable } from "@/lib/azure/types";
import type { Answer, ParamsOf, QueryOut } from "@/lib/http/contract";
import { idPage } from "@/lib/kernel/id-page";
import { idKey } from "@/lib/kernel/resource-id";
import { shortCache } from "@/lib/kernel/short-cache";
import { personKeyOf } from "./fleet";
import { clusterAt } from "./one";
import { wayInto } from "./reading";

type Key = "GET /api/v1/clusters/{subscription}/{group}/{name}/pods";
type Page = Extract<NonNullable<Answer<Key>["pods"]>, { state: "ok" }>["value"];
type Row = Page["items"][number];

/** More pods than these are not looked at. */
const lookedAtMost = 5000;
const direct = shortCache<Readable<KubernetesPod[]>>({ freshMs: 30_000, staleMs: 30_000, max: 200, poor: ({ state }) => state !== "ok" });

/**
 * The pods of a cluster by namespace and name, searched in names, nodes and reasons: from the API server by the person's own token, at most
 * 30 s old, or what the person's own command showed in the last five minutes. Throws `not_found` for a cluster that Azure does not show.
 */
export async function readPods(actor: Actor, params: ParamsOf<Key>, query: QueryOut<Key>): Promise<Answer<Key>> {
  const { caller, cluster } = await clusterAt(actor, params);
  const { way, sections } = await wayInto(actor, caller, cluster, query.via, "pods");
  const pods = query.via === "run-command" ? (sections?.allPods ?? null) : way.obstacle === null ? await readDirect(caller, cluster) : null;
  return { way, pods: pods === null ? null : shown(mapReadable(pods, (all) => pageOf(all, cluster.id, query))) };
}

function readDirect(caller: AzureCaller, cluster: Cluster): Promise<Readable<KubernetesPod[]>> {
  return direct.get(`${personKeyOf(caller)}|${idKey(cluster.id)}`, async () => {
    const server = await openApiServer(caller, cluster);
    return server.state === "ok" ? listPods(server.value) : server;
  });
}

function pageOf(all: readonly KubernetesPod[], clusterId: string, query: QueryOut<Key>): Page {
  const idOf = ({ namespace, name }: Row): string => `${clusterId}/namespaces/${namespace}/pods/${name}`;
  const rows = all.map(rowOf).sort((a, b) => (idKey(idOf(a)) < idKey(idOf(b)) ? -1 : 1));
  const seen = rows.slice(0, lookedAtMost);
  const found = seen.filter((row) => matches(row, query));
  return {
    ...idPage(found, query, idOf),
    total: found.length,
    all: seen.length,
    unwell: seen.filter(({ well }) => !well).length,
    namespaces: [...new Set(seen.map(({ namespace }) => namespace))],
    truncated: rows.length > seen.length,
  };
}

function rowOf({ requests: _requests, ...pod }: KubernetesPod): Row {
  const well = pod.phase === "Succeeded" || (pod.phase === "Running" && pod.containers > 0 && pod.ready >= pod.containers);
  return { ...pod, well };
}

function matches(row: Row, { search = "", namespace, show }: QueryOut<Key>): boolean {
  if (namespace !== undefined && namespace !== "" && row.namespace !== namespace) return false;
  if (show === "unwell" && row.well) return false;
  const text = search.toLowerCase();
  return [row.namespace, row.name, row.node, row.phase, row.reason].some((part) => part?.toLowerCase().includes(text) === true);
}
