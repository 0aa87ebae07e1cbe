import { type FirstSeen, firstSeenOf } from "../tags/first-seen";
import type { ServiceTag } from "../tags/snapshot";
import { countsOf } from "../tags/azure-ml";
import { azureMlTagsOf } from "./store";
import type { Published } from "./succession";

/** A snapshot in the history, with the tags of Azure ML by lower-case name. */
export type Moment = Published & { tags: ReadonlyMap<string, ServiceTag> };
/** All snapshots from the oldest to the newest, and when each range of the newest came. */
export type History = { moments: readonly Moment[]; firstSeen: FirstSeen };

let kept: { key: string; history: Promise<History> } | undefined;

/** The history of the tags of Azure ML over these snapshots, the oldest first; remembered by this process until they are others. */
export function historyOf(published: readonly Published[]): Promise<History> {
  const key = published.map(({ snapshotId, at }) => `${snapshotId} ${at}`).join();
  if (kept?.key === key) return kept.history;
  const entry = { key, history: readHistory(published) };
  kept = entry;
  entry.history.catch(() => {
    if (kept === entry) kept = undefined;
  });
  return entry.history;
}

async function readHistory(published: readonly Published[]): Promise<History> {
  const found = await azureMlTagsOf([...new Set(published.map(({ snapshotId }) => snapshotId))]);
  const tagsAt = ({ snapshotId }: Published): readonly ServiceTag[] => found.get(snapshotId) ?? [];
  return {
    moments: published.map((one) => ({ ...one, tags: new Map(tagsAt(one).map((tag) => [tag.name.toLowerCase(), tag])) })),
    firstSeen: firstSeenOf(published.map((one) => ({ at: one.at, tags: tagsAt(one) }))),
  };
}

/** A tag in one snapshot: its numbers of ranges, 0 where the snapshot lacks it, and what came and went since the one before. */
export type Point = {
  at: string;
  snapshotId: string;
  ipv4: number;
  ipv6: number;
  added: readonly string[];
  removed: readonly string[];
};

/** A tag over time, from the oldest snapshot to the newest. Nothing came with the oldest: there the history begins. */
export function pointsOf(moments: readonly Moment[], tagKey: string): Point[] {
  const rangesIn = (moment: Moment): readonly string[] => moment.tags.get(tagKey)?.prefixes ?? [];
  return moments.map((moment, place) => {
    const ranges = rangesIn(moment);
    const before = rangesIn(moments[place - 1] ?? moment);
    const { at, snapshotId } = moment;
    return { at, snapshotId, ...countsOf(ranges), added: without(ranges, before), removed: without(before, ranges) };
  });
}

function without(ranges: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others);
  return ranges.filter((range) => !known.has(range));
}
