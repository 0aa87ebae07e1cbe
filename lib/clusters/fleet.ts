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
const clusters = shortCache<PartialList<Cluster>>(life);
const workspaces = shortCache<PartialList<Workspace>>(life);
const subscriptions = shortCache<Readable<Subscription[]>>({ freshMs: 60_000, staleMs: 300_000 });

/** The key of a person in what a process remembers. */
export const personKeyOf = (person: Pick<AzureCaller, "tid" | "oid">): string => `${person.tid}/${person.oid}`.toLowerCase();

/** The clusters that Azure shows to this person's own token, by lower-cased id. Parts that could not be read are named. */
export async function fleetOf(actor: Actor): Promise<PartialList<Cluster>> {
  return fleetFor(callerFor(actor));
}

/** The same for a caller. */
export async function fleetFor(caller: AzureCaller): Promise<PartialList<Cluster>> {
  const key = personKeyOf(caller);
  return keepWhole(clusters, key, await clusters.get(key, () => listClusters(caller)));
}

/** The machine learning workspaces that Azure shows to this person's own token. */
export async function workspacesOf(actor: Actor): Promise<PartialList<Workspace>> {
  const key = personKeyOf(actor);
  return keepWhole(workspaces, key, await workspaces.get(key, () => listWorkspaces(callerFor(actor))));
}

/** The subscriptions that Azure shows to this person's own token; empty when they cannot be read. */
export async function subscriptionsFor(caller: AzureCaller): Promise<Subscription[]> {
  const key = personKeyOf(caller);
  const read = await subscriptions.get(key, () => readable(() => listSubscriptions(caller)));
  if (read.state === "ok") return read.value;
  subscriptions.forget(key);
  return [];
}

/** A list with parts missing is asked for anew the next time. */
function keepWhole<T>(cache: { forget(key: string): void }, key: string, list: PartialList<T>): PartialList<T> {
  if (list.failures.length > 0) cache.forget(key);
  return list;
}
