import type { Actor } from "@/lib/auth/actor";
import { callerFor } from "@/lib/auth/caller";
import { listClusters } from "@/lib/azure/clusters";
import { readable } from "@/lib/azure/readable";
import { listWorkspaces } from "@/lib/azure/sources";
import { listSubscriptions } from "@/lib/azure/subscriptions";
import type { AzureCaller, Cluster, PartialList, Readable, Subscription, Workspace } from "@/lib/azure/types";
import { shortCache } from "@/lib/kernel/short-cache";

/** Lists are kept for a person for 5 s, and given up to 30 s old while they are renewed. */
const life = { freshMs: 5_000, staleMs: 30_000 };
const partial = <T>(list: PartialList<T>): boolean => list.failures.length > 0;
const clusters = shortCache<PartialList<Cluster>>({ ...life, poor: partial });
const workspaces = shortCache<PartialList<Workspace>>({ ...life, poor: partial });
const subscriptions = shortCache<Readable<Subscription[]>>({ freshMs: 60_000, staleMs: 300_000, poor: ({ state }) => state !== "ok" });

/** The key of a person in what a process remembers. */
export const personKeyOf = (person: Pick<AzureCaller, "tid" | "oid">): string => `${person.tid}/${person.oid}`.toLowerCase();

/** The clusters that Azure shows to this person's own token, by lower-cased id. Parts that could not be read are named. */
export async function fleetOf(actor: Actor): Promise<PartialList<Cluster>> {
  return fleetFor(callerFor(actor));
}

/** The same for a caller. */
export async function fleetFor(caller: AzureCaller): Promise<PartialList<Cluster>> {
  return clusters.get(personKeyOf(caller), () => listClusters(caller));
}

/** The machine learning workspaces that Azure shows to this person's own token. */
export async function workspacesOf(actor: Actor): Promise<PartialList<Workspace>> {
  return workspaces.get(personKeyOf(actor), () => listWorkspaces(callerFor(actor)));
}

/** The subscriptions that Azure shows to this person's own token; empty when they cannot be read. */
export async function subscriptionsFor(caller: AzureCaller): Promise<Subscription[]> {
  const read = await subscriptions.get(personKeyOf(caller), () => readable(() => listSubscriptions(caller)));
  return read.state === "ok" ? read.value : [];
}
