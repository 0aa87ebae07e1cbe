import { setFix } from "../../settings/finding";
import { from, type KnownCause } from "./known";

/** Why a pod does not run, and what its events say; also of the pod of a run command. Words are those of Kubernetes. */
export const kubernetesCauses: KnownCause[] = from(
  ["kubernetes"],
  [
    {
      id: "no-room",
      phrases: [["insufficient cpu"], ["insufficient memory"], ["too many pods"]],
      title: "No node has room",
      cause: "The pods ask for more processor or memory than any node has left.",
      remedy: "Add nodes or larger ones, or run one router.",
      change: { do: "settings", ...setFix("inferenceRouterHA", "False") },
      retry: "after-outside-fix",
    },
    {
      // Azure/azure-cli#25336.
      id: "tainted",
      phrases: [["untolerated taint"], ["had taint", "didn't tolerate"]],
      title: "Every node with room has a taint",
      cause: "The pods do not tolerate the taints of the nodes.",
      remedy: "Add tolerations to the settings, taint nodes with ml.azure.com/amlarc only, or add a pool without taints.",
      retry: "after-change",
    },
    {
      id: "selector-finds-none",
      phrases: [["didn't match pod's node affinity/selector"], ["didn't match node selector"], ["didn't match pod anti-affinity"]],
      title: "No node fits the selector",
      cause: "No node has the labels that are asked for, or each that has them carries a router already.",
      remedy: "Widen the node selector, label more nodes, or run one router.",
      change: { do: "settings", ...setFix("inferenceRouterHA", "False") },
      retry: "after-change",
    },
    {
      id: "secret-missing",
      phrases: [["secret", "not found"], ["createcontainerconfigerror"]],
      title: "A secret is missing in the namespace",
      cause: "The pod mounts a secret that is not there, such as the certificate named by sslSecret.",
      remedy: "Make the secret in the namespace azureml, with cert.pem and key.pem.",
      retry: "after-outside-fix",
    },
    {
      id: "pod-image",
      codes: ["ImagePullBackOff", "ErrImagePull"],
      title: "An image could not be pulled",
      cause: "The node does not reach the registry, or may not pull from it.",
      remedy: "Open the way out to mcr.microsoft.com; for an own registry check AcrPull.",
      retry: "after-outside-fix",
    },
    {
      // MicrosoftDocs/azure-docs#110398.
      id: "pod-memory",
      codes: ["OOMKilled"],
      title: "A container ran out of memory",
      cause: "The container's memory limit is too low for what it does.",
      remedy:
        "Raise its limit. For the extension's ingress controller: nginxIngress.resources.controller.limits.memory, or fewer worker processes.",
      retry: "after-change",
    },
    {
      id: "pod-crash",
      codes: ["CrashLoopBackOff"],
      title: "A container ends as soon as it begins",
      cause: "It fails at its start, again and again.",
      remedy: "Read its logs.",
      retry: "after-outside-fix",
    },
    {
      id: "pod-quota",
      phrases: [["exceeded quota"]],
      title: "A quota of the namespace is used up",
      cause: "A ResourceQuota of the namespace does not let the pods in.",
      remedy: "Raise the quota, or take it away for this namespace.",
      retry: "after-outside-fix",
    },
    {
      id: "admission-denied",
      phrases: [["admission webhook", "denied the request"]],
      title: "The cluster's own policy refused it",
      cause: "An admission webhook (Azure Policy's Gatekeeper, Kyverno or another) denied an object.",
      remedy: "Leave the namespace azureml out of that policy.",
      retry: "after-outside-fix",
    },
    {
      id: "kubernetes-forbidden",
      phrases: [["is forbidden", "cannot"]],
      title: "Kubernetes refused the person",
      cause: "The person has no Kubernetes role for that in this cluster.",
      remedy: "Ask for a Kubernetes role, such as Azure Kubernetes Service RBAC Reader on clusters with Azure RBAC.",
      retry: "after-outside-fix",
    },
    {
      id: "unschedulable",
      codes: ["Unschedulable", "FailedScheduling"],
      general: true,
      title: "A pod found no node",
      cause: "The scheduler found no node for it.",
      remedy: "Read the event of the pod: it names the reason node by node.",
      retry: "after-outside-fix",
    },
  ],
);
