import { addressSet, holds } from "../address-set";
import { cidrOfPrefix } from "./quick-prefix";
import type { ServiceTag } from "./snapshot";

/** What is different in one tag between two snapshots. */
export type TagChange = {
  name: string;
  region: string | null;
  change: "came" | "went" | "changed";
  /** CIDR, canonical, in order. */
  added: readonly string[];
  removed: readonly string[];
  /** Number of ranges that are in both. */
  unchanged: number;
  /** Of the removed ones, how many have addresses that no other range of the tag has now: a range that was only cut otherwise is not lost. */
  lost: number;
  /** True when so much is lost that a mistake of the source is likelier than a change of Azure: see `shrinksStrongly`. */
  shrinks: boolean;
};

/** Numbers of ranges, summed over the tags of a region; null: tags of no region. */
export type RegionChange = { region: string | null; added: number; removed: number; unchanged: number };
/** Two snapshots side by side: the tags that differ, by name, and every region with its numbers. */
export type SnapshotChange = { tags: TagChange[]; regions: RegionChange[] };

/** What changed from one list of tags to another. Tags are known by name, whatever its case. */
export function compareTags(before: readonly ServiceTag[], after: readonly ServiceTag[]): SnapshotChange {
  const earlier = byKey(before);
  const later = byKey(after);
  const regions = new Map<string | null, RegionChange>();
  const tags: TagChange[] = [];
  for (const [key, tag] of new Map([...earlier, ...later])) {
    const change = compareTag(earlier.get(key), later.get(key), tag);
    const sum = regions.get(tag.region) ?? { region: tag.region, added: 0, removed: 0, unchanged: 0 };
    sum.added += change.added.length;
    sum.removed += change.removed.length;
    sum.unchanged += change.unchanged;
    regions.set(tag.region, sum);
    if (change.change !== "changed" || change.added.length + change.removed.length > 0) tags.push(change);
  }
  return {
    tags: tags.sort((a, b) => (a.name < b.name ? -1 : 1)),
    regions: [...regions.values()].sort((a, b) => ((a.region ?? "") < (b.region ?? "") ? -1 : 1)),
  };
}

const byKey = (tags: readonly ServiceTag[]): Map<string, ServiceTag> => new Map(tags.map((tag) => [tag.name.toLowerCase(), tag]));

function compareTag(before: ServiceTag | undefined, after: ServiceTag | undefined, { name, region }: ServiceTag): TagChange {
  const old = before?.prefixes ?? [];
  const fresh = after?.prefixes ?? [];
  const change = before === undefined ? "came" : after === undefined ? "went" : "changed";
  if (change === "changed" && areEqual(old, fresh))
    return { name, region, change, added: [], removed: [], unchanged: old.length, lost: 0, shrinks: false };
  const known = new Set(old);
  const now = new Set(fresh);
  const removed = old.filter((prefix) => !now.has(prefix));
  const lost = lostOf(removed, fresh);
  return {
    name,
    region,
    change,
    added: fresh.filter((prefix) => !known.has(prefix)),
    removed,
    unchanged: old.length - removed.length,
    lost,
    shrinks: change === "went" || shrinksStrongly(old.length, lost, fresh.length),
  };
}

/**
 * Two ranges and a tenth of the tag, or all of it. Between real weekly files Azure takes away single ranges; answers of ARM that lack ranges
 * lack many. One range is never strong, since a tenth of a regional tag of Azure ML is less than one.
 */
const shrinksStrongly = (before: number, lost: number, after: number): boolean =>
  (before > 0 && after === 0) || (lost >= 2 && lost * 10 >= before);

function areEqual(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((prefix, at) => prefix === b[at]);
}

function lostOf(removed: readonly string[], fresh: readonly string[]): number {
  if (removed.length === 0 || fresh.length === 0) return removed.length;
  const now = addressSet(fresh.map(cidrOfPrefix));
  return removed.filter((prefix) => !holds(now, cidrOfPrefix(prefix))).length;
}
