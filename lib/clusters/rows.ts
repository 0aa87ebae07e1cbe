import type { Cluster } from "@/lib/azure/types";
import { db } from "@/lib/db/client";
import type { Answer } from "@/lib/http/contract";
import { idKey } from "@/lib/kernel/resource-id";
import { isProduction } from "./production";

export type ClusterRow = Answer<"GET /api/v1/clusters">["items"][number];
type Seen = { bindingsSeen: number; bindingsSeenAt: string };

/** Clusters as a list shows them: with what was last seen of their bindings and how many requests are open. */
export async function clusterRows(clusters: readonly Cluster[], nameOf: (subscriptionId: string) => string): Promise<ClusterRow[]> {
  const keys = clusters.map(({ id }) => idKey(id));
  const [seen, open] = await Promise.all([seenBindings(keys), openRequests(keys)]);
  return clusters.map((cluster) => ({
    ...cluster,
    subscriptionName: nameOf(cluster.subscriptionId),
    production: isProduction(cluster.tags),
    bindingsSeen: seen.get(idKey(cluster.id))?.bindingsSeen ?? null,
    bindingsSeenAt: seen.get(idKey(cluster.id))?.bindingsSeenAt ?? null,
    openRequests: open.get(idKey(cluster.id)) ?? 0,
  }));
}

/** How many bindings were last seen, and when. A cluster that nobody looked at has no entry: that is not the same as none. */
async function seenBindings(keys: string[]): Promise<Map<string, Seen>> {
  const [looks, counts] = await Promise.all([
    db().clusterLook.findMany({ where: { clusterKey: { in: keys } } }),
    db().bindingObservation.groupBy({ by: ["clusterKey"], where: { clusterKey: { in: keys }, present: true }, _count: true }),
  ]);
  const count = new Map(counts.map((row) => [row.clusterKey, row._count]));
  return new Map(
    looks.map(({ clusterKey, lookedAt }) => [
      clusterKey,
      { bindingsSeen: count.get(clusterKey) ?? 0, bindingsSeenAt: lookedAt.toISOString() },
    ]),
  );
}

async function openRequests(keys: string[]): Promise<Map<string, number>> {
  const counts = await db().request.groupBy({
    by: ["clusterKey"],
    where: { clusterKey: { in: keys }, state: { in: ["waiting", "approved"] } },
    _count: true,
  });
  return new Map(counts.map((row) => [row.clusterKey, row._count]));
}
