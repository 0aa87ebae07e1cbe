import type { Compute } from "../state/extension-shapes";
import type { ArmResource, Binding, OperationOutcome } from "../state/shapes";
import { keyOf } from "../tenant/ids";
import type { World } from "../world";
import { slotsPerCluster } from "./binding-rules";
import { principalAllows } from "./rbac";

const mlworkload = "Microsoft.MachineLearningServices/workspaces/mlworkload";

/** How long an attachment takes, ms in Azure: one to five minutes; one that gets nowhere gives up after twenty and more (AML-Kubernetes#88, #155). */
const attachedMs = 180_000;
const refusedMs = 60_000;
const givenUpMs = 1_500_000;

/** How an attachment goes: when it ends (ms from its beginning, in Azure) and how. */
export type AttachCourse = { after: number; outcome: OperationOutcome };

/** Foresees an attachment by the rules of Azure ML (azure-ai-docs, how-to-attach-kubernetes-to-workspace.md, how-to-troubleshoot-kubernetes-compute.md). */
export function foreseeAttach(world: World, workspace: ArmResource, compute: Compute): AttachCourse {
  const clusterId = String(compute.body.resourceId);
  const cluster = world.store.table("resources").get(keyOf(clusterId));
  // Nothing tells the cause: the attachment runs on and ends with an internal error.
  if (keyOf(clusterId).split("/")[2] !== keyOf(workspace.id).split("/")[2])
    return failing("InternalServerError", "InternalServerError", givenUpMs);
  if (cluster === undefined) return failing("ClusterNotFound", `Cannot find Kubernetes cluster '${clusterId}'.`);
  if ((cluster.properties.powerState as { code?: string } | undefined)?.code === "Stopped")
    return failing("ClusterNotReachable", "The Kubernetes cluster is not reachable.");
  const extension = [...world.store.table("extensions").values()].find((one) => one.clusterId === keyOf(cluster.id));
  if (extension?.state !== "Succeeded")
    return failing(
      "InvalidComputeNoKubernetesConfiguration",
      "The compute information is invalid. Cannot find kubernetes configuration for the cluster: install the extension Microsoft.AzureML.Kubernetes first.",
    );
  const lacking = lackingIdentity(world, workspace, cluster);
  if (lacking !== null) return failing("ComputeNotAccessible", `AKS role check failed for user assigned identity '${lacking}'.`);
  if (bindingOf(world, cluster.id, workspace.id) === null && bindingsOn(world, cluster.id).length >= slotsPerCluster)
    return failing(
      "TrustedAccessRoleBindingLimitExceeded",
      `The number of trusted access role bindings of a managed cluster cannot exceed ${slotsPerCluster}.`,
    );
  return { after: attachedMs, outcome: { status: "Succeeded" } };
}

/** The binding of the workspace on a cluster that brings `mlworkload`, or null. */
export function bindingOf(world: World, clusterId: string, workspaceId: string): Binding | null {
  const found = bindingsOn(world, clusterId).find(
    (one) =>
      keyOf(one.sourceResourceId) === keyOf(workspaceId) && one.roles.some((role) => role.toLowerCase() === mlworkload.toLowerCase()),
  );
  return found ?? null;
}

/** The binding that an attachment makes by itself (AML-Kubernetes, docs/azureml-aks-ta-support.md). How it names it is not documented. */
export function ownBinding(cluster: ArmResource, workspace: ArmResource): Binding {
  const name = `ml-${String(workspace.properties.workspaceId).replaceAll("-", "").slice(0, 20)}`;
  const id = `${cluster.id}/trustedAccessRoleBindings/${name}`;
  return {
    id,
    name,
    clusterId: cluster.id,
    sourceResourceId: workspace.id,
    roles: [mlworkload],
    provisioningState: "Succeeded",
    operationId: null,
  };
}

function bindingsOn(world: World, clusterId: string): Binding[] {
  const table = world.store.table("bindings");
  return table
    .below(keyOf(clusterId))
    .map((key) => table.get(key))
    .filter((one): one is Binding => one !== undefined);
}

/** The first user-assigned identity of a workspace without a system-assigned one, where it may not do what an attachment asks of it. */
function lackingIdentity(world: World, workspace: ArmResource, cluster: ArmResource): string | null {
  if (workspace.identity?.type !== "UserAssigned") return null;
  const [first] = Object.entries(workspace.identity.userAssignedIdentities ?? {});
  if (first === undefined) return null;
  const action = "Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action";
  return principalAllows(world, first[1].principalId, action, cluster.id) ? null : first[0];
}

function failing(code: string, message: string, after = refusedMs): AttachCourse {
  return { after, outcome: { status: "Failed", code, message } };
}
