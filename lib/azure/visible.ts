import { z } from "zod";
import { idKey } from "@/lib/kernel/resource-id";
import { queries, queryGraph } from "./resource-graph";
import type { AzureCaller } from "./types";

const Row = z.object({ id: z.string() });

/** What Azure shows to this person's own token, as id keys. */
export type Visible = {
  /** Clusters and workspaces. */
  resourceKeys: string[];
  /** Resource groups. */
  groupKeys: string[];
};

/** Asks Azure which clusters, workspaces and resource groups this person can read. Throws like every gateway. */
export async function listVisible(caller: AzureCaller): Promise<Visible> {
  const [resources, groups] = await Promise.all([queryGraph(caller, queries.visibleResources), queryGraph(caller, queries.visibleGroups)]);
  const keys = (rows: unknown[]): string[] => rows.map((row) => idKey(Row.parse(row).id));
  return { resourceKeys: keys(resources), groupKeys: keys(groups) };
}
