import type { Cluster, Readable, RoleBinding, SourceResource } from "@/lib/azure/types";
import { bindingIdOf } from "@/lib/kernel/resource-id";
import { defaultPolicy } from "@/lib/policies/default-policy";
import type { GrantInput, RevokeInput, UpdateInput } from "@/lib/requests/schema";
import { liveRoles } from "@/lib/roles/testing";
import type { PlanningContext } from "@/lib/plans/planning-context";
import type { BindingFacts } from "./facts";

export const tenantId = "99999999-9999-9999-9999-999999999999";
export const subscriptionId = "11111111-1111-1111-1111-111111111111";
export const otherSubscriptionId = "22222222-2222-2222-2222-222222222222";
export const clusterId = `/subscriptions/${subscriptionId}/resourceGroups/aks-dev-rg/providers/Microsoft.ContainerService/managedClusters/aks-dev`;
export const workspaceId = `/subscriptions/${subscriptionId}/resourceGroups/ml-dev-rg/providers/Microsoft.MachineLearningServices/workspaces/ml-dev`;
export const vaultId = `/subscriptions/${subscriptionId}/resourceGroups/backup-rg/providers/Microsoft.DataProtection/backupVaults/vault-1`;
export const defenderId = `/subscriptions/${subscriptionId}/providers/Microsoft.Security/pricings/CloudPosture/securityOperators/DefenderCSPMSecurityOperator`;
export const mlworkload = "Microsoft.MachineLearningServices/workspaces/mlworkload";
export const inference = "Microsoft.MachineLearningServices/workspaces/inference-v1";
export const at = "2026-11-24T09:00:00.000Z";

export const readable = <T>(value: T): Readable<T> => ({ state: "ok", value, at });
export const refused = (action: string, scope: string): { state: "no-permission"; message: string; action: string; scope: string } => ({
  state: "no-permission",
  message: "Azure refused the read.",
  action,
  scope,
});

export const cluster: Cluster = {
  id: clusterId,
  name: "aks-dev",
  subscriptionId,
  resourceGroup: "aks-dev-rg",
  location: "eastus",
  tags: {},
  kubernetesVersion: "1.33.2",
  provisioningState: "Succeeded",
  powerState: "Running",
  fqdn: "aks-dev.hcp.eastus.azmk8s.io",
  privateFqdn: null,
  isPrivate: false,
  publicFqdnDisabled: false,
  authorizedIpRanges: null,
  runCommand: "on",
  localAccountsDisabled: false,
  entraManaged: true,
  azureRbac: true,
  outboundType: "loadBalancer",
  nodePools: [],
  identityType: "SystemAssigned",
  resourceUid: "6553f7a0c3e0a50001b1b2b3",
};

export const workspace: SourceResource = {
  id: workspaceId,
  name: "ml-dev",
  type: "Microsoft.MachineLearningServices/workspaces",
  location: "eastus",
  tenantId,
  identity: { type: "SystemAssigned", principalId: "aaaaaaaa-0000-0000-0000-000000000001", tenantId },
};

/** A live binding of the workspace; `changes` alter it. */
export function binding(name: string, changes: Partial<RoleBinding> = {}): RoleBinding {
  return {
    id: bindingIdOf(clusterId, name),
    name,
    sourceResourceId: workspaceId,
    roles: [mlworkload],
    provisioningState: "Succeeded",
    ...changes,
  };
}

/** Facts of a healthy dev cluster without bindings, all readable; `changes` alter them. */
export function bindingFacts(changes: Partial<BindingFacts> = {}): BindingFacts {
  return {
    cluster: readable(cluster),
    bindings: readable([]),
    catalogue: readable({ subscriptionId, location: "eastus", roles: liveRoles }),
    snapshot: { roles: liveRoles, at },
    source: readable(workspace),
    locks: readable([]),
    permissions: readable([{ actions: ["Microsoft.ContainerService/managedClusters/*"], notActions: [] }]),
    writers: readable([]),
    sourceElsewhere: [],
    subscriptions: [
      { id: subscriptionId, name: "Dev", tenantId },
      { id: otherSubscriptionId, name: "Data", tenantId },
    ],
    approved: null,
    ...changes,
  };
}

export const grantInput = (changes: Partial<GrantInput> = {}): GrantInput => ({
  kind: "binding-grant",
  clusterId,
  name: "ml-dev-mlworkload",
  reason: "Train the models",
  sourceResourceId: workspaceId,
  roles: [mlworkload],
  hours: null,
  ...changes,
});
export const updateInput = (changes: Partial<UpdateInput> = {}): UpdateInput => ({
  kind: "binding-update",
  clusterId,
  name: "ml-dev-mlworkload",
  reason: "Serve the models",
  sourceResourceId: workspaceId,
  roles: [mlworkload, inference],
  hours: null,
  ...changes,
});
export const revokeInput = (changes: Partial<RevokeInput> = {}): RevokeInput => ({
  kind: "binding-revoke",
  clusterId,
  name: "ml-dev-mlworkload",
  reason: "No longer used",
  ...changes,
});

export function planningContext(changes: Partial<PlanningContext> = {}): PlanningContext {
  return {
    policy: defaultPolicy,
    policyHash: "policy-hash",
    cloud: "AzurePublic",
    tenantId,
    planner: { oid: "bbbbbbbb-0000-0000-0000-000000000001", name: "Rosa Requester" },
    requesterIsApprover: false,
    production: false,
    apiVersions: { binding: "2025-10-01" },
    now: new Date(at),
    ...changes,
  };
}
