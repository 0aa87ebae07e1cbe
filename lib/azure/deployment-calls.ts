import { BinderyError } from "@/lib/kernel/errors";
import { parseResourceId } from "@/lib/kernel/resource-id";
import { namespaceName } from "./kubernetes-names";
import { createNamespaceText } from "./read-commands";

/** The api-versions of the calls of a deployment: of the gateways that make them, and of the plans that foretell them. */
export const apiVersions = {
  /** Stable; the one that the az CLI uses (Azure/azure-rest-api-specs, kubernetesconfiguration). */
  extensions: "2023-05-01",
  computes: "2024-04-01",
  workspaces: "2024-04-01",
  providers: "2025-04-01",
  features: "2021-07-01",
  deployments: "2024-03-01",
  managedClusters: "2025-10-01",
} as const;

/** Query of the one way to take a compute away: the cluster behind it stays. */
export const detachQuery = { underlyingResourceAction: "Detach" } as const;
/** Query that has ARM forget an extension without asking the cluster, where its release then stays. */
export const forceDeleteQuery = { forceDelete: "true" } as const;

/** The id of an extension of a cluster. Throws `invalid_input` for a name that no id can hold. */
export function extensionIdOf(clusterId: string, name: string): string {
  return parseResourceId(`${parseResourceId(clusterId).id}/providers/Microsoft.KubernetesConfiguration/extensions/${name}`).id;
}

/** The id of a compute of a workspace. Throws like `extensionIdOf`. */
export function computeIdOf(workspaceId: string, name: string): string {
  return parseResourceId(`${parseResourceId(workspaceId).id}/computes/${name}`).id;
}

/** The id of a template deployment in a resource group. Throws like `extensionIdOf`. */
export function deploymentIdOf(resourceGroupId: string, name: string): string {
  return parseResourceId(`${parseResourceId(resourceGroupId).id}/providers/Microsoft.Resources/deployments/${name}`).id;
}

/** The path of a resource provider in a subscription. Throws `invalid_input` for what is no namespace. */
export function providerPathOf(subscriptionId: string, namespace: string): string {
  if (!/^[A-Za-z0-9]+(\.[A-Za-z0-9]+)+$/.test(namespace))
    throw new BinderyError("invalid_input", `${namespace} is not a resource provider.`);
  return `${parseResourceId(`/subscriptions/${subscriptionId}`).id}/providers/${namespace}`;
}

/** The path that registers a resource provider in a subscription. Throws like `providerPathOf`. */
export function registerPathOf(subscriptionId: string, namespace: string): string {
  return `${providerPathOf(subscriptionId, namespace)}/register`;
}

/** The path that runs a command in a cluster. */
export function runCommandPathOf(clusterId: string): string {
  return `${parseResourceId(clusterId).id}/runCommand`;
}

/** The body of a template deployment. Incremental: what the template does not name is left alone; Complete would delete it. */
export function deploymentBody<Template, Parameters>(
  template: Template,
  parameters: Parameters,
): { properties: { mode: "Incremental"; template: Template; parameters: Parameters } } {
  return { properties: { mode: "Incremental", template, parameters } };
}

/** The path of an API server under which a namespace is made. */
export const namespacesPath = "/api/v1/namespaces";

/** The body that makes a namespace. Throws `invalid_input` for what is no name of a namespace. */
export function namespaceBody(name: string): { apiVersion: "v1"; kind: "Namespace"; metadata: { name: string } } {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name: namespaceName(name) } };
}

/** The body of the command that makes a namespace, without the token that Entra clusters want beside it. Throws like `namespaceBody`. */
export function namespaceCommandBody(name: string): { command: string } {
  return { command: createNamespaceText(name) };
}
