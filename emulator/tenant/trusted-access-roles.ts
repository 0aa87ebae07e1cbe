import type { TrustedAccessRole, TrustedAccessRule } from "../state/shapes";

const crud = ["create", "get", "list", "patch", "update", "delete"];
const watchOnly = ["get", "list", "watch"];
const all7 = ["create", "delete", "get", "list", "patch", "update", "watch"];

function rule(apiGroup: string, resources: string[], verbs: string[]): TrustedAccessRule {
  return { verbs, apiGroups: [apiGroup], resources };
}

const mlworkload: TrustedAccessRule[] = [rule("", ["services", "services/proxy"], crud)];

const inference: TrustedAccessRule[] = [
  rule("", ["persistentvolumes", "persistentvolumeclaims"], all7),
  rule("", ["persistentvolumeclaims/status"], ["update", "patch"]),
  rule("storage.k8s.io", ["storageclasses", "csinodes"], watchOnly),
  rule("storage.k8s.io", ["csidrivers"], crud),
  rule("", ["events"], ["get", "list", "watch", "create", "update", "patch"]),
  rule("", ["nodes", "endpoints"], watchOnly),
  rule("coordination.k8s.io", ["leases"], ["get", "list", "watch", "create", "update", "patch"]),
  rule(
    "",
    [
      "namespaces",
      "pods",
      "pods/log",
      "pods/exec",
      "configmaps",
      "secrets",
      "services",
      "services/proxy",
      "services/status",
      "serviceaccounts",
    ],
    crud,
  ),
  rule("", ["pods", "configmaps", "services"], ["watch"]),
  rule("", ["deployments", "deployments/scale"], ["get", "list", "patch", "update", "watch"]),
  rule("apps", ["deployments", "replicasets", "daemonsets", "deployments/scale", "deployments/status"], crud),
  rule("apps", ["deployments", "deployments/scale"], ["watch"]),
  rule("apps", ["pods", "configmaps", "endpoints", "nodes", "services"], watchOnly),
  rule("batch", ["jobs"], ["create", "get", "list"]),
  rule("rbac.authorization.k8s.io", ["clusterroles"], ["create", "get", "list", "update", "patch"]),
  rule("rbac.authorization.k8s.io", ["clusterrolebindings"], ["create", "get", "list", "update", "patch"]),
];

const backupOperator: TrustedAccessRule[] = [
  rule(
    "clusterbackup.dataprotection.microsoft.com",
    ["backups", "validateforbackups", "restores", "validateforrestores", "deletebackups"],
    ["get", "list", "watch", "create", "update", "patch", "delete"],
  ),
  rule("", ["configmaps"], crud),
];

const defenderOperator: TrustedAccessRule[] = [
  rule("rbac.authorization.k8s.io", ["clusterrolebindings", "clusterroles", "rolebindings", "roles"], ["get", "list"]),
  rule("batch", ["cronjobs", "jobs"], ["get", "list"]),
  rule("networking.k8s.io", ["ingresses", "networkpolicies"], ["get", "list"]),
  rule("apps", ["replicasets", "statefulsets", "daemonsets", "deployments"], ["get", "list"]),
  rule("", ["namespaces", "nodes", "nodes/proxy", "pods", "services", "serviceaccounts", "secrets", "configmaps"], ["get", "list"]),
  rule("apiextensions.k8s.io", ["customresourcedefinitions"], ["get", "list"]),
  rule("crd.projectcalico.org", ["*"], ["get", "list"]),
];

const policyVerbs = ["get", "list", "create", "update", "delete"];
const networkPolicies = rule("networking.k8s.io", ["networkpolicies"], ["get", "list", "create", "update", "patch", "delete"]);

const pricings = "Microsoft.Security/pricings";
const workspaces = "Microsoft.MachineLearningServices/workspaces";

/** The seven roles that eastus answered on 7 November 2025 (Azure/azure-powershell, src/Aks/Aks.Autorest/test, recorded). Empty lists are left out, as there. */
const liveRoles: TrustedAccessRole[] = [
  { sourceResourceType: workspaces, name: "mlworkload", rules: mlworkload },
  { sourceResourceType: workspaces, name: "inference-v1", rules: inference },
  { sourceResourceType: "Microsoft.DataProtection/backupVaults", name: "backup-operator", rules: backupOperator },
  { sourceResourceType: pricings, name: "microsoft-defender-operator", rules: defenderOperator },
  {
    sourceResourceType: pricings,
    name: "microsoft-defender-policy-operator",
    rules: [rule("apiextensions.k8s.io", ["customresourcedefinitions"], policyVerbs), rule("defender.microsoft.com", ["*"], policyVerbs)],
  },
  {
    sourceResourceType: pricings,
    name: "microsoft-defender-network-policy-operator",
    rules: [networkPolicies, rule("", ["pods"], ["get", "list", "update"])],
  },
  {
    sourceResourceType: pricings,
    name: "mdc-response-operator",
    rules: [
      networkPolicies,
      rule("", ["pods"], ["get", "list", "update", "delete"]),
      rule("", ["namespaces", "events"], ["get", "list", "update"]),
    ],
  },
];

/**
 * The roles of a region. The list varies by region and time: here, regions that are told the later of two roll-outs still have
 * the older rules of `inference-v1` (no `pods/exec`, no `services/status`) and of the Defender operator, and not yet the newest role.
 */
export function rolesOfRegion(location: string): TrustedAccessRole[] {
  const roles = structuredClone(liveRoles);
  if (!laterRegions.has(location)) return roles;
  const older = new Set(["pods/exec", "services/status", "nodes/proxy"]);
  return roles
    .filter((role) => role.name !== "mdc-response-operator")
    .map((role) => ({
      ...role,
      rules: role.rules.map((one) => ({ ...one, resources: (one.resources ?? []).filter((name) => !older.has(name)) })),
    }));
}

const laterRegions = new Set(["northeurope", "uksouth"]);
