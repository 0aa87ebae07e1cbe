import type { DeploymentFacts } from "./facts";
import type { DeploymentInput } from "./input";
import { missingProviders } from "./providers";

/** An Azure right that a step needs, and where. */
export type NeededRight = { step: string; action: string; at: "cluster" | "workspace" | "resourceGroup" | "subscription" };

const aks = "Microsoft.ContainerService/managedClusters";
const ml = "Microsoft.MachineLearningServices/workspaces";

/**
 * The Azure rights that the steps of a deployment need, in their order. The attach also wants the cluster's admin credential of whoever
 * attaches (azure-ai-docs, how-to-assign-roles).
 */
export function neededRights(input: DeploymentInput, facts: DeploymentFacts): NeededRight[] {
  const on = (step: string, at: NeededRight["at"], ...actions: string[]): NeededRight[] => actions.map((action) => ({ step, action, at }));
  return [
    ...missingProviders(input, facts).flatMap((one) => on(`Register ${one}`, "subscription", `${one}/register/action`)),
    ...(input.workspace.use === "new"
      ? on("Make the workspace", "resourceGroup", "Microsoft.Resources/deployments/write", `${ml}/write`)
      : []),
    ...(input.extension === "present" ? [] : on("Install the extension", "cluster", "Microsoft.KubernetesConfiguration/extensions/write")),
    ...(input.binding === "made-by-attach" ? [] : on("Make the role binding", "cluster", `${aks}/trustedAccessRoleBindings/write`)),
    ...(facts.direct === true
      ? on("Make the namespace", "cluster", `${aks}/listClusterUserCredential/action`)
      : on("Make the namespace", "cluster", `${aks}/runcommand/action`, `${aks}/commandResults/read`)),
    ...on("Attach the compute", input.workspace.use === "new" ? "resourceGroup" : "workspace", `${ml}/computes/write`),
    ...on("Attach the compute", "cluster", `${aks}/listClusterAdminCredential/action`),
  ];
}
