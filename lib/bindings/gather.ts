import { listPermissions, listWriters } from "@/lib/azure/access";
import { getCluster } from "@/lib/azure/clusters";
import { listLocks } from "@/lib/azure/locks";
import { getSource } from "@/lib/azure/sources";
import type { AzureCaller, Cluster, Readable, RoleBinding, RoleCatalogue, SourceResource, WriterPrincipal } from "@/lib/azure/types";
import { fleetFor, subscriptionsFor } from "@/lib/clusters/fleet";
import { bindingIdOf, idKey, subscriptionOf } from "@/lib/kernel/resource-id";
import type { BindingInput } from "@/lib/requests/schema";
import { readAndKeep } from "@/lib/roles/catalogue";
import { latestSnapshot } from "@/lib/roles/store";
import type { BindingFacts } from "./facts";
import { lookAtBindings } from "./look";
import { approvedBinding, boundElsewhere } from "./store";

/**
 * Reads everything that planning a change of a role binding rests on, with one person's token and all at once. What that token cannot
 * read is told as such; nothing is guessed. Throws only what is not Azure's answer.
 */
export async function gatherBindingFacts(caller: AzureCaller, input: BindingInput): Promise<BindingFacts> {
  const { clusterId } = input;
  const clusterRead = getCluster(caller, clusterId);
  const bindingsRead = lookAtBindings(caller, clusterId);
  const sourceIdRead =
    input.kind === "binding-revoke" ? bindingsRead.then((read) => sourceOfLive(read, input.name)) : Promise.resolve(input.sourceResourceId);
  const [cluster, bindings, regional, source, locks, permissions, subscriptions, approved] = await Promise.all([
    clusterRead,
    bindingsRead,
    clusterRead.then((read) => readRegion(caller, clusterId, read)),
    Promise.all([sourceIdRead, bindingsRead]).then(([sourceId, read]) => readSource(caller, clusterId, sourceId, read)),
    listLocks(caller, clusterId),
    listPermissions(caller, clusterId),
    subscriptionsFor(caller),
    approvedBinding(bindingIdOf(clusterId, input.name)),
  ]);
  return { cluster, bindings, ...regional, ...source, locks, permissions, subscriptions, approved };
}

async function readRegion(
  caller: AzureCaller,
  clusterId: string,
  cluster: Readable<Cluster>,
): Promise<Pick<BindingFacts, "catalogue" | "snapshot">> {
  // Without the cluster its region is not known, and with it neither the catalogue.
  if (cluster.state !== "ok") return { catalogue: cluster, snapshot: null };
  const catalogue: Readable<RoleCatalogue> = await readAndKeep(caller, subscriptionOf(clusterId), cluster.value.location);
  const last = await latestSnapshot(subscriptionOf(clusterId), cluster.value.location);
  return { catalogue, snapshot: last === null ? null : { roles: last.roles, at: last.lastSeenAt.toISOString() } };
}

type SourceFacts = Pick<BindingFacts, "source" | "writers" | "sourceElsewhere">;

/** `sourceId` null: a revoke whose binding is absent or cannot be read, so that its source is as unknown as the binding. */
async function readSource(
  caller: AzureCaller,
  clusterId: string,
  sourceId: string | null,
  bindings: Readable<RoleBinding[]>,
): Promise<SourceFacts> {
  if (sourceId === null) {
    const unknown: Readable<SourceResource & WriterPrincipal[]> = bindings.state === "ok" ? { state: "absent" } : bindings;
    return { source: unknown, writers: unknown, sourceElsewhere: [] };
  }
  const [source, writers, sourceElsewhere] = await Promise.all([
    getSource(caller, sourceId),
    listWriters(caller, sourceId),
    readElsewhere(caller, clusterId, sourceId),
  ]);
  return { source, writers, sourceElsewhere };
}

function sourceOfLive(read: Readable<RoleBinding[]>, name: string): string | null {
  if (read.state !== "ok") return null;
  return read.value.find((binding) => binding.name.toLowerCase() === name.toLowerCase())?.sourceResourceId ?? null;
}

/** Only on clusters that Azure shows to this person. */
async function readElsewhere(caller: AzureCaller, clusterId: string, sourceId: string): Promise<BindingFacts["sourceElsewhere"]> {
  const seen = await boundElsewhere(sourceId, clusterId);
  if (seen.length === 0) return [];
  const fleet = new Map((await fleetFor(caller)).items.map((cluster) => [idKey(cluster.id), cluster]));
  return seen.flatMap((row) => {
    const cluster = fleet.get(row.clusterKey);
    return cluster === undefined ? [] : [{ clusterId: cluster.id, clusterName: cluster.name, bindingName: row.name, roles: row.roles }];
  });
}
