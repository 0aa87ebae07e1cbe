import { parseResourceId, subscriptionOf } from "@/lib/kernel/resource-id";
import type { ExtensionInput } from "../settings/input";

/** The workspace that gets the cluster: one that is there, or one to be made in the cluster's subscription. */
export type WorkspaceChoice =
  | { use: "existing" /** ARM id. */; id: string }
  | {
      use: "new";
      name: string /** Name of a resource group that is there. */;
      resourceGroup: string /** Azure region. */;
      location: string;
    };

/** The compute by which the workspace will know the cluster. Instance types stay Azure's default. */
export type ComputeInput = {
  name: string;
  /** Kubernetes namespace that its jobs and endpoints run in. */
  namespace: string;
  /** The compute's own identity. Azure ML uses one user-assigned identity, the first (azure-ai-docs, how-to-attach-kubernetes-to-workspace). */
  identity: { type: "SystemAssigned" } | { type: "UserAssigned" /** ARM id. */; id: string };
};

/** A deployment of Azure Machine Learning on a cluster, as it is asked for. Plain JSON, without a secret in it. */
export type DeploymentInput = {
  /** ARM id of the managed cluster. */
  clusterId: string;
  workspace: WorkspaceChoice;
  /** What to install; `present`: the extension that is there is used as it is. */
  extension: ExtensionInput | "present";
  compute: ComputeInput;
  /** The role binding that the plan makes before the attach, by its role's full name; or the one that Azure ML makes by itself. */
  binding: { role: string } | "made-by-attach";
  /** Name of the role binding, where the plan makes one. */
  bindingName: string;
};

/** Id of the workspace; of one that is to be made, the id that it will have. */
export function workspaceIdOf({ clusterId, workspace }: Pick<DeploymentInput, "clusterId" | "workspace">): string {
  if (workspace.use === "existing") return parseResourceId(workspace.id).id;
  return `/subscriptions/${subscriptionOf(clusterId)}/resourceGroups/${workspace.resourceGroup}/providers/Microsoft.MachineLearningServices/workspaces/${workspace.name}`;
}

/** Full name of the trusted access role that an attach makes by itself, and that is asked for unless another is. */
export const defaultRole = "Microsoft.MachineLearningServices/workspaces/mlworkload";
