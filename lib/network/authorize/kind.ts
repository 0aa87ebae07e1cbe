import { listPermissions } from "@/lib/azure/access";
import { listLocks } from "@/lib/azure/locks";
import { mapReadable } from "@/lib/azure/readable";
import type { AzureCaller } from "@/lib/azure/types";
import { isNetworkPlan, type Plan } from "@/lib/plans/plan";
import type { Kind, Looked } from "@/lib/requests/kind";
import type { NetworkFacts } from "./facts";
import { gatherList } from "./gather";
import { unreadableList } from "./guarded";
import { planAuthorize } from "./plan";
import type { NetworkInput } from "./schema";
import { rangesSteps } from "./steps";
import { workspacesOn } from "./workspaces";

/** A change of the ranges that the API server of a cluster lets in. */
export const networkKind: Kind<NetworkInput> = {
  title: "Change authorized ranges",
  form: "/network/new",
  look: lookAtNetwork,
  subject: () => ({ sourceId: "", name: "authorized ranges" }),
  steps: rangesSteps,
};

async function lookAtNetwork(caller: AzureCaller, input: NetworkInput, _asker: unknown, against?: Plan): Promise<Looked> {
  const { clusterId } = input;
  const [list, on, locks, permissions] = await Promise.all([
    gatherList(caller, clusterId),
    workspacesOn(caller, clusterId, input.workspaces),
    listLocks(caller, clusterId),
    listPermissions(caller, clusterId),
  ]);
  const baseline = against !== undefined && isNetworkPlan(against) ? against : undefined;
  const facts: NetworkFacts = { ...list, ...on, locks, permissions, ...(baseline === undefined ? {} : { baseline }) };
  return {
    cluster: mapReadable(list.list, ({ cluster }) => cluster),
    unreadable: baseline === undefined ? [] : unreadableList(list.list, clusterId, baseline),
    plan: (context) => planAuthorize(input, facts, context),
  };
}
