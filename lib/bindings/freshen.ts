import type { AzureCaller, Cluster, PartialList, Readable } from "@/lib/azure/types";
import { personKeyOf } from "@/lib/clusters/fleet";
import { inParallel, waitAtMost } from "@/lib/kernel/parallel";
import { idKey } from "@/lib/kernel/resource-id";
import { lookAtBindings } from "./look";
import { looksOf } from "./store";

type Failure = PartialList<never>["failures"][number];
type Own = { at: number; failure: Failure | null };

/** A look younger than this is fresh enough for a list, ms. */
const freshMs = 5_000;
/** How long what a person may list is remembered, ms. */
const rightsMs = 10 * 60_000;
/** So many clusters are looked at for one list, so many at once, and the list waits so long for them, ms. */
const looksAtMost = 40;
const atOnce = 8;
const waitMs = 1_500;
const keptAtMost = 20_000;

/** What a person's own looks came to, by person and cluster. */
const own = new Map<string, Own>();

/**
 * Looks anew at those clusters whose bindings were not seen lately, or never with this person's token; the longest unseen first. Many
 * clusters are not looked at all at once: the rest keeps the age that the rows show. Gives the clusters whose bindings this person could
 * not list: those of `no-permission` must not be shown.
 */
export async function freshen(caller: AzureCaller, clusters: readonly Cluster[]): Promise<Failure[]> {
  const person = personKeyOf(caller);
  const looks = await looksOf(clusters.map(({ id }) => idKey(id)));
  const now = Date.now();
  const due = clusters
    .map((cluster) => ({ cluster, key: `${person}|${idKey(cluster.id)}`, lookedAt: looks.get(idKey(cluster.id))?.lookedAt.getTime() ?? 0 }))
    .filter(({ key, lookedAt }) => isDue(own.get(key), lookedAt, now))
    .sort((a, b) => a.lookedAt - b.lookedAt)
    .slice(0, looksAtMost);
  const looking = inParallel(atOnce, due, async ({ cluster, key }) =>
    remember(key, { at: Date.now(), failure: failureOf(cluster, await lookAtBindings(caller, cluster.id)) }),
  );
  await waitAtMost(waitMs, looking);
  return clusters.flatMap(({ id }) => own.get(`${person}|${idKey(id)}`)?.failure ?? []);
}

function isDue(mine: Own | undefined, lookedAt: number, now: number): boolean {
  if (mine === undefined || now - mine.at > rightsMs) return true;
  // Somebody else's look serves whoever may list the bindings as well; a failure is tried again by oneself.
  return now - (mine.failure === null ? Math.max(mine.at, lookedAt) : mine.at) > freshMs;
}

function remember(key: string, value: Own): void {
  own.delete(key);
  own.set(key, value);
  if (own.size > keptAtMost) own.delete(own.keys().next().value as string);
}

function failureOf(cluster: Cluster, read: Readable<unknown>): Failure | null {
  if (read.state === "ok" || read.state === "absent") return null;
  return { scope: cluster.id, scopeName: cluster.name, state: read.state, message: read.message };
}
