import { allows } from "./allows";
import type { Rule } from "./rules";
import type { RiskLevel } from "./risk";

/** Something that rules may allow and that a person should know before saying yes. */
export type Hazard = { level: RiskLevel; code: string; text: string; in: (rule: Rule) => boolean };

const writes = ["create", "update", "patch"];
const changes = [...writes, "delete", "deletecollection"];

/** Rules of the critical level: each lets the source take over a part of the cluster, or read what opens it. */
const critical: Hazard[] = [
  hazard(
    "critical",
    "all-resources",
    "Covers every resource of every API group: that is the whole cluster, now and whatever is added later.",
    (rule) => rule.apiGroups.includes("*") && rule.resources.includes("*"),
  ),
  hazard(
    "critical",
    "all-verbs",
    "Allows every verb (*), those that raise rights (bind, escalate, impersonate) included.",
    (rule) => rule.verbs.includes("*") && (rule.resources.length > 0 || rule.nonResourceURLs.length > 0),
  ),
  hazard(
    "critical",
    "secrets-read",
    "Reads Kubernetes secrets in every namespace: passwords, keys and tokens, and with them whatever they open.",
    (rule) => allows(rule, ["get", "list", "watch"], "", ["secrets"]),
  ),
  // kubectl's WebSocket transport reaches exec and attach by GET, so that `get` is as good as `create`.
  hazard(
    "critical",
    "pods-exec",
    "Runs commands inside running pods (exec or attach), with everything that those pods may reach.",
    (rule) =>
      allows(rule, ["create", "get"], "", ["pods/exec", "pods/attach"]) ||
      allows(rule, ["update", "patch"], "", ["pods/ephemeralcontainers"]),
  ),
  hazard(
    "critical",
    "workloads-write",
    "Creates or changes workloads, and so runs any image in any namespace with any service account there. An update of a running pod can swap its image.",
    (rule) =>
      allows(rule, writes, "", ["pods", "replicationcontrollers"]) ||
      allows(rule, writes, "apps", ["deployments", "daemonsets", "statefulsets", "replicasets"]) ||
      allows(rule, writes, "batch", ["jobs", "cronjobs"]),
  ),
  hazard("critical", "volumes-create", "Creates persistent volumes, which may mount a node's own file system.", (rule) =>
    allows(rule, ["create"], "", ["persistentvolumes"]),
  ),
  hazard(
    "critical",
    "nodes-proxy",
    "Reaches the kubelet of every node (nodes/proxy): it can run commands in any pod there, past the API server's audit log.",
    (rule) => allows(rule, ["get", ...changes], "", ["nodes/proxy"]),
  ),
  hazard("critical", "token-create", "Issues tokens for service accounts and can so act as any of them.", (rule) =>
    allows(rule, ["create"], "", ["serviceaccounts/token"]),
  ),
  hazard(
    "critical",
    "rbac-raise",
    "May bind or escalate Kubernetes roles: it can give itself or anyone any right, cluster-admin included.",
    (rule) => allows(rule, ["bind", "escalate"], "rbac.authorization.k8s.io", ["clusterroles", "roles"]),
  ),
  hazard(
    "critical",
    "rbac-write",
    "Writes Kubernetes RBAC roles or bindings: it can pass on every right that it holds, to anyone, and change what others hold.",
    (rule) => allows(rule, writes, "rbac.authorization.k8s.io", ["clusterroles", "clusterrolebindings", "roles", "rolebindings"]),
  ),
  hazard(
    "critical",
    "impersonate",
    "Impersonates users, groups or service accounts and so acts with their rights.",
    (rule) =>
      allows(rule, ["impersonate"], "", ["users", "groups", "serviceaccounts"]) ||
      allows(rule, ["impersonate"], "authentication.k8s.io", ["uids", "userextras", "userextras/*"]),
  ),
  hazard(
    "critical",
    "admission-write",
    "Changes admission webhooks or policies: it can see and rewrite every object that is written, or switch off the cluster's guard rails.",
    (rule) =>
      allows(rule, changes, "admissionregistration.k8s.io", [
        "mutatingwebhookconfigurations",
        "validatingwebhookconfigurations",
        "mutatingadmissionpolicies",
        "mutatingadmissionpolicybindings",
        "validatingadmissionpolicies",
        "validatingadmissionpolicybindings",
      ]),
  ),
  hazard(
    "critical",
    "namespaces-write",
    "Writes namespaces: their labels decide pod security and network rules, and deleting one deletes all that is in it.",
    (rule) => allows(rule, changes, "", ["namespaces"]),
  ),
  hazard(
    "critical",
    "certificates-approve",
    "Approves or signs certificate requests and can so issue credentials for the cluster.",
    (rule) =>
      allows(rule, ["update", "patch"], "certificates.k8s.io", [
        "certificatesigningrequests/approval",
        "certificatesigningrequests/status",
      ]),
  ),
  hazard(
    "critical",
    "api-services-write",
    "Registers API services: it can answer for a part of the Kubernetes API and see the tokens of those who call it.",
    (rule) => allows(rule, writes, "apiregistration.k8s.io", ["apiservices"]),
  ),
];

/** Rules of the medium level: harm is possible, but bounded. */
const medium: Hazard[] = [
  hazard(
    "medium",
    "proxy",
    "Sends requests to services and pods through the API server, past their network rules and under the API server's address.",
    (rule) => allows(rule, ["get", ...changes], "", ["services/proxy", "pods/proxy", "pods/portforward"]),
  ),
  hazard(
    "medium",
    "traffic-write",
    "Changes services, endpoints or ingresses: it can send traffic that is meant for one workload to another, or open a workload to the outside.",
    (rule) =>
      allows(rule, writes, "", ["services", "endpoints"]) ||
      allows(rule, writes, "discovery.k8s.io", ["endpointslices"]) ||
      allows(rule, writes, "networking.k8s.io", ["ingresses"]) ||
      allows(rule, writes, "gateway.networking.k8s.io", ["gateways", "httproutes"]),
  ),
  hazard(
    "medium",
    "workloads-delete",
    "Deletes pods or workloads, which interrupts what runs in them.",
    (rule) =>
      allows(rule, ["delete", "deletecollection"], "", ["pods"]) ||
      allows(rule, ["create"], "", ["pods/eviction"]) ||
      allows(rule, ["delete", "deletecollection"], "apps", ["deployments", "daemonsets", "statefulsets", "replicasets"]),
  ),
  hazard(
    "medium",
    "network-policies-write",
    "Changes network policies: it can open traffic that was closed, or cut off workloads.",
    (rule) => allows(rule, changes, "networking.k8s.io", ["networkpolicies"]),
  ),
  hazard(
    "medium",
    "config-maps-write",
    "Writes config maps in every namespace, from which workloads and cluster components take their configuration.",
    (rule) => allows(rule, changes, "", ["configmaps"]),
  ),
  hazard(
    "medium",
    "secrets-write",
    "Writes or deletes secrets without reading them: it can replace the credentials that workloads use.",
    (rule) => allows(rule, changes, "", ["secrets"]),
  ),
  hazard(
    "medium",
    "definitions-write",
    "Writes custom resource definitions: deleting one deletes every object of that kind in the cluster.",
    (rule) => allows(rule, changes, "apiextensions.k8s.io", ["customresourcedefinitions"]),
  ),
  hazard("medium", "nodes-write", "Changes nodes: labels and taints decide where workloads run.", (rule) =>
    allows(rule, changes, "", ["nodes"]),
  ),
  hazard(
    "medium",
    "backups-restore",
    "Orders backups and restores, which the backup extension carries out with its own wide rights: a backup copies objects out, a restore writes them.",
    (rule) => allows(rule, writes, "clusterbackup.dataprotection.microsoft.com", ["backups", "restores"]),
  ),
  hazard(
    "medium",
    "group-wildcard",
    "Covers every resource of an API group (*): kinds that the group gets later are allowed without anybody being asked.",
    (rule) =>
      rule.resources.some((resource) => resource === "*" || resource.startsWith("*/")) && rule.apiGroups.some((group) => group !== "*"),
  ),
  hazard(
    "medium",
    "paths",
    "Covers every path of the API server (*), or writes to paths that are not resources.",
    (rule) =>
      rule.nonResourceURLs.some((path) => path === "*" || path === "/*") ||
      (rule.nonResourceURLs.length > 0 && rule.verbs.some((verb) => verb !== "get" && verb !== "head")),
  ),
];

/** Every hazard, the worst first. */
export const hazards: readonly Hazard[] = [...critical, ...medium];

function hazard(level: RiskLevel, code: string, text: string, test: (rule: Rule) => boolean): Hazard {
  return { level, code, text, in: test };
}
