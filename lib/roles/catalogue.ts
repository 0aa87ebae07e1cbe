import { readCatalogue } from "@/lib/azure/trusted-access";
import type { AzureCaller, Readable, RoleCatalogue } from "@/lib/azure/types";
import { personKeyOf } from "@/lib/clusters/fleet";
import { shortCache } from "@/lib/kernel/short-cache";
import { saveSnapshot } from "./store";

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
