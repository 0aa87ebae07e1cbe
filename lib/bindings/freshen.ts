import type { AzureCaller, Cluster, PartialList, Readable } from "@/lib/azure/types";
import { personKeyOf } from "@/lib/clusters/fleet";
import { log } from "@/lib/kernel/log";
import { inParallel, waitAtMost } from "@/lib/kernel/parallel";
import { idKey } from "@/lib/kernel/resource-id";
import { lookAtBindings } from "./look";
import { looksOf } from "./store";

type Failure = PartialList<never>["failures"][number];
type Own = { at: number; failure: Failure | null };
type Due = { cluster: Cluster; key: string; lookedAt: number };

/** A look younger than this is fresh enough for a list, ms. */
const freshMs = 5_000;
/** How long what a person may list is remembered, ms. */
const rightsMs = 10 * 60_000;
/** So many clusters are looked at for one list, so many at once, and a list of few clusters waits so long for them, ms. */
const looksAtMost = 40;
const atOnce = 6;
const waitMs = 1_500;
const keptAtMost = 20_000;

/** What a person's own looks came to, by person and cluster. */
const own = new Map<string, Own>();
/** Persons for whom many clusters are being looked at just now. */
const looking = new Set<string>();

/**
 * Looks anew at those clusters whose bindings were not seen lately, or never with this person's token; the longest unseen first. A list
 * of few clusters waits for that; one of many does not: its rows keep the age that they show, and the looks go on beside it. Gives what
 * could not be listed: clusters of `no-permission` must not be shown, and those that nobody looked at yet are named together.
 */
export async function freshen(caller: AzureCaller, clusters: readonly Cluster[]): Promise<Failure[]> {
  const person = personKeyOf(caller);
  const looks = await looksOf(clusters.map(({ id }) => idKey(id)));
  const few = clusters.length <= looksAtMost;
  const due = dueOf(person, clusters, looks).slice(0, looksAtMost);
  if (few) await waitAtMost(waitMs, lookAt(caller, due));
  else if (!looking.has(person)) {
    looking.add(person);
    lookAt(caller, due)
      .catch((error: unknown) => log("warn", "looks-failed", { error }))
      .finally(() => looking.delete(person));
  }
  const failures = clusters.flatMap(({ id }) => own.get(`${person}|${idKey(id)}`)?.failure ?? []);
  return few ? failures : [...failures, ...unseen(clusters, looks)];
}

function dueOf(person: string, clusters: readonly Cluster[], looks: ReadonlyMap<string, { lookedAt: Date }>): Due[] {
  const now = Date.now();
  return clusters
    .map((cluster) => ({ cluster, key: `${person}|${idKey(cluster.id)}`, lookedAt: looks.get(idKey(cluster.id))?.lookedAt.getTime() ?? 0 }))
    .filter(({ key, lookedAt }) => isDue(own.get(key), lookedAt, now))
    .sort((a, b) => a.lookedAt - b.lookedAt);
}

function isDue(mine: Own | undefined, lookedAt: number, now: number): boolean {
  if (mine === undefined || now - mine.at > rightsMs) return true;
  // Somebody else's look serves whoever may list the bindings as well; a failure is tried again by oneself.
  return now - (mine.failure === null ? Math.max(mine.at, lookedAt) : mine.at) > freshMs;
}

async function lookAt(caller: AzureCaller, due: readonly Due[]): Promise<void> {
  await inParallel(atOnce, due, async ({ cluster, key }) =>
    remember(key, { at: Date.now(), failure: failureOf(cluster, await lookAtBindings(caller, cluster.id)) }),
  );
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

/** Never shown as having no bindings: nobody knows yet. */
function unseen(clusters: readonly Cluster[], looks: ReadonlyMap<string, unknown>): Failure[] {
  const count = clusters.filter(({ id }) => !looks.has(idKey(id))).length;
  if (count === 0) return [];
  return [
    {
      scope: "/",
      scopeName: count === 1 ? "1 cluster" : `${count} clusters`,
      state: "unavailable",
      message: "Nobody looked at their bindings yet; they are being read now.",
    },
  ];
}
