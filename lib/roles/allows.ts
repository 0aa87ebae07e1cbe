import type { Rule } from "./rules";

/**
 * True when the rule allows any of the verbs on any of the resources of the group. As in Kubernetes, a star matches anything, a star
 * with a subresource matches that subresource of any resource, and `pods` does not match `pods/exec`
 * (kubernetes/component-helpers, auth/rbac/validation).
 */
export function allows(rule: Rule, verbs: string[], group: string, resources: string[]): boolean {
  if (!rule.verbs.includes("*") && !verbs.some((verb) => rule.verbs.includes(verb))) return false;
  if (!rule.apiGroups.includes("*") && !rule.apiGroups.includes(group)) return false;
  return resources.some((resource) => {
    const slash = resource.indexOf("/");
    return (
      rule.resources.includes("*") ||
      rule.resources.includes(resource) ||
      (slash > 0 && rule.resources.includes(`*${resource.slice(slash)}`))
    );
  });
}
