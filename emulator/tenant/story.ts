import type { Binding, Lock, RoleAssignment } from "../state/shapes";
import { clusterId, groupId, guidOf, subscriptionIds, workspaceId } from "./ids";
import { assignment } from "./people";
import { backupVault, defenderOperator, workspaceResource, workspaceSeeds } from "./sources";

const { dev, prod, data } = subscriptionIds;
const ml = (name: string) => `Microsoft.MachineLearningServices/workspaces/${name}`;
const security = (name: string) => `Microsoft.Security/pricings/${name}`;
const backup = "Microsoft.DataProtection/backupVaults/backup-operator";

const clusters = {
  mlProd: clusterId(prod, "rg-ml-prod", "aks-ml-prod"),
  private: clusterId(prod, "rg-ml-prod-private", "aks-ml-private"),
  sandbox: clusterId(dev, "rg-ml-sandbox", "aks-ml-sandbox"),
  shared: clusterId(prod, "rg-ml-shared", "aks-ml-shared"),
  payments: clusterId(prod, "rg-payments-prod", "aks-payments-prod"),
  dataScience: clusterId(data, "rg-data-science", "aks-data-science"),
  ci: clusterId(dev, "rg-ml-ci", "aks-ml-ci"),
};

function binding(cluster: string, name: string, sourceResourceId: string, roles: string[]): Binding {
  const id = `${cluster}/trustedAccessRoleBindings/${name}`;
  return { id, name, clusterId: cluster, sourceResourceId, roles, provisioningState: "Succeeded", operationId: null };
}

/**
 * The bindings that are there at the start. `aks-chaos-mesh-aks` has none: making its first is the story. `aks-ml-shared` has seven of eight;
 * `ml-churn` of `aks-ml-ci` is an orphan, its workspace is gone.
 */
export const storyBindings: Binding[] = [
  binding(clusters.mlProd, "ml-fraud", workspaceId(prod, "rg-ml-prod", "mlw-fraud-prod"), [ml("mlworkload")]),
  binding(clusters.mlProd, "defender-containers", defenderOperator(prod, "Containers").id, [security("microsoft-defender-operator")]),
  binding(clusters.mlProd, "16987634996993c51c18b-7", backupVault.id, [backup]),
  binding(clusters.private, "ml-claims", workspaceId(prod, "rg-ml-prod-private", "mlw-claims-prod"), [
    ml("mlworkload"),
    ml("inference-v1"),
  ]),
  binding(clusters.sandbox, "ml-sandbox", workspaceId(dev, "rg-ml-sandbox", "mlw-sandbox"), [ml("mlworkload")]),
  ...["search", "recommend", "forecast", "vision"].map((name) =>
    binding(clusters.shared, `ml-${name}`, workspaceId(prod, "rg-ml-shared", `mlw-${name}`), [ml("mlworkload")]),
  ),
  binding(clusters.shared, "defender-containers", defenderOperator(prod, "Containers").id, [
    security("microsoft-defender-operator"),
    security("microsoft-defender-policy-operator"),
  ]),
  binding(clusters.shared, "defender-cloudposture", defenderOperator(prod, "CloudPosture").id, [security("microsoft-defender-operator")]),
  binding(clusters.shared, "17023418820114d90ab3f-2", backupVault.id, [backup]),
  binding(clusters.payments, "defender-containers", defenderOperator(prod, "Containers").id, [security("microsoft-defender-operator")]),
  binding(clusters.dataScience, "ml-research", workspaceId(data, "rg-data-science", "mlw-research"), [ml("mlworkload")]),
  binding(clusters.ci, "ml-churn", workspaceId(dev, "rg-ml-ci", "mlw-churn"), [ml("mlworkload")]),
];

/** The delete lock of the payments resource group, and a read-only one on the legacy cluster. */
export const storyLocks: Lock[] = [
  lock(
    "payments-no-delete",
    groupId(prod, "rg-payments-prod"),
    "CanNotDelete",
    "Change freeze of the payments platform; ask payments-oncall.",
  ),
  lock("legacy-frozen", clusterId(dev, "rg-legacy", "aks-legacy-batch"), "ReadOnly", "To be switched off; do not change."),
];

/** A lock as the seed or a control makes it. */
export function lock(name: string, scope: string, level: Lock["level"], notes: string | null): Lock {
  return { id: `${scope}/providers/Microsoft.Authorization/locks/${name}`, name, scope, level, notes };
}

/** A workspace with a user-assigned identity needs Contributor on the cluster for Trusted Access (azure-ai-docs, how-to-attach-kubernetes-to-workspace.md). */
const pricingIdentity = workspaceSeeds
  .filter((one) => one.name === "mlw-pricing-prod")
  .flatMap((one) => Object.values(workspaceResource(one).identity?.userAssignedIdentities ?? {}))
  .map((one) => assignment("contributor", clusters.mlProd, one.principalId, "ServicePrincipal"));

/** Azure roles that services and identities hold on the story's resources. */
export const storyAssignments: RoleAssignment[] = [
  ...pricingIdentity,
  assignment(
    "agentlessOperator",
    `/subscriptions/${prod}`,
    defenderOperator(prod, "CloudPosture").identity?.principalId ?? "",
    "ServicePrincipal",
  ),
  assignment("contributor", workspaceId(prod, "rg-ml-prod", "mlw-fraud-prod"), guidOf("principal:fraud-pipeline"), "ServicePrincipal"),
  assignment("dataScientist", workspaceId(dev, "aks-chaos-mesh-rg", "aks-chaos-mesh"), "a0000001-5d1e-4c0a-9b10-000000000001"),
];
