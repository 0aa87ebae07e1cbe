import { setFix } from "../../settings/finding";
import type { PlanChange } from "../diagnosis";
import { from } from "./known";

const set = (key: string, value: string): PlanChange => ({ do: "settings", ...setFix(key, value) });
/** The object that helm may not take over. */
const foreign = "invalid ownership metadata";

/**
 * Why an installation, an update or a removal of the extension failed. Sources: azure-ai-docs, how-to-troubleshoot-kubernetes-extension.md;
 * AML-Kubernetes, docs/troubleshooting.md; SupportArticles-docs, cluster-extension-deployment-errors.md; the threads named in each row.
 */
export const extensionCauses = from(
  ["extension"],
  [
    {
      id: "volcano-in-the-way",
      phrases: [[foreign, "volcano"]],
      title: "Volcano is in the cluster already",
      cause: "The extension brings the Volcano scheduler along, and helm does not take over objects of one that it did not install.",
      remedy:
        "Use the Volcano that is there: version 1.5 or newer, with the task-topology plugin, its webhook for validating jobs switched off.",
      change: set("installVolcano", "False"),
      retry: "after-change",
    },
    {
      id: "prometheus-in-the-way",
      phrases: [[foreign, "monitoring.coreos.com"]],
      title: "A Prometheus operator is in the cluster already",
      cause:
        "The extension brings a Prometheus operator along, and helm does not take over the definitions of one that it did not install.",
      remedy: "Use the Prometheus operator that is there.",
      change: set("installPromOp", "False"),
      retry: "after-change",
    },
    {
      // AML-Kubernetes#162.
      id: "legacy-router-in-the-way",
      phrases: [[foreign, "azureml-fe"]],
      title: "The inference router of Azure ML version 1 is in the cluster",
      cause: "The cluster was attached the old way (AksCompute), and its router azureml-fe with its roles was left behind.",
      remedy: "Move its services, detach the old compute, then delete the role azureml-fe-role, its binding and the deployment azureml-fe.",
      retry: "after-outside-fix",
    },
    {
      id: "another-extension-in-the-way",
      phrases: [[foreign, "amlarc.azureml.com"]],
      title: "Another Azure ML extension is or was in the cluster",
      cause: "Definitions of Azure ML belong to a release of another name. A cluster takes one extension of the kind.",
      remedy:
        "Use the extension that is there, or remove it first. Definitions that it left behind can be deleted or given to the new release.",
      retry: "after-outside-fix",
    },
    {
      id: "ingress-in-the-way",
      phrases: [[foreign, "ingress"]],
      title: "An ingress-nginx is in the cluster already",
      cause: "The extension brings ingress-nginx along, and helm does not take over objects of one that it did not install.",
      remedy: "Give the extension's own controller a class of its own.",
      change: set("nginxIngress.controller", "k8s.io/amlarc-ingress-nginx"),
      retry: "after-change",
    },
    {
      id: "foreign-object",
      phrases: [[foreign]],
      unless: ["volcano", "monitoring.coreos.com", "azureml-fe", "amlarc.azureml.com", "ingress"],
      title: "An object belongs to somebody else",
      cause: "An object that the extension wants to make is in the cluster, and helm does not know it as its own.",
      remedy:
        "Remove the object, or give it to the release: label app.kubernetes.io/managed-by=Helm, annotations meta.helm.sh/release-name and release-namespace.",
      retry: "after-outside-fix",
    },
    {
      // AML-Kubernetes#297, Azure/AKS#4510.
      id: "ingress-webhook",
      phrases: [
        ["failed calling webhook", "validate.nginx.ingress.kubernetes.io"],
        ["azureml-ingress-nginx-controller-admission", "no endpoints available"],
        ["azureml-ingress-nginx-controller-admission", "timeout=10s"],
      ],
      title: "The webhook of ingress-nginx did not answer",
      cause:
        "The webhook was asked before its pod was up, another ingress-nginx answers for the same class, or the API server does not reach the pods.",
      remedy:
        "Try once more. If it comes again, give the extension's controller a class of its own, or look at the webhook's configuration and at network rules between API server and pods.",
      change: set("nginxIngress.controller", "k8s.io/amlarc-ingress-nginx"),
      retry: "as-is",
    },
    {
      id: "name-in-use",
      phrases: [["cannot re-use a name that is still in use"], ["can't reuse a name that is still in use"]],
      title: "A helm release of that name is still there",
      cause: "The release of an earlier installation was not removed, or another chart has the name.",
      remedy: "Wait for about an hour. If it stays, remove the release (helm list -A shows it), or take another name.",
      wait: { minutes: 60 },
      retry: "as-is",
    },
    {
      id: "helm-busy",
      phrases: [
        ["earlier operation for the helm chart is still in progress"],
        ["another operation (install/upgrade/rollback) is in progress"],
      ],
      title: "Helm is still busy with an earlier operation",
      cause: "An earlier installation or update of the release has not ended, or its agent was stopped in the middle of it.",
      remedy: "Wait for about an hour, then try again.",
      wait: { minutes: 60 },
      retry: "as-is",
    },
    {
      id: "namespace-terminating",
      phrases: [["because it is being terminated"], ["because it's being terminated"]],
      title: "The namespace azureml is still being deleted",
      cause: "An earlier extension was deleted, and its namespace is not gone yet.",
      remedy:
        "Wait until the namespace azureml is gone, some ten minutes. If it stays, something in it has a finalizer that nobody clears.",
      wait: { minutes: 10 },
      retry: "as-is",
    },
    {
      id: "no-such-version",
      phrases: [["failed in download the chart path not found"]],
      title: "The version is not in the release train",
      cause: "The version that was asked for does not exist, or not in this release train.",
      remedy: "Let Azure choose the version, and check the release train.",
      change: { do: "drop-version", label: "Let Azure choose the version" },
      retry: "after-change",
    },
    {
      // AML-Kubernetes#158, #161.
      id: "no-status",
      phrases: [["unable to get the status from the local crd"]],
      title: "The agent in the cluster did not report",
      cause: "The extension's agent could not tell how the installation went. Seen with old versions that were asked for by number.",
      remedy: "Let Azure choose the version, then try again.",
      change: { do: "drop-version", label: "Let Azure choose the version" },
      retry: "after-change",
    },
    {
      // MicrosoftDocs/azure-docs#99762, Azure/azure-cli#25654, Azure/azure-cli-extensions#5144, AML-Kubernetes#280.
      id: "provider-not-registered",
      phrases: [
        ["authorizationfailed", "extensionaddons/"],
        ["authorizationfailed", "does not have authorization", "extensionaddons"],
      ],
      title: "The resource provider is not registered",
      cause:
        "Azure answers AuthorizationFailed for an application that nobody knows: it is its own, and lacks its right because Microsoft.KubernetesConfiguration is not registered in the subscription.",
      remedy: "Register Microsoft.KubernetesConfiguration in the cluster's subscription. No role needs to be given to the application.",
      change: { do: "register-providers", label: "Register the provider first", namespaces: ["Microsoft.KubernetesConfiguration"] },
      retry: "after-change",
    },
    {
      id: "extension-rights",
      phrases: [["authorizationfailed", "microsoft.kubernetesconfiguration/extensions/"]],
      title: "The right to install extensions is missing",
      cause: "The person whose token was used may not write extensions, or Microsoft.KubernetesConfiguration is not registered.",
      remedy:
        "Activate a role with Microsoft.KubernetesConfiguration/extensions/write on the cluster, such as Kubernetes Extension Contributor.",
      change: { do: "register-providers", label: "Register the provider first", namespaces: ["Microsoft.KubernetesConfiguration"] },
      retry: "after-outside-fix",
    },
    {
      // MicrosoftDocs/azure-docs#97274.
      id: "service-principal",
      codes: ["InvalidAuthenticationToken"],
      title: "The cluster uses a service principal",
      cause: "Extensions need a cluster with a managed identity.",
      remedy: "Change the cluster to a managed identity: az aks update --enable-managed-identity.",
      retry: "after-outside-fix",
    },
    {
      id: "agent-out-of-memory",
      phrases: [["extension-operator", "oomkilled"], ["extension-agent", "oomkilled"], ["pending-install"], ["pending-upgrade"]],
      title: "The agent was stopped in the middle of its work",
      cause: "The extension's agent ran out of memory, and helm's release was left pending.",
      remedy: "Restart the agent in kube-system, and remove the pending revision of the release (a secret sh.helm.release.v1…).",
      retry: "after-outside-fix",
    },
    {
      // Azure/AKS#4543.
      id: "stuck-deleting",
      phrases: [
        ["finalizer", "azureml"],
        ["deleting", "timed out", "finalizer"],
      ],
      title: "The removal hangs on a finalizer",
      cause: "Objects in the namespace azureml wait for a controller that is gone.",
      remedy: "Delete the extension with force, then clear the finalizers that are left.",
      retry: "after-outside-fix",
    },
    {
      id: "agents-silent",
      phrases: [["dp.kubernetesconfiguration.azure.com"], ["agents", "not", "connect", "48 hours"], ["extension agent", "not reporting"]],
      title: "The agents in the cluster do not reach Azure",
      cause: "The way out to the region's dp.kubernetesconfiguration.azure.com is closed, or the cluster is stopped.",
      remedy:
        "Open the way out in the firewall, or start the cluster. After 48 hours without contact the extension has to be installed again.",
      retry: "after-outside-fix",
    },
    {
      id: "image-pull",
      phrases: [["imagepullbackoff"], ["errimagepull"]],
      title: "An image could not be pulled",
      cause: "A node does not reach the Microsoft container registry.",
      remedy: "Open the way out to mcr.microsoft.com and to its data endpoints.",
      retry: "after-outside-fix",
    },
    {
      id: "timed-out",
      phrases: [["timed out waiting for the condition"], ["status not populated"], ["context deadline exceeded"]],
      general: true,
      title: "The pods were not up within a quarter of an hour",
      cause:
        "Helm waited 15 minutes and took the installation back. Most often nodes have no room, are too few for three routers, do not pull the images, or a load balancer got no address.",
      remedy: "Look at the pods and events that were kept while it ran. Then add room, or run one router.",
      change: set("inferenceRouterHA", "False"),
      retry: "after-change",
    },
    {
      id: "healthcheck-failed",
      phrases: [["pod healthcheck failed"], ["backofflimitexceeded"]],
      general: true,
      title: "The check before the installation failed",
      cause: "The extension checks the cluster before it installs anything, and found something that it cannot work with.",
      remedy:
        "Read the report in the config map arcml-healthcheck. Without a report, a setting that the az CLI adds silently may be missing.",
      retry: "after-change",
    },
  ],
);
