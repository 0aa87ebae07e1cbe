import type { KubernetesRole, KubernetesRoleBinding } from "@/lib/azure/deployment-types";
import { roleNameOf, type Rule, rulesHash } from "./rules";

/**
 * Whether a trusted access role binding is seen in the cluster itself: for each of its roles a ClusterRole of the name
 * `aks:trustedaccessrole:<binding>:<role>` with exactly the role's rules, and a ClusterRoleBinding that gives it to somebody. The names
 * are known from clusters with Defender only (MicrosoftDocs/azure-docs, PR #119338), so that `not-found` never means that the binding is
 * not in effect. A role whose rules are not known (`rulesByRole`, by full name) is never seen.
 */
export function findTrustedAccess(
  clusterRoleBindings: readonly KubernetesRoleBinding[],
  clusterRoles: readonly KubernetesRole[],
  bindingName: string,
  roleFullNames: readonly string[],
  rulesByRole: ReadonlyMap<string, Rule[]>,
): "seen" | "not-found" {
  const rulesOf = new Map([...rulesByRole].map(([fullName, rules]) => [fullName.toLowerCase(), rules]));
  const isSeen = (fullName: string): boolean => {
    const rules = rulesOf.get(fullName.toLowerCase());
    if (rules === undefined) return false;
    const name = `aks:trustedaccessrole:${bindingName}:${roleNameOf(fullName)}`.toLowerCase();
    const hash = rulesHash(rules);
    return clusterRoles.some(
      (role) =>
        role.namespace === null &&
        role.name.toLowerCase() === name &&
        rulesHash(role.rules) === hash &&
        clusterRoleBindings.some((one) => gives(one, role.name)),
    );
  };
  return roleFullNames.length > 0 && roleFullNames.every(isSeen) ? "seen" : "not-found";
}

function gives({ namespace, role, subjects }: KubernetesRoleBinding, name: string): boolean {
  return namespace === null && role.kind === "ClusterRole" && role.name === name && subjects.length > 0;
}
