import type { Rule, TrustedAccessRole } from "./rules";

/** A rule for tests: `rule("get list", "apps", "deployments replicasets")`; group `core` is the empty one. */
export function rule(verbs: string, group: string, resources: string): Rule {
  const words = (text: string): string[] => text.split(" ").filter((word) => word !== "");
  return {
    verbs: words(verbs),
    apiGroups: [group === "core" ? "" : group],
    resources: words(resources),
    resourceNames: [],
    nonResourceURLs: [],
  };
}

const cgu = "create get list patch update delete";
const all = "get list watch create update patch delete";
const rbac = "rbac.authorization.k8s.io";
const ml = "Microsoft.MachineLearningServices/workspaces";
const security = "Microsoft.Security/pricings";
const read = "get list";

/** The seven trusted access roles as Azure returned them in eastus on 7 November 2025 (Azure/azure-powershell, Aks.Autorest recordings). */
export const liveRoles: TrustedAccessRole[] = [
  { sourceResourceType: ml, name: "mlworkload", rules: [rule(cgu, "core", "services services/proxy")] },
  {
    sourceResourceType: ml,
    name: "inference-v1",
    rules: [
      rule(all, "core", "persistentvolumes persistentvolumeclaims"),
      rule("update patch", "core", "persistentvolumeclaims/status"),
      rule("get list watch create update patch", "core", "events"),
      rule("get list watch", "core", "nodes endpoints"),
      rule(cgu, "core", "namespaces pods pods/log pods/exec configmaps secrets services services/proxy services/status serviceaccounts"),
      rule("watch", "core", "pods configmaps services"),
      rule("get list patch update watch", "core", "deployments deployments/scale"),
      rule("get list watch", "storage.k8s.io", "storageclasses csinodes"),
      rule(cgu, "storage.k8s.io", "csidrivers"),
      rule("get list watch create update patch", "coordination.k8s.io", "leases"),
      rule(cgu, "apps", "deployments replicasets daemonsets deployments/scale deployments/status"),
      rule("watch", "apps", "deployments deployments/scale"),
      rule("get list watch", "apps", "pods configmaps endpoints nodes services"),
      rule("create get list", "batch", "jobs"),
      rule("create get list update patch", rbac, "clusterroles"),
      rule("create get list update patch", rbac, "clusterrolebindings"),
    ],
  },
  {
    sourceResourceType: "Microsoft.DataProtection/backupVaults",
    name: "backup-operator",
    rules: [
      rule(all, "clusterbackup.dataprotection.microsoft.com", "backups validateforbackups restores validateforrestores deletebackups"),
      rule(cgu, "core", "configmaps"),
    ],
  },
  {
    sourceResourceType: security,
    name: "microsoft-defender-operator",
    rules: [
      rule(read, rbac, "clusterrolebindings clusterroles rolebindings roles"),
      rule(read, "batch", "cronjobs jobs"),
      rule(read, "networking.k8s.io", "ingresses networkpolicies"),
      rule(read, "apps", "replicasets statefulsets daemonsets deployments"),
      rule(read, "core", "namespaces nodes nodes/proxy pods services serviceaccounts secrets configmaps"),
      rule(read, "apiextensions.k8s.io", "customresourcedefinitions"),
      rule(read, "crd.projectcalico.org", "*"),
    ],
  },
  {
    sourceResourceType: security,
    name: "microsoft-defender-policy-operator",
    rules: [
      rule("get list create update delete", "apiextensions.k8s.io", "customresourcedefinitions"),
      rule("get list create update delete", "defender.microsoft.com", "*"),
    ],
  },
  {
    sourceResourceType: security,
    name: "microsoft-defender-network-policy-operator",
    rules: [rule("get list create update patch delete", "networking.k8s.io", "networkpolicies"), rule("get list update", "core", "pods")],
  },
  {
    sourceResourceType: security,
    name: "mdc-response-operator",
    rules: [
      rule("get list create update patch delete", "networking.k8s.io", "networkpolicies"),
      rule("get list update delete", "core", "pods"),
      rule("get list update", "core", "namespaces events"),
    ],
  },
];

/** Rules of a live role by its short name. */
export function liveRules(name: string): Rule[] {
  const role = liveRoles.find((candidate) => candidate.name === name);
  if (role === undefined) throw new Error(`There is no live role ${name}.`);
  return role.rules;
}
