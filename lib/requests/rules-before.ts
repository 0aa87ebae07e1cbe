import { latestSnapshot } from "@/lib/roles/store";
import { subscriptionOf } from "@/lib/kernel/resource-id";
import type { Plan } from "@/lib/plans/plan";
import type { Rule } from "@/lib/roles/rules";

/** The Kubernetes rules that the binding gives before the plan: from the plan's own roles where it names them, else from the newest snapshot of the region. */
export async function rulesBefore(plan: Plan): Promise<Rule[]> {
  if (plan.before === null) return [];
  const snapshot = await latestSnapshot(subscriptionOf(plan.target.clusterId), plan.target.location);
  return plan.before.roles.flatMap((fullName) => {
    const key = fullName.toLowerCase();
    const planned = plan.roles.find((role) => role.fullName.toLowerCase() === key);
    if (planned !== undefined) return planned.rules;
    return snapshot?.roles.find((role) => `${role.sourceResourceType}/${role.name}`.toLowerCase() === key)?.rules ?? [];
  });
}
