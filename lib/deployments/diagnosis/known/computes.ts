import { from, type KnownCause } from "./known";

const mlworkload = "Microsoft.MachineLearningServices/workspaces/mlworkload";
const bind = { do: "grant-binding", label: "Make the role binding before the attach", role: mlworkload } as const;
const reattach = "Then detach the compute, and attach it again with the same name and namespace.";

/** Why an attach failed, or a compute does not work. Source: azure-ai-docs, how-to-troubleshoot-kubernetes-compute.md, and the threads named. */
export const computeCauses: KnownCause[] = from(
  ["compute"],
  [
    {
      // AML-Kubernetes#261.
      id: "local-accounts-off",
      phrases: [["failed to get static credential"], ["disable local accounts"], ["getting static credential is not allowed"]],
      title: "Local accounts are off, and there is no role binding",
      cause: "Without local accounts Azure ML reaches the API server by Trusted Access alone, and the workspace has no binding yet.",
      remedy: `Make the role binding first and wait five minutes. ${reattach}`,
      change: bind,
      wait: { minutes: 5 },
      retry: "after-change",
    },
    {
      // AML-Kubernetes#279.
      id: "identity-roles",
      phrases: [["aks role check failed for user assigned identity"]],
      title: "The workspace's identity lacks roles on the cluster",
      cause: "The workspace uses a user-assigned identity, and that identity may not do what an attach asks of it.",
      remedy:
        "Give the identity Reader, Kubernetes Extension Contributor and Azure Kubernetes Service Cluster Admin Role on the cluster; Contributor where the cluster is reached by Trusted Access.",
      retry: "after-outside-fix",
    },
    {
      id: "cluster-not-reachable",
      codes: ["GenericClusterError", "ClusterNotReachable"],
      title: "Azure ML does not reach the API server",
      cause: "The cluster is stopped, its authorized IP ranges leave Azure ML out, it is private without a public name, or DNS fails.",
      remedy:
        "Start the cluster; make the role binding, by which Azure ML comes in whatever the ranges are; or open the ranges for Azure ML.",
      change: bind,
      retry: "after-outside-fix",
    },
    {
      id: "cluster-unauthorized",
      codes: ["ClusterUnauthorized"],
      title: "The API server refused Azure ML",
      cause: "The role binding is missing or not in effect yet, or a token ran out.",
      remedy: "Look at the role binding of the workspace, wait five minutes, then try again.",
      change: bind,
      wait: { minutes: 5 },
      retry: "as-is",
    },
    {
      id: "certificate-rotated",
      phrases: [["kubernetesunaccessible", "invalidcertificate"]],
      codes: ["InvalidCertificate"],
      title: "The cluster's certificate was renewed",
      cause: "Azure ML still knows the certificate that was there before.",
      remedy: `Wait up to five hours, or do not wait. ${reattach}`,
      wait: { minutes: 300 },
      retry: "as-is",
    },
    {
      id: "no-extension",
      codes: ["InvalidComputeNoKubernetesConfiguration"],
      title: "The extension is not there",
      cause: "Azure ML finds no extension on the cluster, or one whose installation did not succeed.",
      remedy: `Install the extension until it is Succeeded. ${reattach}`,
      retry: "after-outside-fix",
    },
    {
      id: "extension-identity-missing",
      codes: ["RefreshExtensionIdentityNotSet"],
      title: "The extension has no identity",
      cause: "The extension was installed in a way that gave it no identity.",
      remedy: "Delete the extension and install it again.",
      retry: "after-outside-fix",
    },
    {
      id: "no-inference-service",
      codes: ["ClusterServiceNotFound"],
      title: "The services of the extension are not there",
      cause: "The ingress or the router of the extension is missing: inference is off, or its pods do not run.",
      remedy: "Switch enableInference on, and look at the pods in the namespace azureml.",
      change: {
        do: "settings",
        label: "Set enableInference=True",
        changes: [{ do: "set", in: "settings", key: "enableInference", value: "True" }],
      },
      retry: "after-change",
    },
    {
      id: "cluster-gone",
      codes: ["ClusterNotFound"],
      title: "The cluster is not there",
      cause: "The cluster was deleted or moved.",
      remedy: "Detach the compute. A cluster that was moved is attached by its new id.",
      retry: "no",
    },
    {
      id: "compute-not-accessible",
      codes: ["ComputeNotAccessible"],
      title: "The workspace may not use the cluster",
      cause: "The workspace's identity lacks access to the cluster.",
      remedy: "Make the role binding. For a user-assigned identity, give it Contributor on the cluster.",
      change: bind,
      retry: "after-change",
    },
    {
      id: "compute-gone",
      codes: ["ComputeNotFound"],
      title: "The compute is not there",
      cause: "The compute was detached, or Azure ML does not know it yet.",
      remedy: "Look again in some minutes, else attach it again.",
      wait: { minutes: 5 },
      retry: "as-is",
    },
    {
      id: "compute-invalid",
      codes: ["InvalidComputeInformation"],
      title: "The compute names something that does not fit",
      cause: "The cluster's id, the namespace or another part of the compute is not valid.",
      remedy: `Correct namespace and cluster. ${reattach}`,
      retry: "after-change",
    },
    {
      id: "no-free-slot",
      codes: ["TrustedAccessRoleBindingLimitExceeded"],
      title: "All binding slots of the cluster are in use",
      cause: "The attach makes a role binding, and a cluster takes eight.",
      remedy: "Revoke a binding that nobody needs.",
      retry: "after-outside-fix",
    },
    {
      id: "compute-error",
      codes: ["GenericComputeError"],
      general: true,
      title: "Azure ML names no cause",
      cause: "This is its catch-all for what fails on the compute's side.",
      remedy: "Look at the extension's state and pods, then try again.",
      retry: "as-is",
    },
    {
      // AML-Kubernetes#88, #89, #155; Azure/azure-sdk-for-python#33480.
      id: "attach-gave-up",
      codes: ["InternalServerError"],
      general: true,
      title: "Azure ML gave up without a reason",
      cause:
        "Seen after 20 to 100 minutes when the cluster is in another subscription, its way out is closed, a user-assigned identity lacks roles, or a name of resource group or workspace ends with a hyphen.",
      remedy:
        "Go through the checks of the request again: subscription, hosts that must be open, roles of the identity. Then try once more.",
      retry: "after-outside-fix",
    },
  ],
);
