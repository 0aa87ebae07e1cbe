import { fromNow, now } from "@/lib/kernel/clock";
import { isAddress, withoutQuery } from "@/lib/kernel/allowed-address";
import type { BinderyError } from "@/lib/kernel/errors";
import { log } from "@/lib/kernel/log";
import { settings } from "@/lib/kernel/settings";
import { endFetch, type Fetch, takeFetch } from "./fetch-store";
import { importTags, recordRefusal, whyNotTaken } from "./import-tags";
import { placeOf, readSource } from "./read-source";
import { type Origin, seeAgain } from "./store";
import { publishedBy } from "./succession";

/** Longer than a reading may take. */
const leaseMs = 5 * 60_000;
const hourMs = 3_600_000;

/** What the worker reads, by the settings. */
export type Source = { address: string; hosts: readonly string[]; hours: number };

/**
 * Reads the weekly file from where the settings say, when it is due, and imports it; any number of workers may call this at any time, and one
 * of them reads. After a failure it tries again in an hour. A failure is kept for the page, and on record unless it is the same as before.
 */
export async function readTagsWhenDue(source: Source | null = sourceOfSettings()): Promise<void> {
  if (source === null) return;
  const key = withoutQuery(source.address);
  const known = await takeFetch(key, now(), fromNow(leaseMs));
  if (known === null) return;
  try {
    const read = await readAndImport(source, known);
    await endFetch(key, { ...read, readAt: now(), dueAt: fromNow(source.hours * hourMs) });
  } catch (error) {
    await fail(source, key, known, whyNotTaken(error));
  }
}

/** The source that the settings name; null: none. */
export function sourceOfSettings(): Source | null {
  const { BINDERY_SERVICE_TAGS: address, BINDERY_SERVICE_TAGS_HOSTS: hosts, BINDERY_SERVICE_TAGS_HOURS: hours } = settings();
  return address === undefined ? null : { address, hosts, hours };
}

async function readAndImport({ address, hosts }: Source, known: Fetch): Promise<Pick<Fetch, "etag" | "sightingId">> {
  const answer = await readSource(address, hosts, known.sightingId === null ? null : known.etag);
  if (answer === "unchanged") {
    if (known.sightingId !== null) await seeAgain(known.sightingId, now());
    return { etag: known.etag, sightingId: known.sightingId };
  }
  const { sightingId, changeNumber, isNew, isCurrent } = await importTags(answer.text, originOf(address), null);
  log("info", "service-tags-read", { place: placeOf(address), changeNumber, isNew, isCurrent });
  return { etag: answer.etag, sightingId };
}

async function fail({ address, hours }: Source, key: string, known: Fetch, error: BinderyError): Promise<void> {
  log("warn", "service-tags-not-read", { place: placeOf(address), why: error.message });
  if (known.failure !== error.message) await recordRefusal(error, originOf(address), null);
  await endFetch(key, { failure: error.message, dueAt: fromNow(Math.min(hours, 1) * hourMs) });
}

function originOf(address: string): Origin {
  const place = placeOf(address);
  return { source: isAddress(address) ? "url" : "file", whereFrom: place, publishedAt: publishedBy(place, now()) };
}
