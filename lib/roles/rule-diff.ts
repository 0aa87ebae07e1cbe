import type { z } from "zod";
import type { RuleChange as RuleChangeShape } from "@/lib/requests/schema";
import { groupName, type Permission, permissionKey, permissionsOf, type Rule } from "./rules";

/** One line of a rule diff: a kind of object and the verbs on it that are added, removed or kept. */
export type RuleChange = z.infer<typeof RuleChangeShape>;

const order = { added: 0, removed: 1, kept: 2 } as const;

/**
 * What changes in Kubernetes when `before` is replaced by `after`, permission by permission, grouped by kind of object: first what is
 * added, then what is removed, then what stays. Rules that are only regrouped or reordered give no change. A permission that is limited
 * to named objects is another one than the same without the limit.
 */
export function diffRules(before: Rule[], after: Rule[]): RuleChange[] {
  const old = keyed(before);
  const fresh = keyed(after);
  const lines = new Map<string, RuleChange>();
  const note = (change: RuleChange["change"], permission: Permission): void => {
    const line = { change, ...placeOf(permission), verbs: [] as string[] };
    const key = JSON.stringify([order[change], line.group, line.resource]);
    if (!lines.has(key)) lines.set(key, line);
    lines.get(key)?.verbs.push(permission.verb);
  };
  for (const [key, permission] of fresh) note(old.has(key) ? "kept" : "added", permission);
  for (const [key, permission] of old) if (!fresh.has(key)) note("removed", permission);
  return [...lines.values()].sort(
    (a, b) => order[a.change] - order[b.change] || compare(a.group, b.group) || compare(a.resource, b.resource),
  );
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
