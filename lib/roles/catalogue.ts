import { readCatalogue } from "@/lib/azure/trusted-access";
import type { AzureCaller, Readable, RoleCatalogue } from "@/lib/azure/types";
import { personKeyOf } from "@/lib/clusters/fleet";
import { inParallel, waitAtMost } from "@/lib/kernel/parallel";
import { shortCache } from "@/lib/kernel/short-cache";
import { latestSnapshots, saveSnapshot, type Snapshot } from "./store";

const kept = shortCache<Readable<RoleCatalogue>>({ freshMs: 15_000, staleMs: 60_000, poor: ({ state }) => state !== "ok" });

/** The trusted access roles of a subscription and region as this caller may read them, at most a minute old. What is read is kept as a snapshot. */
export async function catalogueFor(caller: AzureCaller, subscriptionId: string, location: string): Promise<Readable<RoleCatalogue>> {
  const key = `${personKeyOf(caller)}|${subscriptionId}|${location}`.toLowerCase();
  return kept.get(key, () => readAndKeep(caller, subscriptionId, location));
}

/** The same, read now: for planning, where a minute is too old. */
export async function readAndKeep(caller: AzureCaller, subscriptionId: string, location: string): Promise<Readable<RoleCatalogue>> {
  const read = await readCatalogue(caller, subscriptionId, location);
  if (read.state === "ok") await saveSnapshot(read.value, new Date(read.at));
  return read;
}

const asked = shortCache<void>({ freshMs: 10 * 60_000, staleMs: 10 * 60_000 });
/** So many regions are asked for one list, and the list waits so long for them, ms. */
const regionsAtMost = 12;
const waitMs = 1_500;

/**
 * The newest catalogues (key `subscription/location`) for the regions of some clusters. A region that nobody ever read is asked for with
 * this caller's token, each at most once in ten minutes.
 */
export async function cataloguesOf(
  caller: AzureCaller,
  clusters: readonly { subscriptionId: string; location: string }[],
): Promise<Map<string, Snapshot>> {
  const subscriptionIds = [...new Set(clusters.map(({ subscriptionId }) => subscriptionId))];
  const known = await latestSnapshots(subscriptionIds);
  const regions = new Map(clusters.map((cluster) => [`${cluster.subscriptionId}/${cluster.location}`, cluster]));
  const unknown = [...regions].filter(([key]) => !known.has(key)).slice(0, regionsAtMost);
  if (unknown.length === 0) return known;
  const asking = inParallel(4, unknown, ([key, { subscriptionId, location }]) =>
    asked.get(`${personKeyOf(caller)}|${key}`, async () => {
      await catalogueFor(caller, subscriptionId, location);
    }),
  );
  await waitAtMost(waitMs, asking);
  return latestSnapshots(subscriptionIds);
}
