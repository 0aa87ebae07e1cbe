import { z } from "zod";
import { ClusterId, unhiddenName } from "@/lib/kernel/shapes";
import { asked } from "@/lib/requests/asked";
import { WorkspaceId } from "@/lib/deployments/preflight/schema";

/** An entry as a person types it; what it means is judged by the planner, which knows the list. */
const Entry = z
  .string()
  .trim()
  .min(1, "Give a range, such as 203.0.113.0/24.")
  .max(100, "A range has at most 100 characters.")
  .refine(...unhiddenName);

/** Which service tags of Azure ML count: of the workspaces' regions, of those and their paired regions, or the tag of all regions. */
export const ScopeShape = z.enum(["region", "region-and-pair", "global"]);

/** A change of the ranges that the API server of a cluster lets in. */
export const NetworkInput = z.strictObject({
  kind: z.literal("network-authorize"),
  clusterId: ClusterId,
  scope: ScopeShape.default("region-and-pair"),
  /** Add each range that Azure ML calls from and that is not let in. */
  addMissing: z.boolean().default(true),
  /** Further ranges or addresses, and what each is for: `own` that people call from, `egress` by which the nodes go out. */
  extra: z
    .array(z.strictObject({ range: Entry, for: z.enum(["own", "egress", "other"]).default("other") }))
    .max(200, "At most 200 further ranges.")
    .default([]),
  /** Entries to take out, as they stand in the list: only such that Bindery added. */
  remove: z.array(Entry).max(2000, "At most 2,000 entries.").default([]),
  /** Write what is added with as few ranges as possible. */
  mergeAdjacent: z.boolean().default(false),
  /** Workspaces that are to use the cluster and do not yet: their regions count too. */
  workspaces: z.array(WorkspaceId).max(20, "At most 20 workspaces.").default([]),
  ...asked,
});
export type NetworkInput = z.infer<typeof NetworkInput>;
