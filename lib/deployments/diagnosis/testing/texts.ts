/** For tests: texts in the shapes that Azure's are recorded in. */

const advice =
  "Recommendation Please check that there are no policies blocking the resource creation/update for the extension. Please check the error message for more details and retry";

/** `error.message` of a failed operation on an extension (hashicorp/terraform-provider-azurerm#24547). */
export const operationText = (inner: string): string =>
  `The extension operation failed with the following error:  Error: [ InnerError: [Helm installation failed : Unable to create/update Kubernetes resources for the extension : ${advice} : InnerError [${inner}]]] occurred while doing the operation : [Create] on the config, For general troubleshooting visit: https://aka.ms/k8s-extensions-TSG, For more application specific troubleshooting visit: Follow the instructions at https://aka.ms/arcmltsg`;

/** `errorInfo.message` of the extension afterwards (Azure/azure-cli-extensions#3661). */
export const errorInfoText = (inner: string): string =>
  `Error: {failed to install chart from path [] for release [machine-learning]: err [${inner}]} occurred while doing the operation : {Installing the extension} on the config`;

/** What helm says of an installation that it took back. */
export const takenBack = (why: string): string =>
  `release machine-learning failed, and has been uninstalled due to atomic being set: ${why}`;

/** Helm, about an object of somebody else (AML-Kubernetes#162). */
export const foreignObject = (object: string): string =>
  `rendered manifests contain a resource that already exists. Unable to continue with install: ${object} in namespace "" exists and cannot be imported into the current release: invalid ownership metadata; label validation error: missing key "app.kubernetes.io/managed-by": must be set to "Helm"`;

/** The agent's refused request (Azure/azure-cli-extensions#5144). */
export const requestText = (reason: string, error: { code: string; message: string }): string =>
  `The extension operation failed with the following error:  Request failed to https://management.azure.com/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-ml/providers/Microsoft.ContainerService/managedclusters/ml-prod/extensionaddons/azureml?api-version=2021-03-01. Error code: ${reason}. Reason: ${reason}.${JSON.stringify({ error })}`;

/** An application that nobody knows, refused because a provider is not registered (Azure/azure-cli#25654). */
export const notRegistered = requestText("Forbidden", {
  code: "AuthorizationFailed",
  message:
    "The client '11111111-0000-0000-0000-000000000000' with object id '11111111-0000-0000-0000-000000000000' does not have authorization to perform action 'Microsoft.KubernetesConfiguration/extensionaddons/read' over scope '/subscriptions/x' or the scope is invalid.",
});

/** The webhook of an ingress-nginx (AML-Kubernetes#297, Azure/AKS#4510). */
export const webhookText =
  'Internal error occurred: failed calling webhook "validate.nginx.ingress.kubernetes.io": failed to call webhook: Post "https://azureml-ingress-nginx-controller-admission.azureml.svc:443/networking/v1/ingresses?timeout=10s": no endpoints available for service "azureml-ingress-nginx-controller-admission"';
