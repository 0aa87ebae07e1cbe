import { clusterApiVersion } from "@/lib/azure/cluster-body";
import type { NetworkChange, PlanStep } from "@/lib/plans/plan";

/** The id of the step, in whatever plan. */
export const rangesStepId = "put-ranges";
/** The Azure action that changes a cluster. */
export const writeCluster = "Microsoft.ContainerService/managedClusters/write";

/** What the step changes of the cluster; everything else of it is sent back as it was read. */
export const rangesBody = (authorizedIPRanges: string[]): PlanStep["body"] => ({
  properties: { apiServerAccessProfile: { authorizedIPRanges } },
});

/** The one call that sets a list: the whole cluster goes back as it was read, under its entity tag, and the list alone is another one. */
export function rangesStep(cluster: { id: string; name: string }, { list, turnsOnRestriction }: NetworkChange): PlanStep {
  return {
    id: rangesStepId,
    title: titleOf(cluster.name, list),
    subject: `the list of authorized ranges of ${cluster.name}`,
    via: "arm",
    method: "PUT",
    resourceId: cluster.id,
    apiVersion: clusterApiVersion,
    body: rangesBody(list.after),
    action: writeCluster,
    scope: cluster.id,
    readsFirst:
      "The cluster, whole, which is sent back as it was read but for the body below, and under its entity tag. Its list, the rest of the access profile and its network profile must be as they were approved, nothing may be under way on it, and it must run. If the list already is as planned, nothing is written.",
    doneWhen: `Azure's operation succeeded and the list reads back with exactly these ${list.after.length} entries. The API server follows within two minutes.`,
    undo: undoOf(list, turnsOnRestriction),
    // Facts of AKS: a change of a cluster takes two to eight minutes, longer where its node pools are looked through.
    expectSeconds: { typical: 240, worst: 1200 },
  };
}

function titleOf(cluster: string, { added, removed }: NetworkChange["list"]): string {
  const parts = [
    ...(added.length === 0 ? [] : [`let in ${added.length} ${added.length === 1 ? "range" : "ranges"} more`]),
    ...(removed.length === 0 ? [] : [`take ${removed.length} off the list`]),
  ];
  const text = `${parts.join(" and ")} at the API server of ${cluster}`;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function undoOf({ added, removed }: NetworkChange["list"], turnsOnRestriction: boolean): string {
  if (turnsOnRestriction)
    return 'Lift the restriction with the az CLI (az aks update --api-server-authorized-ip-ranges ""): Bindery never empties a list, since an empty one lets in every address.';
  return [
    ...(added.length === 0 ? [] : ["Ask for what was added to be removed: Bindery keeps a record of it."]),
    ...(removed.length === 0 ? [] : [`Ask for what was removed as further ranges: ${removed.join(", ")}.`]),
  ].join(" ");
}
