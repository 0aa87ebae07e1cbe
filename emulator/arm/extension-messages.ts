import type { ArmResource } from "../state/shapes";
import { guidOf } from "../tenant/ids";

/** The words of extension operations that fail, as recorded in public threads; each names where. */

/** The agent's own request of a cluster whose subscription has not registered the provider (Azure/azure-cli#25654, azure-cli-extensions#5144). */
export function notRegistered(cluster: ArmResource, name: string): string {
  const addon = addonOf(cluster, name);
  const client = guidOf("principal:cluster-config-to-aks");
  const error = {
    code: "AuthorizationFailed",
    message: `The client '${client}' with object id '${client}' does not have authorization to perform action 'Microsoft.ContainerService/managedclusters/extensionaddons/read' over scope '${addon}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  };
  return requestFailed(addon, "Forbidden", error);
}

/** A cluster with a service principal (MicrosoftDocs/azure-docs#97274). */
export function servicePrincipal(cluster: ArmResource, name: string): string {
  const error = {
    code: "InvalidAuthenticationToken",
    message:
      "The received access token is not valid: at least one of the claims 'puid' or 'altsecid' or 'oid' should be present. If you are accessing as application please make sure service principal is properly created in the tenant.",
  };
  return requestFailed(addonOf(cluster, name), "Unauthorized", error);
}

function addonOf(cluster: ArmResource, name: string): string {
  return `${cluster.id.replace(/managedClusters/i, "managedclusters")}/extensionaddons/${name}`;
}

function requestFailed(addon: string, reason: string, error: object): string {
  return ` Request failed to https://management.azure.com${addon}?api-version=2021-03-01. Error code: ${reason}. Reason: ${reason}.${JSON.stringify({ error })}`;
}

/** The namespace of an extension that was just deleted (azure-ai-docs, how-to-troubleshoot-kubernetes-extension.md). */
export const terminating =
  'failed to create resource: pods "healthcheck" is forbidden: unable to create new content in namespace azureml because it is being terminated';

/** A version that the train does not have. */
export const noChart = "Failed in download the Chart path not found";

/** The release of that name was not uninstalled. */
export const nameInUse = "cannot re-use a name that is still in use";

/** An object that belongs to somebody else (AML-Kubernetes#162). `object`: Kind "name". */
export function ownership(object: string, release: string): string {
  return `rendered manifests contain a resource that already exists. Unable to continue with install: ${object} in namespace "" exists and cannot be imported into the current release: invalid ownership metadata; label validation error: missing key "app.kubernetes.io/managed-by": must be set to "Helm"; annotation validation error: missing key "meta.helm.sh/release-name": must be set to "${release}"; annotation validation error: missing key "meta.helm.sh/release-namespace": must be set to "azureml"`;
}

/** The admission webhook of an ingress-nginx that is there already (AML-Kubernetes#297, Azure/AKS#4510). */
export const webhook =
  'Internal error occurred: failed calling webhook "validate.nginx.ingress.kubernetes.io": failed to call webhook: Post "https://azureml-ingress-nginx-controller-admission.azureml.svc:443/networking/v1/ingresses?timeout=10s": no endpoints available for service "azureml-ingress-nginx-controller-admission"';

/** What helm says of an installation that it took back. */
export function uninstalled(release: string, why: string): string {
  return `release ${release} failed, and has been uninstalled due to atomic being set: ${why}`;
}

/** What helm says of an update that it took back. */
export function rolledBack(release: string, why: string): string {
  return `release ${release} failed, and has been rolled back due to atomic being set: ${why}`;
}

/** `error.message` of the operation (terraform-provider-azurerm#24547): the innermost InnerError tells, the recommendation misleads. */
export function operationMessage(innermost: string, doing: "Create" | "Update"): string {
  const recommendation =
    "Recommendation Please check that there are no policies blocking the resource creation/update for the extension. Please check the error message for more details and retry";
  return `The extension operation failed with the following error:  Error: [ InnerError: [Helm ${doing === "Create" ? "installation" : "upgrade"} failed : Unable to create/update Kubernetes resources for the extension : ${recommendation} : InnerError [${innermost}]]] occurred while doing the operation : [${doing}] on the config, For general troubleshooting visit: https://aka.ms/k8s-extensions-TSG, For more application specific troubleshooting visit: Follow the instructions at https://aka.ms/arcmltsg`;
}

/** `error.message` of an operation that failed before the cluster heard of it. */
export function requestMessage(reason: string): string {
  return `The extension operation failed with the following error: ${reason}`;
}

/** `errorInfo` of the extension afterwards (shape of azure-cli-extensions#3661). */
export function errorInfo(release: string, innermost: string): { code: string; message: string } {
  return {
    code: "InstallationFailed",
    message: `Error: {failed to install chart from path [] for release [${release}]: err [${innermost}]} occurred while doing the operation : {Installing the extension} on the config`,
  };
}
