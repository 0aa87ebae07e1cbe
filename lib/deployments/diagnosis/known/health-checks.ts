import { setFix } from "../../settings/finding";
import type { KnownCause } from "./known";
import { from } from "./known";

type Row = Pick<KnownCause, "title" | "cause" | "remedy" | "retry"> & Partial<Pick<KnownCause, "change" | "general">>;

const row = (code: string, name: string, rest: Row): Omit<KnownCause, "sources"> => ({
  id: code.toLowerCase(),
  codes: [code, name],
  ...rest,
});
const legacy = "Move its services, detach the old compute, then delete what azureml-fe left: deployment, role and binding.";

/**
 * Codes of the health check. Those below E45000 stop the installation (AML-Kubernetes, docs/troubleshooting.md; azure-ai-docs,
 * how-to-troubleshoot-kubernetes-extension.md). An extension's own text may name them too; a job's codes are others.
 */
export const healthCauses = from(
  ["health-report", "extension"],
  [
    row("E40002", "INSUFFICIENT_NODE", {
      // AML-Kubernetes#271.
      title: "Too few nodes for three routers",
      cause: "Three inference routers need three nodes that may take them, counted after the node selector and taints.",
      remedy: "Run one router, add nodes, or widen the node selector.",
      change: { do: "settings", ...setFix("inferenceRouterHA", "False") },
      retry: "after-change",
    }),
    row("E40001", "LOAD_BALANCER_NOT_SUPPORT", {
      title: "The cluster gives no load balancer",
      cause: "The service type of the router asks for a load balancer that this cluster does not give.",
      remedy: "Choose nodePort or clusterIP as inferenceRouterServiceType.",
      change: { do: "settings", ...setFix("inferenceRouterServiceType", "clusterIP") },
      retry: "after-change",
    }),
    row("E40003", "INTERNAL_LOAD_BALANCER_NOT_SUPPORT", {
      title: "An internal load balancer is not to be had here",
      cause: "Only AKS gives one, by the provider azure.",
      remedy: "Leave internalLoadBalancerProvider out, or set it to azure on AKS.",
      change: {
        do: "settings",
        label: "Remove internalLoadBalancerProvider",
        changes: [{ do: "remove", in: "settings", key: "internalLoadBalancerProvider" }],
      },
      retry: "after-change",
    }),
    row("E40007", "INVALID_SSL_SETTING", {
      title: "Certificate, key or name of HTTPS is wrong",
      cause: "Certificate and key are not both there, do not belong together, or are not for the name in sslCname.",
      remedy: "Give both, valid and without a passphrase, and an sslCname that the certificate is for.",
      retry: "after-change",
    }),
    row("E40004", "AZUREML_FE_DEPLOYMENT_NOT_FOUND", {
      title: "The inference router is gone",
      cause: "The deployment of the router was removed from the namespace azureml.",
      remedy: "Install the extension again.",
      retry: "as-is",
    }),
    row("E40005", "AZUREML_FE_SCALE_UP_TIMEOUT", {
      title: "The inference router did not come up in time",
      cause: "The nodes have no room for the routers, or the autoscaler did not add nodes in time.",
      remedy: "Add room, or run one router.",
      change: { do: "settings", ...setFix("inferenceRouterHA", "False") },
      retry: "after-change",
    }),
    row("E40006", "AZUREML_FE_UPDATE_REPLICAS_FAILED", {
      title: "The number of routers could not be changed",
      cause: "Updating the router's deployment failed.",
      remedy: "Read the logs of the health check, then try again.",
      retry: "as-is",
    }),
    row("E45002", "PROMETHEUS_CONFLICT", {
      title: "A Prometheus operator is in the cluster already",
      cause: "Two operators would look after the same objects.",
      remedy: "Use the one that is there.",
      change: { do: "settings", ...setFix("installPromOp", "False") },
      retry: "after-change",
    }),
    row("E45003", "BAD_NETWORK_CONNECTIVITY", {
      title: "The cluster does not reach what the extension needs",
      cause: "A firewall, a proxy or a private link stands between the nodes and Azure.",
      remedy: "Open the way out to the hosts that the check of the network lists.",
      retry: "after-outside-fix",
    }),
    row("E45004", "AZUREML_FE_ROLE_CONFLICT", {
      title: "Roles of Azure ML version 1 are in the cluster",
      cause: "The cluster role azureml-fe-role of an old attach was left behind.",
      remedy: legacy,
      retry: "after-outside-fix",
    }),
    row("E45005", "AZUREML_FE_DEPLOYMENT_CONFLICT", {
      // AML-Kubernetes#293.
      title: "The router of Azure ML version 1 is in the cluster",
      cause: "The deployment azureml-fe of an old attach is still there.",
      remedy: legacy,
      retry: "after-outside-fix",
    }),
    row("E45001", "AGENT_UNHEALTHY", {
      title: "Parts of the extension are not well",
      cause: "Pods in the namespace azureml do not run.",
      remedy: "Look at the pods that are not well, and at their events.",
      retry: "after-outside-fix",
    }),
    row("E49999", "CHECKER_PANIC", {
      title: "The health check broke off",
      cause: "The check itself failed, which says nothing about the cluster.",
      remedy: "Read its logs, then try again.",
      general: true,
      retry: "as-is",
    }),
    row("E40000", "UNKNOWN_ERROR", {
      title: "The health check failed without a reason of its own",
      cause: "The check names no reason. A setting that only the az CLI adds may be missing.",
      remedy: "Read the logs of the pod healthcheck in the namespace azureml.",
      general: true,
      retry: "after-outside-fix",
    }),
  ],
);

/** Found by the health check, and met when a cluster is attached (Azure/azure-sdk-for-python#33480). */
export const instanceTypeCauses = from(
  ["health-report", "extension", "compute"],
  [
    {
      id: "e45006",
      codes: ["E45006"],
      title: "An instance type is not valid",
      cause: "An object of kind InstanceType in the cluster could not be validated or updated.",
      remedy: "Correct or remove the InstanceType: kubectl get instancetypes.",
      retry: "after-outside-fix",
    },
  ],
);
