import { bindingsOfSource } from "@/lib/bindings/of-source";
import type { DeploymentFacts } from "./facts";
import { type DeploymentInput, workspaceIdOf } from "./input";
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
    ...(input.binding === "made-by-attach" || isBound(input.binding.role, input, facts)
      ? []
      : on("Make the role binding", "cluster", `${aks}/trustedAccessRoleBindings/write`)),
    ...(hasNamespace(input, facts)
      ? []
      : facts.direct === true
        ? on("Make the namespace", "cluster", `${aks}/listClusterUserCredential/action`)
        : on("Make the namespace", "cluster", `${aks}/runcommand/action`, `${aks}/commandResults/read`)),
    ...on("Attach the compute", input.workspace.use === "new" ? "resourceGroup" : "workspace", `${ml}/computes/write`),
    ...on("Attach the compute", "cluster", `${aks}/listClusterAdminCredential/action`),
  ];
}

/** The workspace holds the role already: no step makes a binding. */
const isBound = (role: string, input: DeploymentInput, { bindings }: DeploymentFacts): boolean =>
  bindings.state === "ok" && bindingsOfSource(bindings.value, workspaceIdOf(input), role).length > 0;

/** The namespace is there already: no step makes it. */
export const hasNamespace = ({ compute: { namespace } }: DeploymentInput, { namespaces }: DeploymentFacts): boolean =>
  namespaces.state === "ok" && namespaces.value.some(({ name, phase }) => name === namespace && phase === "Active");
