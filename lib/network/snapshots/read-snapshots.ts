import type { Actor } from "@/lib/auth/actor";
import { cloud } from "@/lib/azure/cloud";
import { db } from "@/lib/db/client";
import { pageOf, readCursor } from "@/lib/db/keyset";
import type { Answer, QueryOut } from "@/lib/http/contract";
import { compareTags, type TagChange } from "../tags/compare";
import { isAzureMl } from "../tags/azure-ml";
import { noSnapshot, tagsOf } from "./content-store";
import { findSnapshots, listSnapshots, shownTags, type SnapshotRow, withdrawalOf } from "./store";
import { successionOf } from "./succession";

type Snapshot = Answer<"GET /api/v1/network/snapshots">["items"][number];
type Comparison = Answer<"GET /api/v1/network/snapshots/compare">;

/** One page of the snapshots, newest first by when they were first seen here. */
export async function readSnapshots(
  _actor: Actor,
  { cursor, limit }: QueryOut<"GET /api/v1/network/snapshots">,
): Promise<Answer<"GET /api/v1/network/snapshots">> {
  const { serviceTagsCloud } = cloud();
  const [found, shown] = await Promise.all([listSnapshots(serviceTagsCloud, readCursor(cursor), limit), shownTags(serviceTagsCloud)]);
  const { rows, nextCursor } = pageOf(found, limit, ({ firstSeenAt }) => firstSeenAt);
  const current = successionOf(shown).at(-1)?.snapshotId;
  return { cloud: serviceTagsCloud, items: rows.map((row) => snapshotOf(row, current)), nextCursor };
}

/** A snapshot as the API shows it. */
export function snapshotOf({ sightings, firstSeenAt, ...row }: SnapshotRow, currentId: string | undefined): Snapshot {
  const withdrawn = withdrawalOf(row);
  return {
    ...row,
    withdrawn: withdrawn === null ? null : { ...withdrawn, at: withdrawn.at.toISOString() },
    firstSeenAt: firstSeenAt.toISOString(),
    isCurrent: row.id === currentId,
    sightings: sightings.map(({ source, whereFrom, changeNumber, publishedAt, seenAt, lastSeenAt, byName }) => ({
      source: source as Snapshot["sightings"][number]["source"],
      whereFrom,
      changeNumber: Number(changeNumber),
      publishedAt: publishedAt?.toISOString() ?? null,
      seenAt: seenAt.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
      by: byName,
    })),
  };
}

const tagsShown = 500;
/** Ranges that a list of changes has at most. */
export const rangesShown = 200;

/** What changed from one snapshot to another, of one region or all, in the tags that are searched for. Throws `not_found` for an id that is no snapshot's. */
export async function compareSnapshots(
  _actor: Actor,
  { from, to, region, search = "" }: QueryOut<"GET /api/v1/network/snapshots/compare">,
): Promise<Comparison> {
  const known = await findSnapshots(cloud().serviceTagsCloud, [from, to]);
  if (known.length < new Set([from, to]).size) throw noSnapshot();
  const [before, after] = await Promise.all([tagsOf(db(), from), tagsOf(db(), to)]);
  const ofRegion = (one: { region: string | null }): boolean => region === undefined || one.region === region;
  const { tags, regions } = compareTags(before.filter(ofRegion), after.filter(ofRegion));
  const found = search === "" ? tags : tags.filter(holding(search.toLowerCase()));
  const ordered = [...found.filter(isAzureMl), ...found.filter((tag) => !isAzureMl(tag))];
  return { from, to, tagCount: found.length, tags: ordered.slice(0, tagsShown).map(changeOf), regions };
}

/** Whether a tag that differs has a text in its name, or a range among its changes that begins with it. */
const holding =
  (text: string) =>
  ({ name, added, removed }: TagChange): boolean =>
    name.toLowerCase().includes(text) || [...added, ...removed].some((prefix) => prefix.startsWith(text));

const changeOf = ({ added, removed, ...change }: TagChange): Comparison["tags"][number] => ({
  ...change,
  added: added.slice(0, rangesShown),
  addedCount: added.length,
  removed: removed.slice(0, rangesShown),
  removedCount: removed.length,
});
