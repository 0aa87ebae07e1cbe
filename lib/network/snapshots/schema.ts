import { z } from "zod";
import { CursorQuery, IsoTime, page, prose, Search, unhiddenName } from "@/lib/kernel/shapes";

export const SnapshotsQuery = CursorQuery;

const Sighting = z.object({
  source: z.enum(["arm", "upload", "file", "url"]),
  /** ARM's location, the name of the file, or host and name. */
  whereFrom: z.string(),
  /** ARM and the weekly files count apart. */
  changeNumber: z.number(),
  /** By the name of the file. */
  publishedAt: IsoTime.nullable(),
  seenAt: IsoTime,
  lastSeenAt: IsoTime,
  /** null: the worker. */
  by: z.string().nullable(),
});

export const Snapshot = z.object({
  id: z.string(),
  hash: z.string(),
  tagCount: z.number(),
  ipv4Count: z.number(),
  ipv6Count: z.number(),
  firstSeenAt: IsoTime,
  isCurrent: z.boolean(),
  /** Somebody found it to be wrong, and it counts for nothing; null: it counts. */
  withdrawn: z.object({ at: IsoTime, by: z.string(), because: z.string() }).nullable(),
  /** The newest ten, newest first. */
  sightings: z.array(Sighting),
});
/** `cloud`: whose tags they are, as Microsoft names it. */
export const SnapshotPage = page(Snapshot).extend({ cloud: z.string() });

/** Which snapshot. */
export const SnapshotParams = z.object({ id: z.uuid("This is not the id of a snapshot.") });
/** Whether a snapshot counts, and why. */
export const StandingBody = z.strictObject({
  withdrawn: z.boolean(),
  reason: prose(500, "A reason").min(1, "Say why."),
});

export const UploadQuery = z.object({
  /** Name of the file; a day in it (`ServiceTags_Public_20251110.json`) is taken as that of publication. */
  name: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .refine(...unhiddenName)
    .default("service-tags.json"),
});
export const FromAzureBody = z.object({
  subscription: z.guid("The subscription is a GUID."),
  location: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9]{2,60}$/, "A location looks like eastus2."),
});
export const ImportedShape = z.object({
  snapshotId: z.string(),
  isNew: z.boolean(),
  isCurrent: z.boolean(),
  changeNumber: z.number(),
  tagCount: z.number(),
  /** Tags that were left out, since they stand for the platform of a host. */
  skipped: z.array(z.string()).readonly(),
  /** Number of tags that the new current snapshot lacks, or lacks much of. */
  warnings: z.number(),
});

export const CompareQuery = z.object({
  from: z.uuid("This is not the id of a snapshot."),
  to: z.uuid("This is not the id of a snapshot."),
  /** ARM location: only its tags. */
  region: z.string().trim().toLowerCase().max(60).optional(),
  /** Part of a tag's name, or a range or the beginning of one: only tags that have it, whatever the case. */
  search: Search,
});
export const ComparisonShape = z.object({
  from: z.string(),
  to: z.string(),
  /** Tags that differ; those of Azure ML come first, and at most 500 are in `tags`. */
  tagCount: z.number(),
  tags: z.array(
    z.object({
      name: z.string(),
      region: z.string().nullable(),
      change: z.enum(["came", "went", "changed"]),
      /** At most 200 ranges each; the counts are of all. */
      added: z.array(z.string()),
      addedCount: z.number(),
      removed: z.array(z.string()),
      removedCount: z.number(),
      unchanged: z.number(),
      lost: z.number(),
      shrinks: z.boolean(),
    }),
  ),
  /** Of all tags, whatever is searched for. */
  regions: z.array(z.object({ region: z.string().nullable(), added: z.number(), removed: z.number(), unchanged: z.number() })),
});

export const WarningShape = z.object({
  id: z.string(),
  tag: z.string(),
  region: z.string().nullable(),
  what: z.enum(["vanished", "shrank"]),
  /** Number of ranges that it had and lacks. */
  lost: z.number(),
  snapshotId: z.string(),
  since: IsoTime,
});
export const AcceptBody = z.object({
  ids: z.array(z.uuid("This is not the id of a warning.")).min(1, "Name a warning.").max(200, "At most 200 warnings at a time."),
  reason: prose(500, "A reason").min(1, "Say why the loss is taken as true."),
});

export const TagsShape = z.object({
  current: Snapshot.extend({ since: IsoTime }).nullable(),
  /** Tags of Azure ML. */
  tags: z.array(
    z.object({
      name: z.string(),
      region: z.string().nullable(),
      changeNumber: z.number(),
      ipv4: z.number(),
      ipv6: z.number(),
      /** Ranges that Azure does not use yet, and the moment before which it uses none of the newest. */
      unused: z.number(),
      unusedUntil: IsoTime.nullable(),
    }),
  ),
  /** Open warnings, those of Azure ML first; at most 200 of `warningCount`. */
  warnings: z.array(WarningShape),
  warningCount: z.number(),
  /** What the worker reads, and how that went; null: somebody imports. */
  source: z
    .object({
      place: z.string(),
      hours: z.number(),
      triedAt: IsoTime.nullable(),
      readAt: IsoTime.nullable(),
      failure: z.string().nullable(),
    })
    .nullable(),
});

export const TagParams = z.object({ name: z.string().regex(/^[A-Za-z0-9_.-]{1,200}$/, "A tag looks like AzureMachineLearning.EastUS.") });
export const TagShape = z.object({
  name: z.string(),
  region: z.string().nullable(),
  snapshotId: z.string(),
  /** `firstSeenAt` null: it was there when the history began. Azure does not use a range before `notInUseBefore`. */
  ranges: z.array(z.object({ prefix: z.string(), firstSeenAt: IsoTime.nullable(), notInUseBefore: IsoTime.nullable() })),
  /** Number of ranges in each snapshot, from the oldest to the newest, and what changed with it: at most 200 ranges each, the counts are of all. */
  history: z.array(
    z.object({
      at: IsoTime,
      snapshotId: z.string(),
      ipv4: z.number(),
      ipv6: z.number(),
      added: z.array(z.string()),
      addedCount: z.number(),
      removed: z.array(z.string()),
      removedCount: z.number(),
    }),
  ),
  warning: WarningShape.nullable(),
});
