import { createHash } from "node:crypto";
import type { ArmResource, Operation } from "../state/shapes";
import { keyOf } from "../tenant/ids";
import type { World } from "../world";

/** AKS brings changed ranges to the API server within two minutes (azure-aks-docs, articles/aks/api-server-authorized-ip-ranges.md), ms. */
const reachMs = 120_000;

/** The authorized IP ranges that ARM shows of a cluster; an empty list where there are none. */
export function rangesOf(cluster: ArmResource): string[] {
  const profile = cluster.properties.apiServerAccessProfile as { authorizedIPRanges?: string[] | null } | null | undefined;
  return profile?.authorizedIPRanges ?? [];
}

/** The ranges that a cluster's API server goes by now: those of ARM, or earlier ones as long as a change is on its way. */
export function rangesInEffect(world: World, cluster: ArmResource): string[] {
  const changes = world.store.table("reaches").get(keyOf(cluster.id))?.changes;
  return changes === undefined ? rangesOf(cluster) : (changes.filter((one) => one.at <= world.clock.now()).at(-1)?.ranges ?? []);
}

/** Keeps what the API server goes by, before ARM shows anything else. */
export function rememberReach(world: World, cluster: ArmResource): void {
  const table = world.store.table("reaches");
  if (table.has(keyOf(cluster.id))) return;
  table.set(keyOf(cluster.id), { clusterId: cluster.id, changes: [{ at: 0, ranges: rangesOf(cluster) }] });
}

/** Ends an operation on a cluster: ARM shows how it ended, and ranges that were taken reach the API server a little later. */
export function settleCluster(world: World, operation: Operation): void {
  const resources = world.store.table("resources");
  const key = keyOf(operation.resourceId);
  const cluster = resources.get(key);
  // Changed by another since: that change has the word.
  if (cluster === undefined || cluster.properties.provisioningState !== "Updating") return;
  const { status } = operation.outcome;
  resources.set(key, { ...cluster, properties: { ...cluster.properties, provisioningState: status } });
  const reaches = world.store.table("reaches");
  const earlier = reaches.get(key)?.changes.slice(-4);
  const ranges = rangesOf(cluster);
  if (status !== "Succeeded" || earlier === undefined || earlier.at(-1)?.ranges.join() === ranges.join()) return;
  const share = Number.parseInt(createHash("sha256").update(operation.id).digest("hex").slice(0, 6), 16) / 0xffffff;
  const at = operation.endsAt + world.clock.scaled(reachMs * (0.2 + 0.8 * share));
  reaches.set(key, { clusterId: cluster.id, changes: [...earlier, { at, ranges }] });
}
