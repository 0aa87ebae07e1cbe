import { z } from "zod";
import { IsoTime, readable } from "@/lib/kernel/shapes";
import { ScopeShape } from "./authorize/schema";
import { WarningShape } from "./snapshots/schema";

export const CoverageQuery = z.object({
  scope: ScopeShape.default("region-and-pair"),
  /** An address or range: whether it is let in, by what, and whose it is. */
  address: z.string().trim().max(100, "An address has at most 100 characters.").optional(),
});

/** Whether Azure ML reaches an API server by its list. */
export const CoverageState = z.enum(["covered", "partly", "missing", "open", "not-applicable", "unknown"]);

const Range = z.object({
  prefix: z.string(),
  /** ARM locations whose tags hold it; none in the global scope. */
  regions: z.array(z.string()),
  /** Null: no list keeps anything out here, so that nothing is missing. */
  state: z.enum(["covered", "partial", "missing", "not-applicable"]).nullable(),
  coveredBy: z.array(z.string()),
  /** What of it is not let in, CIDR. */
  missing: z.array(z.string()),
  firstSeenAt: IsoTime.nullable(),
  notInUseBefore: IsoTime.nullable(),
});

const Entry = z.object({
  raw: z.string(),
  kind: z.enum(["needed", "stale", "asked", "foreign", "service-tag", "slb-only", "unreadable"]),
  /** When Bindery added it. */
  addedAt: IsoTime.nullable(),
  note: z.string().nullable(),
});

/** What the list of one cluster lets in of Azure ML. */
export const CoverageShape = z.object({
  clusterId: z.string(),
  coverage: readable(
    z.object({
      state: CoverageState,
      reason: z.string(),
      /** ARM locations whose tags count. */
      regions: z.array(z.string()),
      ranges: z.array(Range),
      entries: z.array(Entry),
      budget: z.object({ used: z.number(), after: z.number(), limit: z.number() }),
      egress: z.object({
        state: z.enum(["listed", "added-by-azure", "absent", "unknown", "not-restricted"]),
        absent: z.array(z.string()),
        sentence: z.string(),
      }),
      workspaces: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          region: z.string(),
          state: CoverageState,
          isFallback: z.boolean(),
          sentence: z.string(),
        }),
      ),
      /** Why no list can be set on this cluster; null: one can. */
      obstacle: z.string().nullable(),
      notes: z.array(z.string()),
    }),
  ),
  /** The tags that it rests on, with the open warnings of those that count here, or why they are not known. */
  tags: readable(z.object({ snapshotId: z.string(), since: IsoTime, warnings: z.array(WarningShape) })),
  /** What else could not be read, as sentences. */
  unread: z.array(z.string()),
  /** For the address of the query; null: none was asked for. `fault`: it is no address. */
  answer: z
    .union([
      z.object({ fault: z.string() }),
      z.object({
        address: z.string(),
        state: z.enum(["covered", "partial", "missing", "not-applicable", "unknown"]),
        sentence: z.string(),
      }),
    ])
    .nullable(),
  /** The list as it stands with all that is missing, as text; null where there is no such list. */
  exports: z.object({ list: z.string(), terraform: z.string(), az: z.string() }).nullable(),
});
