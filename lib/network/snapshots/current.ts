import { cloud } from "@/lib/azure/cloud";
import { db } from "@/lib/db/client";
import type { FirstSeen } from "../tags/first-seen";
import type { ServiceTag } from "../tags/snapshot";
import { tagsOf } from "./content-store";
import { historyOf } from "./history";
import { shownTags, withdrawnIds } from "./store";
import { successionOf } from "./succession";
import { openWarnings, type TagWarning } from "./warning-store";

/** The service tags in use. */
export type CurrentTags = {
  snapshotId: string;
  /** Since when they are known to have been out, ISO 8601. */
  since: string;
  /** All tags, those of Azure ML among them. */
  tags: readonly ServiceTag[];
  /** When each range of the tags of Azure ML came. */
  firstSeen: FirstSeen;
  /** Tags that lack what they had: nothing may be removed because of them. */
  warnings: readonly TagWarning[];
  /** Ids of snapshots that somebody withdrew. */
  withdrawn: ReadonlySet<string>;
};

/** The current snapshot with its tags, first appearances and open warnings; null where none was ever imported. Cheap to call often. */
export async function currentTags(): Promise<CurrentTags | null> {
  const { serviceTagsCloud } = cloud();
  const published = successionOf(await shownTags(serviceTagsCloud));
  const current = published.at(-1);
  if (current === undefined) return null;
  const [tags, { firstSeen }, warnings, withdrawn] = await Promise.all([
    tagsOf(db(), current.snapshotId),
    historyOf(published),
    openWarnings(serviceTagsCloud),
    withdrawnIds(serviceTagsCloud),
  ]);
  return { snapshotId: current.snapshotId, since: current.at, tags, firstSeen, warnings, withdrawn };
}
