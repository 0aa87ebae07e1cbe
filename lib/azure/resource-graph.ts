import { ResourceGraphClient } from "@azure/arm-resourcegraph";
import { callArm } from "./pipeline";
import type { AzureCaller } from "./types";

const fullRow = "project id, name, type, location, resourceGroup, subscriptionId, tags, properties, identity, sku | order by id asc";

/** The queries of the house, text and all: one form each, over every subscription that the person can read. */
export const queries = {
  clusters: `resources | where type =~ 'microsoft.containerservice/managedclusters' | ${fullRow}`,
  workspaces: `resources | where type =~ 'microsoft.machinelearningservices/workspaces' | ${fullRow}`,
  visibleResources:
    "resources | where type in~ ('microsoft.containerservice/managedclusters', 'microsoft.machinelearningservices/workspaces') | project id, type | order by id asc",
  visibleGroups: "resourcecontainers | where type =~ 'microsoft.resources/subscriptions/resourcegroups' | project id | order by id asc",
} as const;

const pageSize = 1000;
const pagesAtMost = 100;

/** All rows of a query, read by the person's own token: Azure leaves out what that person may not read. Throws like every gateway. */
export async function queryGraph(caller: AzureCaller, query: (typeof queries)[keyof typeof queries]): Promise<unknown[]> {
  return callArm(caller, async (arm) => {
    const client = new ResourceGraphClient(arm.credential, arm.options);
    const rows: unknown[] = [];
    let skipToken: string | undefined;
    for (let page = 0; page < pagesAtMost; page++) {
      const answer = await client.resources({
        query,
        options: { top: pageSize, resultFormat: "objectArray", ...(skipToken === undefined ? {} : { skipToken }) },
      });
      // This version of the client gives an array as an object with the indices as keys.
      rows.push(...Object.values(answer.data ?? {}));
      skipToken = answer.skipToken;
      if (skipToken === undefined || skipToken === "") return rows;
    }
    throw new RangeError("Resource Graph's answer has no end.");
  });
}
