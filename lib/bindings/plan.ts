import type { BindingPlan } from "@/lib/plans/plan";
import type { BindingInput } from "@/lib/requests/schema";
import type { BindingFacts } from "./facts";
import { planGrant } from "./grant/plan";
import type { Planned, PlanningContext } from "@/lib/plans/planning-context";
import { planRevoke } from "./revoke/plan";
import { planUpdate } from "./update/plan";

/** Plans any change of a role binding from facts. Pure: the same input, facts and context give the same plan. */
export function planBinding(input: BindingInput, facts: BindingFacts, context: PlanningContext): Planned<BindingPlan> {
  switch (input.kind) {
    case "binding-grant":
      return planGrant(input, facts, context);
    case "binding-update":
      return planUpdate(input, facts, context);
    case "binding-revoke":
      return planRevoke(input, facts, context);
  }
}
