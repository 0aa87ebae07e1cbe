import { matchesPattern } from "@/lib/kernel/pattern";

/** One permission of an Azure role. An action is allowed when some permission's `actions` match it and its `notActions` do not. */
export type Permission = { actions: string[]; notActions: string[] };

/** The Azure actions that the calls of a deployment need (learn.microsoft.com, Azure resource provider operations). */
export const deploymentActions = {
  readExtension: "Microsoft.KubernetesConfiguration/extensions/read",
  writeExtension: "Microsoft.KubernetesConfiguration/extensions/write",
  deleteExtension: "Microsoft.KubernetesConfiguration/extensions/delete",
  followExtension: "Microsoft.KubernetesConfiguration/extensions/operations/read",
  readCompute: "Microsoft.MachineLearningServices/workspaces/computes/read",
  writeCompute: "Microsoft.MachineLearningServices/workspaces/computes/write",
  deleteCompute: "Microsoft.MachineLearningServices/workspaces/computes/delete",
  /** Azure ML wants it of whoever attaches, whatever the cluster's local accounts (learn.microsoft.com, how-to-assign-roles). */
  attachCluster: "Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action",
  readProvider: "Microsoft.Resources/subscriptions/providers/read",
  readFeature: "Microsoft.Features/providers/features/read",
  readDeployment: "Microsoft.Resources/deployments/read",
  writeDeployment: "Microsoft.Resources/deployments/write",
  followDeployment: "Microsoft.Resources/deployments/operationstatuses/read",
  /** Server and certificate authority of a cluster; with format=exec no credential. */
  readApiServerAddress: "Microsoft.ContainerService/managedClusters/listClusterUserCredential/action",
  runCommand: "Microsoft.ContainerService/managedClusters/runcommand/action",
  readCommandResult: "Microsoft.ContainerService/managedClusters/commandResults/read",
} as const;

/** The action that registers a resource provider. */
export const registerAction = (namespace: string): string => `${namespace}/register/action`;

/** True when one of the permissions allows the action. `*` stands for any text; case does not count (learn.microsoft.com, role-definitions). */
export function allows(permissions: readonly Permission[], action: string): boolean {
  return permissions.some(
    (permission) =>
      permission.actions.some((pattern) => matchesPattern(pattern, action)) &&
      !permission.notActions.some((pattern) => matchesPattern(pattern, action)),
  );
}
