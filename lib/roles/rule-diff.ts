import type { z } from "zod";
import type { RuleChange as RuleChangeShape } from "@/lib/requests/schema";
import { riskOf } from "./risk";
import { groupName, type Permission, permissionKey, permissionsOf, type Rule } from "./rules";

/** One line of a rule diff: a kind of object and the verbs on it that are added, removed or kept. */
export type RuleChange = z.infer<typeof RuleChangeShape>;

const order = { added: 0, removed: 1, kept: 2 } as const;
const worstFirst = { critical: 0, medium: 1, low: 2 } as const;

/**
 * What changes in Kubernetes when `before` is replaced by `after`, permission by permission, grouped by kind of object: first what is
 * added, then what is removed, then what stays, each with the most dangerous first. Rules that are only regrouped or reordered give no change. A permission that is limited
 * to named objects is another one than the same without the limit.
 */
export function diffRules(before: Rule[], after: Rule[]): RuleChange[] {
  const old = keyed(before);
  const fresh = keyed(after);
  const lines = new Map<string, { change: RuleChange["change"]; permissions: [Permission, ...Permission[]] }>();
  const note = (change: RuleChange["change"], permission: Permission): void => {
    const key = JSON.stringify([change, placeOf(permission)]);
    const line = lines.get(key);
    if (line === undefined) lines.set(key, { change, permissions: [permission] });
    else line.permissions.push(permission);
  };
  for (const [key, permission] of fresh) note(old.has(key) ? "kept" : "added", permission);
  for (const [key, permission] of old) if (!fresh.has(key)) note("removed", permission);
  return [...lines.values()]
    .map(({ change, permissions }) => ({ change, ...placeOf(permissions[0]), ...weightOf(permissions) }))
    .sort(
      (a, b) =>
        order[a.change] - order[b.change] ||
        worstFirst[a.risk] - worstFirst[b.risk] ||
        compare(a.group, b.group) ||
        compare(a.resource, b.resource),
    );
}

/** The verbs of permissions on one kind of object, and how dangerous they are together. */
function weightOf(permissions: [Permission, ...Permission[]]): Pick<RuleChange, "verbs" | "risk"> {
  const [{ group, resource, names }] = permissions;
  const verbs = permissions.map(({ verb }) => verb);
  const rule: Rule =
    group === null
      ? { verbs, apiGroups: [], resources: [], resourceNames: [], nonResourceURLs: [resource] }
      : { verbs, apiGroups: [group], resources: [resource], resourceNames: names, nonResourceURLs: [] };
  return { verbs, risk: riskOf([rule]).level };
}

/** A rule change in one line: `added core: secrets [get list]`. */
export function describeRuleChange(change: RuleChange): string {
  return `${change.change} ${change.group}: ${change.resource} [${change.verbs.join(" ")}]`;
}

function keyed(rules: Rule[]): Map<string, Permission> {
  return new Map(permissionsOf(rules).map((permission) => [permissionKey(permission), permission]));
}

function placeOf({ group, resource, names }: Permission): { group: string; resource: string } {
  if (group === null) return { group: "path", resource };
  return { group: groupName(group), resource: names.length === 0 ? resource : `${resource} (only ${names.join(", ")})` };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
