import { digestOf } from "@/lib/kernel/json";
import { resourceTypeOf } from "@/lib/kernel/resource-id";

/** One rule of a trusted access role: the `rules` of a Kubernetes ClusterRole. Missing lists of Azure's answer are empty here. */
export type Rule = {
  verbs: string[];
  /** `""` is the core group. */
  apiGroups: string[];
  resources: string[];
  resourceNames: string[];
  nonResourceURLs: string[];
};

/** A trusted access role of a region's catalogue. */
export type TrustedAccessRole = {
  /** For example `Microsoft.MachineLearningServices/workspaces`. */
  sourceResourceType: string;
  name: string;
  rules: Rule[];
};

/** One verb on one kind of object (or one path): the smallest thing that a rule allows. `group` is null for a path. */
export type Permission = { group: string | null; resource: string; names: string[]; verb: string };

/** `<sourceResourceType>/<name>`, as a role binding writes it. */
export function fullNameOf(role: Pick<TrustedAccessRole, "sourceResourceType" | "name">): string {
  return `${role.sourceResourceType}/${role.name}`;
}

/** The source type of a role's full name: everything before the last slash. */
export function sourceTypeOf(fullName: string): string {
  return fullName.slice(0, Math.max(fullName.lastIndexOf("/"), 0));
}

/** The short name of a role: everything behind the last slash. */
export function roleNameOf(fullName: string): string {
  return fullName.slice(fullName.lastIndexOf("/") + 1);
}

/**
 * True when a role may be given to a source: the role's source type is the source's type or the beginning of it. A type may be deeper
 * than the role's: `Microsoft.Security/pricings/securityOperators` takes roles of `Microsoft.Security/pricings` (Microsoft Defender's
 * own bindings). Case does not count.
 */
export function fitsSource(fullName: string, sourceResourceId: string): boolean {
  const roleType = sourceTypeOf(fullName).toLowerCase();
  const type = resourceTypeOf(sourceResourceId).toLowerCase();
  return type === roleType || type.startsWith(`${roleType}/`);
}

/** Every single permission of the rules, each once, in a stable order. */
export function permissionsOf(rules: Rule[]): Permission[] {
  const found = new Map<string, Permission>();
  for (const rule of rules) {
    const names = [...new Set(rule.resourceNames)].sort();
    const add = (group: string | null, resource: string, limit: string[]): void => {
      for (const verb of rule.verbs) {
        const permission = { group, resource, names: limit, verb };
        found.set(permissionKey(permission), permission);
      }
    };
    for (const group of rule.apiGroups) for (const resource of rule.resources) add(group, resource, names);
    for (const path of rule.nonResourceURLs) add(null, path, []);
  }
  return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, permission]) => permission);
}

/** A text that is the same for the same permission, whatever rule it came from. */
export function permissionKey(permission: Permission): string {
  return JSON.stringify([permission.group, permission.resource, permission.names, permission.verb]);
}

/**
 * The same rules in one canonical form: a rule for each kind of object (and each set of names), in order, verbs sorted. Two lists
 * that allow the same have the same form, however they are grouped or ordered.
 */
export function normalizeRules(rules: Rule[]): Rule[] {
  const grouped = new Map<string, Rule>();
  for (const { group, resource, names, verb } of permissionsOf(rules)) {
    const key = JSON.stringify([group, resource, names]);
    const rule = grouped.get(key) ?? {
      verbs: [],
      apiGroups: group === null ? [] : [group],
      resources: group === null ? [] : [resource],
      resourceNames: names,
      nonResourceURLs: group === null ? [resource] : [],
    };
    rule.verbs.push(verb);
    grouped.set(key, rule);
  }
  return [...grouped.values()];
}

/** SHA-256 of what the rules allow, lower-case hex: the same for two lists that allow the same. */
export function rulesHash(rules: Rule[]): string {
  return digestOf(normalizeRules(rules));
}

/** An API group as people read it: the empty group is `core`. */
export function groupName(group: string): string {
  return group === "" ? "core" : group;
}

/** One line for a rule: `core: services, services/proxy [create get list]`. */
export function describeRule(rule: Rule): string {
  const verbs = `[${rule.verbs.join(" ")}]`;
  const names = rule.resourceNames.length > 0 ? ` only ${rule.resourceNames.join(", ")}` : "";
  const parts: string[] = [];
  if (rule.resources.length > 0) parts.push(`${rule.apiGroups.map(groupName).join(", ")}: ${rule.resources.join(", ")}${names}`);
  if (rule.nonResourceURLs.length > 0) parts.push(rule.nonResourceURLs.join(", "));
  return parts.length === 0 ? "allows nothing" : `${parts.join("; ")} ${verbs}`;
}
