import type { Plan, Precondition } from "@/lib/plans/plan";

/**
 * A plan's checks as somebody else than its planner reads them: they were made with the planner's token and speak to that person ("your Azure
 * rights"), so whose reading it is has to be named.
 */
export function namingPlanner<P extends Plan>(plan: P): P {
  return { ...plan, preconditions: plan.preconditions.map((check) => named(check, plan.plannedBy.name)) };
}

function named(check: Precondition, name: string): Precondition {
  const words = (text: string): string =>
    text
      .replace(/\bYou do not\b/g, `${name} does not`)
      .replace(/^Your Azure rights/, `Azure rights of ${name}`)
      .replace(/\byour Azure rights\b/g, `the Azure rights of ${name}`)
      .replace(/\buntil you sign in again\b/g, `until ${name} signs in again`)
      .replace(/\bthat you can see\b/g, `that ${name} can see`);
  return { ...check, label: words(check.label), message: words(check.message) };
}
