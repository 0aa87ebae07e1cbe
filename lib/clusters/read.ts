import { type Actor, holds } from "@/lib/auth/actor";
import { callerFor } from "@/lib/auth/caller";
import { canSee, visibleScope } from "@/lib/auth/scope";
import { getCluster } from "@/lib/azure/clusters";
import { listLocks } from "@/lib/azure/locks";
import { shown } from "@/lib/azure/readable";
import type { AzureCaller, Cluster, Readable, RoleBinding, Subscription } from "@/lib/azure/types";
import { slotLimit } from "@/lib/bindings/checks";
import { lookAtBindings } from "@/lib/bindings/look";
import { rowsOf, withSources } from "@/lib/bindings/read";
import type { BindingRow } from "@/lib/bindings/rows";
import type { Answer, ParamsOf, QueryOut } from "@/lib/http/contract";
import { idKey } from "@/lib/kernel/resource-id";
import { historyOf } from "@/lib/requests/history";
import { fleetPage, nameAmong } from "./fleet-page";
import { fleetOf, subscriptionsFor } from "./fleet";
import { clusterIdAt, noSuchCluster } from "./one";
import { type ClusterRow, clusterRows } from "./rows";

type Detail = Answer<"GET /api/v1/clusters/{subscription}/{group}/{name}">;

/** The clusters that Azure shows to this person's own token, by id; searched in names, regions and tags; paged by id. */
export async function readClusters(actor: Actor, query: QueryOut<"GET /api/v1/clusters">): Promise<Answer<"GET /api/v1/clusters">> {
  const [fleet, known] = await Promise.all([fleetOf(actor), subscriptionsFor(callerFor(actor))]);
  const { items, nameOf, around } = fleetPage(fleet, known, query, ({ name, resourceGroup, location, subscriptionId, tags }) => [
    name,
    resourceGroup,
    location,
    subscriptionId,
    ...Object.entries(tags).map(([key, value]) => `${key}=${value}`),
  ]);
  return { items: await clusterRows(items, nameOf), ...around };
}

/**
 * One cluster, read now: itself, its bindings and its locks at once, and what the record knows of it. Throws `not_found` alike for an
 * absent cluster and for one that Azure does not show to this person.
 */
export async function readCluster(actor: Actor, params: ParamsOf<"GET /api/v1/clusters/{subscription}/{group}/{name}">): Promise<Detail> {
  const id = clusterIdAt(params);
  const caller = callerFor(actor);
  const [cluster, bindings, locks, subscriptions] = await Promise.all([
    getCluster(caller, id),
    lookAtBindings(caller, id),
    listLocks(caller, id),
    subscriptionsFor(caller),
  ]);
  // Whoever may see the cluster may see what was asked and done about it.
  const ofCluster = { tid: actor.tid, clusterKey: idKey(id) };
  const history = await historyOf({ requests: ofCluster, runs: ofCluster });
  if (!(await mayStillSee(actor, id, cluster, history.requests.length > 0))) throw noSuchCluster();
  const [own, rows] = await Promise.all([clusterOf(cluster, subscriptions), bindingsOf(actor, caller, id, cluster, bindings)]);
  return {
    cluster: shown(own),
    bindings: shown(rows),
    slotsUsed: bindings.state === "ok" ? bindings.value.length : null,
    slotLimit,
    locks: shown(locks),
    ...history,
  };
}

async function clusterOf(cluster: Readable<Cluster>, subscriptions: readonly Subscription[]): Promise<Readable<ClusterRow>> {
  if (cluster.state !== "ok") return cluster;
  const [row] = await clusterRows([cluster.value], (id) => nameAmong(subscriptions, id));
  return { ...cluster, value: row as ClusterRow };
}

/** The rows of the record, once the list of now is in it. */
async function bindingsOf(
  actor: Actor,
  caller: AzureCaller,
  id: string,
  cluster: Readable<Cluster>,
  bindings: Readable<RoleBinding[]>,
): Promise<Readable<BindingRow[]>> {
  if (bindings.state !== "ok") return bindings;
  const rows = await rowsOf(caller, [idKey(id)], cluster.state === "ok" ? [cluster.value] : []);
  return { ...bindings, value: await withSources(actor, rows) };
}

/**
 * A cluster that could not be read is shown only when Azure showed it to this person lately, or when it is proven gone, the record knows
 * it, and its group or subscription is shown; an Auditor sees what the record has of it.
 */
async function mayStillSee(actor: Actor, id: string, cluster: Readable<Cluster>, recorded: boolean): Promise<boolean> {
  if (cluster.state === "ok") return true;
  if (holds(actor, "Auditor")) return recorded;
  if (cluster.state === "no-permission") return false;
  if (cluster.state === "absent") return recorded && canSee(await visibleScope(actor), idKey(id), true);
  return canSee(await visibleScope(actor), idKey(id));
}
