import type { Reply } from "../server/exchange";
import { listLocks, listPermissions, listRoleAssignments, readRoleDefinitions } from "./authorization";
import { deleteBinding, getBinding, listBindings, putBinding } from "./bindings";
import { patchCluster, putCluster } from "./clusters";
import type { ArmCall } from "./context";
import { getOperation, getOperationResult } from "./operations";
import { queryGraph } from "./resource-graph";
import { getResource, listResources } from "./resources";
import { getComputeOperation, getComputeResult } from "./compute-operations";
import { detachCompute, getCompute, listComputes, putCompute } from "./computes";
import * as deployments from "./deployments";
import { getExtensionOperation } from "./extension-operations";
import { deleteExtension, getExtension, listExtensions, patchExtension, putExtension } from "./extensions";
import { listAdminCredential, listUserCredential } from "./credentials";
import { getFeature, listFeatures, registerFeature } from "./features";
import { readProviders, readTenantProvider, registerProvider, unregisterProvider } from "./registrations";
import { getGroup, getSubscription, listGroups, listLocations, listSubscriptions, listTenants } from "./subscriptions";
import { getCommandResult, runCommand } from "./run-command";
import type { aksLimits } from "./throttle";
import { listKubernetesVersions } from "./kubernetes-versions";
import { listServiceTags } from "./service-tags";
import { listTrustedAccessRoles } from "./trusted-access-roles";
import { deleteWorkspace, getWorkspaceOperation } from "./workspaces";

/**
 * A call that ARM knows. `type` picks the api-versions, `aks` the provider's own bucket. Patterns are matched without regard to case;
 * what they capture becomes the call's `params`.
 */
export type Route = {
  method: "GET" | "PUT" | "PATCH" | "POST" | "DELETE";
  pattern: RegExp;
  type: string;
  aks?: keyof typeof aksLimits;
  handle: (call: ArmCall) => Reply | Promise<Reply>;
};

const s = "/subscriptions/([^/]+)";
const g = "/resourceGroups/([^/]+)";
const cluster = `${s}${g}/providers/Microsoft.ContainerService/managedClusters/([^/]+)`;
const workspaces = "Microsoft.MachineLearningServices/workspaces";
const clusters = "Microsoft.ContainerService/managedClusters";
const bindings = `${clusters}/trustedAccessRoleBindings`;
const computes = `${workspaces}/computes`;
const workspace = `${s}${g}/providers/${workspaces}/([^/]+)`;
const ml = `${s}/providers/Microsoft.MachineLearningServices/locations/([^/]+)`;
const deploymentType = "Microsoft.Resources/deployments";
const deployment = `${s}${g}/providers/${deploymentType}/([^/]+)`;
const extensions = "Microsoft.KubernetesConfiguration/extensions";
const extension = `${cluster}/providers/${extensions}/([^/]+)`;
const features = "Microsoft.Features/features";
const scope = "(/subscriptions/[^/]+(?:/.+)?)/providers/Microsoft.Authorization";

function route(method: Route["method"], path: string, type: string, handle: Route["handle"], aks?: Route["aks"]): Route {
  return { method, pattern: new RegExp(`^${path}$`, "i"), type, handle, ...(aks === undefined ? {} : { aks }) };
}

function below(call: ArmCall): string {
  const [subscriptionId, group] = call.params;
  return group === undefined ? `/subscriptions/${subscriptionId}` : `/subscriptions/${subscriptionId}/resourceGroups/${group}`;
}

/** In the order in which they are tried. */
export const routes: Route[] = [
  route("GET", "/tenants", "Microsoft.Resources/core", listTenants),
  route("GET", "/subscriptions", "Microsoft.Resources/core", listSubscriptions),
  route("GET", s, "Microsoft.Resources/core", getSubscription),
  route("GET", `${s}/locations`, "Microsoft.Resources/core", listLocations),
  route("GET", `${s}/resourceGroups`, "Microsoft.Resources/core", listGroups),
  route("GET", `${s}${g}`, "Microsoft.Resources/core", getGroup),
  route("GET", `${s}/providers(?:/([^/]+))?`, "Microsoft.Resources/core", readProviders),
  route("POST", `${s}/providers/([^/]+)/register`, "Microsoft.Resources/core", registerProvider),
  route("POST", `${s}/providers/([^/]+)/unregister`, "Microsoft.Resources/core", unregisterProvider),
  route("GET", `${s}/providers/Microsoft.Features/features`, features, listFeatures),
  route("GET", `${s}/providers/Microsoft.Features/providers/([^/]+)/features`, features, listFeatures),
  route("GET", `${s}/providers/Microsoft.Features/providers/([^/]+)/features/([^/]+)`, features, getFeature),
  route("POST", `${s}/providers/Microsoft.Features/providers/([^/]+)/features/([^/]+)/register`, features, registerFeature),
  route("GET", "/providers/([^/]+)", "Microsoft.Resources/core", readTenantProvider),
  route("POST", "/providers/Microsoft.ResourceGraph/resources", "Microsoft.ResourceGraph/resources", queryGraph),
  route("GET", `${scope}/permissions`, "Microsoft.Authorization/permissions", listPermissions),
  route("GET", `${scope}/roleAssignments`, "Microsoft.Authorization/roleAssignments", listRoleAssignments),
  route("GET", `${scope}/roleDefinitions(?:/([^/]+))?`, "Microsoft.Authorization/roleDefinitions", readRoleDefinitions),
  route("GET", `${scope}/locks`, "Microsoft.Authorization/locks", listLocks),
  route("GET", `${s}/providers/${clusters}`, clusters, (call) => listResources(call, below(call), clusters), "listBySubscription"),
  route("GET", `${s}${g}/providers/${clusters}`, clusters, (call) => listResources(call, below(call), clusters), "listByGroup"),
  route("GET", cluster, clusters, (call) => getResource(call, call.incoming.path, clusters), "getCluster"),
  route("PUT", cluster, clusters, putCluster, "other"),
  route("PATCH", cluster, clusters, patchCluster, "other"),
  route("GET", `${cluster}/trustedAccessRoleBindings`, bindings, listBindings, "other"),
  route("GET", `${cluster}/trustedAccessRoleBindings/([^/]+)`, bindings, getBinding, "other"),
  route("PUT", `${cluster}/trustedAccessRoleBindings/([^/]+)`, bindings, putBinding, "other"),
  route("DELETE", `${cluster}/trustedAccessRoleBindings/([^/]+)`, bindings, deleteBinding, "other"),
  route(
    "GET",
    `${s}/providers/Microsoft.ContainerService/locations/([^/]+)/trustedAccessRoles`,
    "Microsoft.ContainerService/locations/trustedAccessRoles",
    listTrustedAccessRoles,
    "other",
  ),
  route(
    "GET",
    `${s}/providers/Microsoft.ContainerService/locations/([^/]+)/kubernetesVersions`,
    "Microsoft.ContainerService/locations/kubernetesVersions",
    listKubernetesVersions,
    "other",
  ),
  route(
    "GET",
    `${s}/providers/Microsoft.ContainerService/locations/([^/]+)/operations/([^/]+)`,
    "Microsoft.ContainerService/locations/operations",
    getOperation,
    "operation",
  ),
  route(
    "GET",
    `${s}/providers/Microsoft.ContainerService/locations/([^/]+)/operationresults/([^/]+)`,
    "Microsoft.ContainerService/locations/operationresults",
    getOperationResult,
    "operation",
  ),
  route(
    "GET",
    `${s}/providers/Microsoft.Network/locations/([^/]+)/serviceTags`,
    "Microsoft.Network/locations/serviceTags",
    listServiceTags,
  ),
  route("POST", `${cluster}/runCommand`, clusters, runCommand, "other"),
  route("GET", `${cluster}/commandResults/([^/]+)`, clusters, getCommandResult, "other"),
  route("POST", `${cluster}/listClusterUserCredential`, clusters, listUserCredential, "other"),
  route("POST", `${cluster}/listClusterAdminCredential`, clusters, listAdminCredential, "other"),
  route("GET", `${cluster}/providers/${extensions}`, extensions, listExtensions),
  route("GET", extension, extensions, getExtension),
  route("PUT", extension, extensions, putExtension),
  route("PATCH", extension, extensions, patchExtension),
  route("DELETE", extension, extensions, deleteExtension),
  route("GET", `${extension}/operations/([^/]+)`, extensions, getExtensionOperation),
  route("GET", `${workspace}/computes`, computes, listComputes),
  route("GET", `${workspace}/computes/([^/]+)`, computes, getCompute),
  route("PUT", `${workspace}/computes/([^/]+)`, computes, putCompute),
  route("DELETE", `${workspace}/computes/([^/]+)`, computes, detachCompute),
  route("GET", `${ml}/computeOperationsStatus/([^/]+)`, computes, getComputeOperation),
  route("GET", `${ml}/computeOperationResults/([^/]+)`, computes, getComputeResult),
  route("GET", deployment, deploymentType, deployments.getDeployment),
  route("PUT", deployment, deploymentType, deployments.putDeployment),
  route("GET", `${s}${g}/providers/${deploymentType}`, deploymentType, deployments.listDeployments),
  route("GET", `${deployment}/operations`, deploymentType, deployments.listDeploymentOperations),
  route("GET", `${deployment}/operationStatuses/([^/]+)`, deploymentType, deployments.getDeploymentStatus),
  route("POST", `${deployment}/validate`, deploymentType, deployments.validateDeployment),
  route("DELETE", workspace, workspaces, deleteWorkspace),
  route("GET", `${ml}/workspaceOperationsStatus/([^/]+)`, workspaces, getWorkspaceOperation),
  route("GET", `${s}(?:${g})?/providers/${workspaces}`, workspaces, (call) => listResources(call, below(call), workspaces)),
];
