import { matchesPattern } from "@/lib/kernel/pattern";

/**
 * Azure roles that hold what runs need, the narrowest first: built-in ones (learn.microsoft.com, Azure built-in roles) and our custom ones
 * (docs/azure-roles). Of each only the actions that a run can lack.
 */
const known: { role: string; actions: string[] }[] = [
  {
    role: "Kubernetes Extension Contributor",
    actions: ["Microsoft.KubernetesConfiguration/extensions/*"],
  },
  {
    role: "Azure Kubernetes Service Contributor Role",
    actions: ["Microsoft.ContainerService/managedClusters/*", "Microsoft.ContainerService/locations/*"],
  },
  {
    role: "Bindery Executor (custom)",
    actions: [
      "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings/write",
      "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings/delete",
    ],
  },
  {
    role: "Bindery Deployer (custom)",
    actions: [
      "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings/write",
      "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings/delete",
      "Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action",
      "Microsoft.ContainerService/managedClusters/listClusterUserCredential/action",
      "Microsoft.ContainerService/managedClusters/runcommand/action",
      "Microsoft.ContainerService/managedClusters/commandResults/read",
      "Microsoft.ContainerService/register/action",
      "Microsoft.KubernetesConfiguration/register/action",
      "Microsoft.KubernetesConfiguration/extensions/read",
      "Microsoft.KubernetesConfiguration/extensions/write",
      "Microsoft.KubernetesConfiguration/extensions/delete",
      "Microsoft.KubernetesConfiguration/extensions/operations/read",
      "Microsoft.MachineLearningServices/register/action",
      "Microsoft.MachineLearningServices/workspaces/computes/read",
      "Microsoft.MachineLearningServices/workspaces/computes/write",
      "Microsoft.MachineLearningServices/workspaces/computes/delete",
      "Microsoft.Resources/deployments/write",
    ],
  },
  { role: "Contributor", actions: ["*"] },
];
/** What Contributor leaves out that a run can need. */
const notOfContributor = /^Microsoft\.Authorization\/.*\/(write|delete|action)$/i;

/** Roles that have all these actions, in words: `Azure Kubernetes Service Contributor Role, or Bindery Executor (custom)`; at most three. */
export function rolesThatHave(actions: readonly string[]): string {
  const has = (role: (typeof known)[number]): boolean =>
    actions.every(
      (action) =>
        role.actions.some((pattern) => matchesPattern(pattern, action)) && !(role.role === "Contributor" && notOfContributor.test(action)),
    );
  const names = known.filter(has).map(({ role }) => role);
  return names.length === 0 ? "a role that your Azure administrators name" : names.slice(0, 3).join(", or ");
}
