import type { Actor } from "@/lib/auth/actor";
import { callerFor } from "@/lib/auth/caller";
import { getCluster } from "@/lib/azure/clusters";
import { valueOf } from "@/lib/azure/readable";
import type { AzureCaller, Cluster } from "@/lib/azure/types";
import { BinderyError } from "@/lib/kernel/errors";
import { idKey } from "@/lib/kernel/resource-id";
import { shortCache } from "@/lib/kernel/short-cache";
import { personKeyOf } from "./fleet";

/** The parts of a cluster's id, as addresses have them. */
export type ClusterAddress = { subscription: string; group: string; name: string };

const known = shortCache<Cluster>({ freshMs: 30_000, staleMs: 30_000 });

/** The ARM id of an address. */
export const clusterIdAt = ({ subscription, group, name }: ClusterAddress): string =>
  `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.ContainerService/managedClusters/${name}`;

/** What is answered for an absent cluster and for one that Azure does not show to a person, alike. */
export const noSuchCluster = (): BinderyError =>
  new BinderyError("not_found", "There is no such cluster, or Azure does not show it to you.", {
    remedy: "Check the address, or ask for Reader on the cluster.",
  });

/**
 * The cluster at an address as Azure shows it to this person, at most 30 s old, and the person as a caller. Throws `not_found` alike for an
 * absent cluster and for one that Azure does not show, `sign_in_needed` and `azure_unavailable` when Azure says neither.
 */
export async function clusterAt(actor: Actor, address: ClusterAddress): Promise<{ caller: AzureCaller; cluster: Cluster }> {
  const caller = callerFor(actor);
  const id = clusterIdAt(address);
  const cluster = await known.get(`${personKeyOf(actor)}|${idKey(id)}`, async () => {
    const read = await getCluster(caller, id);
    if (read.state === "absent" || read.state === "no-permission") throw noSuchCluster();
    return valueOf(read, "cluster");
  });
  return { caller, cluster };
}
