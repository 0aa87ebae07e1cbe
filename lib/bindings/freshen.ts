import type { AzureCaller, Cluster, PartialList, Readable } from "@/lib/azure/types";
import { personKeyOf } from "@/lib/clusters/fleet";
import { log } from "@/lib/kernel/log";
import { inParallel, waitAtMost } from "@/lib/kernel/parallel";
import { idKey } from "@/lib/kernel/resource-id";
import { lookAtBindings } from "./look";
import { looksOf } from "./store";

type Failure = PartialList<never>["failures"][number];
/** A person's own look at a cluster: when, what kept it from being listed, and when this person's token last listed it. */
type Own = { at: number; failure: Failure | null; listedAt: number | null };
/** What could not be listed, and the keys of clusters that this person's own token did not list lately: those must not be shown. */
export type Unlisted = { failures: Failure[]; hidden: ReadonlySet<string> };
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
 * of few clusters waits for that; one of many does not: its rows keep the age that they show, and the looks go on beside it. What another
 * person's token saw is shown only where this person's own token may list it too.
 */
export async function freshen(caller: AzureCaller, clusters: readonly Cluster[]): Promise<Unlisted> {
  const person = personKeyOf(caller);
  const looks = await looksOf(clusters.map(({ id }) => idKey(id)));
  const due = dueOf(person, clusters, looks).slice(0, looksAtMost);
  if (clusters.length <= looksAtMost) await waitAtMost(waitMs, lookAt(caller, due));
  else if (!looking.has(person)) {
    looking.add(person);
    lookAt(caller, due)
      .catch((error: unknown) => log("warn", "looks-failed", { error }))
      .finally(() => looking.delete(person));
  }
  return unlistedOf(clusters.map((cluster) => ({ key: idKey(cluster.id), mine: own.get(`${person}|${idKey(cluster.id)}`) })));
}

function unlistedOf(looks: { key: string; mine: Own | undefined }[]): Unlisted {
  const lately = Date.now() - rightsMs;
  const hidden = new Set(looks.filter(({ mine }) => (mine?.listedAt ?? 0) < lately).map(({ key }) => key));
  const failures = looks.flatMap(({ mine }) => mine?.failure ?? []);
  return {
    failures: [...failures, ...unread(looks.filter(({ key, mine }) => hidden.has(key) && (mine?.failure ?? null) === null).length)],
    hidden,
  };
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
  await inParallel(atOnce, due, async ({ cluster, key }) => remember(key, failureOf(cluster, await lookAtBindings(caller, cluster.id))));
}

function remember(key: string, failure: Failure | null): void {
  const at = Date.now();
  const listedBefore = failure?.state === "no-permission" ? null : (own.get(key)?.listedAt ?? null);
  own.delete(key);
  own.set(key, { at, failure, listedAt: failure === null ? at : listedBefore });
  if (own.size > keptAtMost) own.delete(own.keys().next().value as string);
}

function failureOf(cluster: Cluster, read: Readable<unknown>): Failure | null {
  if (read.state === "ok" || read.state === "absent") return null;
  return { scope: cluster.id, scopeName: cluster.name, state: read.state, message: read.message };
}

/** Never shown as having no bindings: this person's token did not list them yet. */
function unread(count: number): Failure[] {
  if (count === 0) return [];
  const scopeName = count === 1 ? "1 cluster" : `${count} clusters`;
  return [{ scope: "/", scopeName, state: "unavailable", message: "Their bindings are being read with your rights just now." }];
}
