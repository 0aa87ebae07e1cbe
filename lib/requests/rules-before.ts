import { latestSnapshot } from "@/lib/roles/store";
import { idKey, subscriptionOf } from "@/lib/kernel/resource-id";
import { alteredBindings, type Plan } from "@/lib/plans/plan";
import type { Rule } from "@/lib/roles/rules";

/**
 * The Kubernetes rules that the binding gives its source before the plan; none where another source takes its place, which gets everything
 * anew: from the plan's own roles where it names them, else from the newest snapshot of the region.
 */
export async function rulesBefore(plan: Plan): Promise<Rule[]> {
  const keys = alteredBindings(plan).flatMap(({ before, after }) => {
    const replaced = before !== null && after !== null && idKey(after.sourceResourceId) !== idKey(before.sourceResourceId);
    return before === null || replaced ? [] : before.roles.map((fullName) => fullName.toLowerCase());
  });
  if (keys.length === 0) return [];
  const planned = new Map(plan.roles.map((role) => [role.fullName.toLowerCase(), role.rules]));
  const snapshot = keys.every((key) => planned.has(key))
    ? null
    : await latestSnapshot(subscriptionOf(plan.target.clusterId), plan.target.location);
  const older = new Map(snapshot?.roles.map((role) => [`${role.sourceResourceType}/${role.name}`.toLowerCase(), role.rules]));
  return keys.flatMap((key) => planned.get(key) ?? older.get(key) ?? []);
}
