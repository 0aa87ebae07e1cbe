import type { Actor } from "@/lib/auth/actor";
import { cloud } from "@/lib/azure/cloud";
import type { Answer, ParamsOf } from "@/lib/http/contract";
import { withoutQuery } from "@/lib/kernel/allowed-address";
import { now } from "@/lib/kernel/clock";
import { BinderyError } from "@/lib/kernel/errors";
import { notInUseBefore } from "../tags/first-seen";
import type { ServiceTag } from "../tags/snapshot";
import { countsOf, isAzureMl } from "../tags/azure-ml";
import { fetchState } from "./fetch-store";
import { type History, historyOf, type Point, pointsOf } from "./history";
import { sourceOfSettings } from "./read-by-worker";
import { rangesShown, snapshotOf } from "./read-snapshots";
import { placeOf } from "./read-source";
import { findSnapshots, shownTags } from "./store";
import { successionOf } from "./succession";
import { openWarningOf, openWarnings } from "./warning-store";

type Tags = Answer<"GET /api/v1/network/tags">;
type Tag = Answer<"GET /api/v1/network/tags/{name}">;

const warningsShown = 200;

/** The tags of Azure ML in use, with what is new and what is missing, and how the worker's source does. */
export async function readTagsInUse(_actor: Actor): Promise<Tags> {
  const { serviceTagsCloud } = cloud();
  const [shown, warnings, source] = await Promise.all([shownTags(serviceTagsCloud), openWarnings(serviceTagsCloud), readSourceState()]);
  const ordered = [...warnings.filter(({ tag }) => isAzureMl({ name: tag })), ...warnings.filter(({ tag }) => !isAzureMl({ name: tag }))];
  const rest = { warnings: ordered.slice(0, warningsShown), warningCount: warnings.length, source };
  const published = successionOf(shown);
  const newest = published.at(-1);
  if (newest === undefined) return { current: null, tags: [], ...rest };
  const [history, [row]] = await Promise.all([historyOf(published), findSnapshots(serviceTagsCloud, [newest.snapshotId])]);
  const current = row === undefined ? null : { ...snapshotOf(row, newest.snapshotId), since: newest.at };
  const tags = [...(history.moments.at(-1)?.tags.values() ?? [])];
  return { current, tags: tags.map((tag) => tagRow(tag, history)).sort((a, b) => (a.name < b.name ? -1 : 1)), ...rest };
}

function tagRow({ name, region, changeNumber, prefixes }: ServiceTag, { firstSeen }: History): Tags["tags"][number] {
  const seen = firstSeen.get(name.toLowerCase());
  const at = now().toISOString();
  const unused = prefixes.flatMap((prefix) => notInUseBefore(seen?.get(prefix) ?? null) ?? []).filter((until) => until > at);
  return { name, region, changeNumber, ...countsOf(prefixes), unused: unused.length, unusedUntil: unused.sort().at(-1) ?? null };
}

async function readSourceState(): Promise<Tags["source"]> {
  const source = sourceOfSettings();
  if (source === null) return null;
  const state = await fetchState(withoutQuery(source.address));
  return {
    place: placeOf(source.address),
    hours: source.hours,
    triedAt: state?.triedAt?.toISOString() ?? null,
    readAt: state?.readAt?.toISOString() ?? null,
    failure: state?.failure ?? null,
  };
}

/** One tag of Azure ML: ranges in use, since when, and how many there were. A tag that vanished has none. Throws `not_found`. */
export async function readTag(_actor: Actor, { name }: ParamsOf<"GET /api/v1/network/tags/{name}">): Promise<Tag> {
  const { serviceTagsCloud } = cloud();
  const key = name.toLowerCase();
  const published = successionOf(await shownTags(serviceTagsCloud));
  const { moments, firstSeen } = await historyOf(published);
  const newest = moments.at(-1);
  const last = moments.findLast(({ tags }) => tags.has(key))?.tags.get(key);
  if (last === undefined || newest === undefined)
    throw new BinderyError("not_found", `No snapshot has a service tag of Azure ML that is called ${name}.`, {
      remedy: "Choose one from the list of tags. Other tags are found by comparing two snapshots.",
    });
  const seen = firstSeen.get(key);
  const rangeOf = (prefix: string): Tag["ranges"][number] => {
    const firstSeenAt = seen?.get(prefix) ?? null;
    return { prefix, firstSeenAt, notInUseBefore: notInUseBefore(firstSeenAt) };
  };
  return {
    name: last.name,
    region: last.region,
    snapshotId: newest.snapshotId,
    ranges: (newest.tags.get(key)?.prefixes ?? []).map(rangeOf),
    history: pointsOf(moments, key).map(shownPoint),
    warning: await openWarningOf(serviceTagsCloud, key),
  };
}

const shownPoint = ({ added, removed, ...point }: Point): Tag["history"][number] => ({
  ...point,
  added: added.slice(0, rangesShown),
  addedCount: added.length,
  removed: removed.slice(0, rangesShown),
  removedCount: removed.length,
});
