import { z } from "zod";
import { FleetQuery, fleetPageOf } from "@/lib/clusters/schema-fleet";
import { IsoTime, readable } from "@/lib/kernel/shapes";
import { CoverageState } from "./coverage-schema";
import { WarningShape } from "./snapshots/schema";

/** Filters of the fleet: those of every list of clusters, and the state of coverage. */
export const FleetCoverageQuery = FleetQuery.extend({ state: CoverageState.optional() });

const Row = z.object({
  id: z.string(),
  name: z.string(),
  resourceGroup: z.string(),
  location: z.string(),
  subscriptionName: z.string(),
  production: z.boolean(),
  state: CoverageState,
  reason: z.string(),
  /** Ranges of Azure ML that the list does not let in wholly, of those that count. */
  lacking: z.number(),
  counted: z.number(),
  /** Entries of the list. */
  entries: z.number(),
  /** Workspaces that hold a role binding, as last seen, and that this person reads. */
  workspaces: z.array(z.object({ id: z.string(), name: z.string(), region: z.string(), isFallback: z.boolean() })),
});

/** Coverage of every cluster that Azure shows to a person; `counts`: of all that fit the filters but the state. */
export const FleetCoverage = fleetPageOf(Row).extend({
  counts: z.record(CoverageState, z.number()),
  /** With the open warnings of the tags that count for these clusters. */
  tags: readable(z.object({ snapshotId: z.string(), since: IsoTime, warnings: z.array(WarningShape) })),
});
