import type { ArmIdentity, ArmResource } from "../state/shapes";
import { groupId, guidOf, subscriptionIds, tenantId, workspaceId } from "./ids";

type WorkspaceSeed = {
  subscriptionId: string;
  group: string;
  name: string;
  location: string;
  title: string;
  identity?: "user" | "both";
  tags?: Record<string, string>;
};

const { dev, prod, data } = subscriptionIds;

/** The Machine Learning workspaces of the story. */
export const workspaceSeeds: WorkspaceSeed[] = [
  { subscriptionId: dev, group: "aks-chaos-mesh-rg", name: "aks-chaos-mesh", location: "eastus", title: "AKS chaos mesh" },
  { subscriptionId: dev, group: "rg-ml-sandbox", name: "mlw-sandbox", location: "eastus", title: "Sandbox" },
  {
    subscriptionId: prod,
    group: "rg-ml-prod",
    name: "mlw-fraud-prod",
    location: "eastus2",
    title: "Fraud scoring",
    tags: { environment: "production" },
  },
  {
    subscriptionId: prod,
    group: "rg-ml-prod",
    name: "mlw-pricing-prod",
    location: "eastus2",
    title: "Pricing",
    identity: "user",
    tags: { environment: "production" },
  },
  {
    subscriptionId: prod,
    group: "rg-ml-prod-private",
    name: "mlw-claims-prod",
    location: "westeurope",
    title: "Claims handling",
    identity: "both",
  },
  { subscriptionId: prod, group: "rg-ml-shared", name: "mlw-search", location: "eastus2", title: "Search ranking" },
  { subscriptionId: prod, group: "rg-ml-shared", name: "mlw-recommend", location: "eastus2", title: "Recommendations" },
  { subscriptionId: prod, group: "rg-ml-shared", name: "mlw-forecast", location: "eastus2", title: "Demand forecast" },
  { subscriptionId: prod, group: "rg-ml-shared", name: "mlw-vision", location: "eastus2", title: "Vision" },
  { subscriptionId: data, group: "rg-data-science", name: "mlw-research", location: "westus2", title: "Research" },
];

function userIdentity(seed: WorkspaceSeed): NonNullable<ArmIdentity["userAssignedIdentities"]> {
  const id = `${groupId(seed.subscriptionId, seed.group)}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-${seed.name}`;
  return { [id]: { principalId: guidOf(`principal:${id}`), clientId: guidOf(`client:${id}`) } };
}

/** The workspace as ARM answers it. */
export function workspaceResource(seed: WorkspaceSeed): ArmResource {
  const id = workspaceId(seed.subscriptionId, seed.group, seed.name);
  const system = { principalId: guidOf(`principal:${id}`), tenantId };
  const identity: ArmIdentity =
    seed.identity === "user"
      ? { type: "UserAssigned", userAssignedIdentities: userIdentity(seed) }
      : seed.identity === "both"
        ? { type: "SystemAssigned,UserAssigned", ...system, userAssignedIdentities: userIdentity(seed) }
        : { type: "SystemAssigned", ...system };
  const sibling = (type: string, prefix: string) =>
    `${groupId(seed.subscriptionId, seed.group)}/providers/${type}/${prefix}${seed.name.replace(/[^a-z0-9]/g, "").slice(0, 18)}`;
  return {
    id,
    name: seed.name,
    type: "Microsoft.MachineLearningServices/workspaces",
    location: seed.location,
    tags: seed.tags ?? {},
    identity,
    kind: "Default",
    sku: { name: "Basic", tier: "Basic" },
    properties: {
      friendlyName: seed.title,
      description: "",
      workspaceId: guidOf(`workspace:${id}`),
      tenantId,
      provisioningState: "Succeeded",
      storageAccount: sibling("Microsoft.Storage/storageAccounts", "st"),
      keyVault: sibling("Microsoft.KeyVault/vaults", "kv"),
      applicationInsights: sibling("Microsoft.Insights/components", "appi"),
      hbiWorkspace: false,
      publicNetworkAccess: seed.identity === "both" ? "Disabled" : "Enabled",
      discoveryUrl: `https://${seed.location}.api.azureml.ms/discovery`,
      mlFlowTrackingUri: `azureml://${seed.location}.api.azureml.ms/mlflow/v1.0${id}`,
      v1LegacyMode: false,
    },
  };
}

/** A backup vault, which Azure Backup uses as the source of its bindings. */
export const backupVault: ArmResource = {
  id: `${groupId(prod, "rg-backup")}/providers/Microsoft.DataProtection/backupVaults/bv-contoso-eastus2`,
  name: "bv-contoso-eastus2",
  type: "Microsoft.DataProtection/backupVaults",
  location: "eastus2",
  tags: {},
  identity: { type: "SystemAssigned", principalId: guidOf("principal:bv-contoso-eastus2"), tenantId },
  properties: { provisioningState: "Succeeded", storageSettings: [{ datastoreType: "VaultStore", type: "LocallyRedundant" }] },
};

/** A Defender plan of a subscription. */
export function defenderPlan(subscriptionId: string, plan: "CloudPosture" | "Containers"): ArmResource {
  const id = `/subscriptions/${subscriptionId}/providers/Microsoft.Security/pricings/${plan}`;
  return { id, name: plan, type: "Microsoft.Security/pricings", properties: { pricingTier: "Standard", freeTrialRemainingTime: "PT0S" } };
}

/** The user-assigned identities that a cluster or a workspace names, as resources of their own. */
export function identitiesOf(owner: ArmResource): ArmResource[] {
  return Object.entries(owner.identity?.userAssignedIdentities ?? {}).map(([id, { principalId, clientId }]) => ({
    id,
    name: id.split("/").at(-1) ?? "",
    type: "Microsoft.ManagedIdentity/userAssignedIdentities",
    location: owner.location ?? "",
    tags: {},
    properties: { tenantId, principalId, clientId, isolationScope: "None" },
  }));
}

/** The operator of a Defender plan: a resource of the subscription, in no resource group. */
export function defenderOperator(subscriptionId: string, plan: "CloudPosture" | "Containers"): ArmResource {
  const name = plan === "CloudPosture" ? "DefenderCSPMSecurityOperator" : "DefenderForContainersSecurityOperator";
  return {
    id: `/subscriptions/${subscriptionId}/providers/Microsoft.Security/pricings/${plan}/securityOperators/${name}`,
    name,
    type: "Microsoft.Security/pricings/securityOperators",
    identity: { type: "SystemAssigned", principalId: guidOf(`principal:${name}:${subscriptionId}`), tenantId },
    properties: {},
  };
}
