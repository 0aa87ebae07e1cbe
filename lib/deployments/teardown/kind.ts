import { getCluster } from "@/lib/azure/clusters";
import { listComputes } from "@/lib/azure/computes";
import { listExtensions } from "@/lib/azure/extensions";
import { listLocks } from "@/lib/azure/locks";
import { noneRead } from "@/lib/azure/readable";
import { getSource } from "@/lib/azure/sources";
import type { AzureCaller, Cluster, Readable, SourceResource } from "@/lib/azure/types";
import { lookAtBindings } from "@/lib/bindings/look";
import { approvedOn } from "@/lib/bindings/store";
import { armLocation } from "@/lib/kernel/arm-location";
import { parseResourceId, sameId } from "@/lib/kernel/resource-id";
import { isDeploymentPlan, type Plan } from "@/lib/plans/plan";
import type { Kind, Looked } from "@/lib/requests/kind";
import { gatherList } from "@/lib/network/authorize/gather";
import { unreadableListFacts } from "@/lib/network/authorize/guarded";
import { workspacesOn } from "@/lib/network/authorize/workspaces";
import { unreadableFacts } from "../guarded";
import { computesElsewhere } from "../computes-elsewhere";
import type { TeardownInput } from "../schema";
import { deploymentSteps } from "../steps/runner";
import type { TeardownPlanFacts } from "./facts";
import type { TeardownList } from "./network";
import { planTeardown } from "./plan";

/** Azure ML off a cluster. */
export const teardownKind: Kind<TeardownInput> = {
  title: "Take Azure ML down",
  form: "/deployments/new?kind=ml-teardown",
  look: lookAtTeardown,
  subject: ({ workspaceId }, plan) =>
    workspaceId === null
      ? { sourceId: "", name: (plan !== null && isDeploymentPlan(plan) && plan.target.extensionName) || "azureml" }
      : { sourceId: parseResourceId(workspaceId).id, name: parseResourceId(workspaceId).name },
  steps: deploymentSteps,
};

async function lookAtTeardown(caller: AzureCaller, input: TeardownInput, _asker: unknown, against?: Plan): Promise<Looked> {
  const { clusterId, workspaceId } = input;
  const baseline = against !== undefined && isDeploymentPlan(against) ? against : undefined;
  const [cluster, extensions, computes, bindings, approved, locks, workspace, otherComputes] = await Promise.all([
    getCluster(caller, clusterId),
    listExtensions(caller, clusterId),
    workspaceId === null ? noneRead() : listComputes(caller, workspaceId),
    lookAtBindings(caller, clusterId),
    approvedOn(clusterId),
    listLocks(caller, clusterId),
    workspaceId === null ? ({ state: "absent" } as const) : getSource(caller, workspaceId),
    computesElsewhere(caller, clusterId, workspaceId),
  ]);
  // What an approved plan rests on is read whatever became of it.
  const network = isRestricted(cluster) || baseline?.network != null ? await readTeardownList(caller, input, workspace) : undefined;
  const facts: TeardownPlanFacts = {
    cluster,
    extensions,
    computes,
    bindings,
    approved,
    locks,
    workspace,
    otherComputes,
    ...(network === undefined ? {} : { network }),
  };
  return {
    cluster,
    unreadable:
      baseline === undefined
        ? []
        : [
            ...unreadableFacts({ clusterId, workspaceId, computeName: null }, facts, baseline),
            ...(network === undefined ? [] : unreadableListFacts(network.list, clusterId, baseline)),
          ],
    plan: (context) => planTeardown(input, baseline === undefined ? facts : { ...facts, baseline }, context),
  };
}

const isRestricted = (read: Readable<Cluster>): boolean =>
  read.state === "ok" && read.value.authorizedIpRanges !== null && !read.value.isPrivate;

/** The other workspaces are asked for only where Bindery added ranges that one of them may need. */
async function readTeardownList(
  caller: AzureCaller,
  { clusterId, workspaceId }: TeardownInput,
  workspace: Readable<SourceResource>,
): Promise<TeardownList> {
  const list = await gatherList(caller, clusterId);
  const hasOwn = list.ledger.some(({ purpose }) => purpose === "azure-ml");
  const { workspaces, unreadWorkspaces } = hasOwn ? await workspacesOn(caller, clusterId, []) : { workspaces: [], unreadWorkspaces: [] };
  return {
    ...list,
    others: { workspaces: workspaces.filter(({ id }) => workspaceId === null || !sameId(id, workspaceId)), unreadWorkspaces },
    region: workspace.state === "ok" && workspace.value.location !== null ? armLocation(workspace.value.location) : null,
  };
}
