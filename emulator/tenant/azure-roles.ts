import type { RoleDefinition } from "../state/shapes";

function builtIn(
  guid: string,
  roleName: string,
  description: string,
  actions: string[],
  notActions: string[] = [],
  dataActions: string[] = [],
): RoleDefinition {
  return { guid, roleName, description, type: "BuiltInRole", permissions: [{ actions, notActions, dataActions, notDataActions: [] }] };
}

/** Ids of the role definitions that the seed assigns; the built-in ones are those of Azure. */
export const azureRoleIds = {
  owner: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
  contributor: "b24988ac-6180-42a0-ab88-20f7382dd24c",
  reader: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
  aksContributor: "ed7f3fbd-7b88-4dd4-9017-9adb7ce333f8",
  aksClusterUser: "4abbcc35-e782-43d8-92c5-2d3f1bd2253f",
  aksClusterAdmin: "0ab0b1a8-8aac-4efd-b8c2-3ee1fb270be8",
  aksRbacReader: "7f6c6a51-bcf8-42ba-9220-52d62157d7db",
  aksRbacClusterAdmin: "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b",
  extensionContributor: "85cb6faf-e071-4c9b-8136-154b5a04f717",
  dataScientist: "f6c7c914-8db3-469d-8ca1-694a8f32e121",
  agentlessOperator: "d5a2ae44-610b-4500-93be-660a0c5f5ca6",
  userAccessAdministrator: "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
  workspaceReader: "5a1f7c0e-93d2-4c57-8d0b-1f6e2b7a9c44",
  bindingRevoker: "91c2d7ab-6e15-4b3f-a0d9-7c8e4f5b2d66",
} as const;

/**
 * Role definitions of the tenant. Actions as in the built-in roles of Azure (MicrosoftDocs/azure-docs, articles/role-based-access-control/built-in-roles),
 * shortened where a part has no meaning here; the last two are custom roles of this tenant.
 */
export const roleDefinitions: RoleDefinition[] = [
  builtIn(azureRoleIds.owner, "Owner", "Grants full access to manage all resources, including the ability to assign roles in Azure RBAC.", [
    "*",
  ]),
  builtIn(
    azureRoleIds.contributor,
    "Contributor",
    "Grants full access to manage all resources, but does not allow you to assign roles in Azure RBAC.",
    ["*"],
    [
      "Microsoft.Authorization/*/Delete",
      "Microsoft.Authorization/*/Write",
      "Microsoft.Authorization/elevateAccess/Action",
      "Microsoft.Blueprint/blueprintAssignments/write",
      "Microsoft.Blueprint/blueprintAssignments/delete",
    ],
  ),
  builtIn(azureRoleIds.reader, "Reader", "View all resources, but does not allow you to make any changes.", ["*/read"]),
  builtIn(
    azureRoleIds.aksContributor,
    "Azure Kubernetes Service Contributor Role",
    "Grants access to read and write Azure Kubernetes Service clusters",
    [
      "Microsoft.ContainerService/locations/*",
      "Microsoft.ContainerService/managedClusters/*",
      "Microsoft.ContainerService/managedclustersnapshots/*",
      "Microsoft.ContainerService/snapshots/*",
      "Microsoft.Insights/alertRules/*",
      "Microsoft.Resources/deployments/*",
      "Microsoft.Resources/subscriptions/resourceGroups/read",
    ],
  ),
  builtIn(azureRoleIds.aksClusterUser, "Azure Kubernetes Service Cluster User Role", "List cluster user credential action.", [
    "Microsoft.ContainerService/managedClusters/listClusterUserCredential/action",
    "Microsoft.ContainerService/managedClusters/read",
  ]),
  builtIn(azureRoleIds.aksClusterAdmin, "Azure Kubernetes Service Cluster Admin Role", "List cluster admin credential action.", [
    "Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action",
    "Microsoft.ContainerService/managedClusters/accessProfiles/listCredential/action",
    "Microsoft.ContainerService/managedClusters/read",
    "Microsoft.ContainerService/managedClusters/runcommand/action",
  ]),
  builtIn(
    azureRoleIds.aksRbacReader,
    "Azure Kubernetes Service RBAC Reader",
    "Allows read-only access to see most objects in a namespace. It does not allow viewing roles or role bindings, nor secrets.",
    ["Microsoft.Authorization/*/read", "Microsoft.Resources/subscriptions/resourceGroups/read"],
    [],
    ["configmaps", "events", "namespaces", "pods", "serviceaccounts"].map(
      (one) => `Microsoft.ContainerService/managedClusters/${one}/read`,
    ),
  ),
  builtIn(
    azureRoleIds.aksRbacClusterAdmin,
    "Azure Kubernetes Service RBAC Cluster Admin",
    "Lets you manage all resources in the cluster.",
    [
      "Microsoft.Authorization/*/read",
      "Microsoft.Resources/subscriptions/resourceGroups/read",
      "Microsoft.ContainerService/managedClusters/listClusterUserCredential/action",
    ],
    [],
    ["Microsoft.ContainerService/managedClusters/*"],
  ),
  builtIn(
    azureRoleIds.extensionContributor,
    "Kubernetes Extension Contributor",
    "Can create, update, get, list and delete Kubernetes Extensions, and get extension async operations",
    [
      "Microsoft.Authorization/*/read",
      "Microsoft.Resources/deployments/*",
      "Microsoft.Resources/subscriptions/resourceGroups/read",
      "Microsoft.KubernetesConfiguration/extensions/write",
      "Microsoft.KubernetesConfiguration/extensions/read",
      "Microsoft.KubernetesConfiguration/extensions/delete",
      "Microsoft.KubernetesConfiguration/extensions/operations/read",
    ],
  ),
  builtIn(
    azureRoleIds.dataScientist,
    "AzureML Data Scientist",
    "Can perform all actions within an Azure Machine Learning workspace, except for creating or deleting compute resources and modifying the workspace itself.",
    [
      "Microsoft.MachineLearningServices/workspaces/*/read",
      "Microsoft.MachineLearningServices/workspaces/*/action",
      "Microsoft.MachineLearningServices/workspaces/*/delete",
      "Microsoft.MachineLearningServices/workspaces/*/write",
    ],
    [
      "Microsoft.MachineLearningServices/workspaces/delete",
      "Microsoft.MachineLearningServices/workspaces/write",
      "Microsoft.MachineLearningServices/workspaces/computes/write",
      "Microsoft.MachineLearningServices/workspaces/computes/delete",
    ],
  ),
  builtIn(
    azureRoleIds.agentlessOperator,
    "Kubernetes Agentless Operator",
    "Grants Microsoft Defender for Cloud access to Azure Kubernetes Services",
    [
      "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings/write",
      "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings/read",
      "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings/delete",
      "Microsoft.ContainerService/managedClusters/read",
      "Microsoft.Features/features/read",
      "Microsoft.Features/providers/features/read",
      "Microsoft.Features/providers/features/register/action",
      "Microsoft.Security/pricings/securityoperators/read",
    ],
  ),
  builtIn(azureRoleIds.userAccessAdministrator, "User Access Administrator", "Lets you manage user access to Azure resources.", [
    "*/read",
    "Microsoft.Authorization/*",
    "Microsoft.Support/*",
  ]),
  {
    guid: azureRoleIds.workspaceReader,
    roleName: "Contoso Workspace Reader",
    description: "Reads Machine Learning workspaces, and nothing of the clusters that they run on.",
    type: "CustomRole",
    permissions: [
      {
        actions: ["Microsoft.MachineLearningServices/*/read", "Microsoft.Resources/subscriptions/resourceGroups/read"],
        notActions: [],
        dataActions: [],
        notDataActions: [],
      },
    ],
  },
  {
    guid: azureRoleIds.bindingRevoker,
    roleName: "Contoso Binding Revoker",
    description: "Reads clusters and reads or deletes their Trusted Access role bindings.",
    type: "CustomRole",
    permissions: [
      {
        actions: [
          "Microsoft.ContainerService/managedClusters/read",
          "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings/read",
          "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings/delete",
        ],
        notActions: [],
        dataActions: [],
        notDataActions: [],
      },
    ],
  },
];
