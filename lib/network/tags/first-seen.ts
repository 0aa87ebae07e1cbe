import type { ServiceTag } from "./snapshot";

/** Days after its publication in which Azure does not use a new range yet (azure-docs, service-tags-overview). */
const daysBeforeUse = 7;

/** When each range of each tag came, by lower-case tag name and range: ISO 8601; null where it was there when the history began. */
export type FirstSeen = ReadonlyMap<string, ReadonlyMap<string, string | null>>;

/**
 * First appearances in snapshots that are given from the oldest to the newest (`at`: ISO 8601). Only ranges of the newest count, and one
 * that went and came back is as new as its return.
 */
export function firstSeenOf(snapshots: Iterable<{ at: string; tags: readonly ServiceTag[] }>): FirstSeen {
  let seen = new Map<string, Map<string, string | null>>();
  let isFirst = true;
  for (const { at, tags } of snapshots) {
    const since = isFirst ? null : at;
    const before = seen;
    seen = new Map(
      tags.map(({ name, prefixes }) => {
        const key = name.toLowerCase();
        const known = before.get(key);
        return [key, new Map(prefixes.map((prefix) => [prefix, known?.get(prefix) ?? (known?.has(prefix) ? null : since)]))];
      }),
    );
    isFirst = false;
  }
  return seen;
}

/** The moment before which Azure does not use a range that came then, ISO 8601; null for a range that was always there. */
export function notInUseBefore(firstSeen: string | null): string | null {
  return firstSeen === null ? null : new Date(Date.parse(firstSeen) + daysBeforeUse * 86_400_000).toISOString();
}
