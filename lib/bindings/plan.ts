import type { RequestInput } from "@/lib/requests/schema";
import type { Planned } from "./assemble";
import type { BindingFacts } from "./facts";
import { planGrant } from "./grant/plan";
import type { PlanningContext } from "./planning-context";
import { planRevoke } from "./revoke/plan";
import { planUpdate } from "./update/plan";

export type { Planned } from "./assemble";
export type { PlanningContext } from "./planning-context";

/** Plans any change of a role binding from facts. Pure: the same input, facts and context give the same plan. */
export function planBinding(input: RequestInput, facts: BindingFacts, context: PlanningContext): Planned {
  switch (input.kind) {
    case "binding-grant":
      return planGrant(input, facts, context);
    case "binding-update":
      return planUpdate(input, facts, context);
    case "binding-revoke":
      return planRevoke(input, facts, context);
  }
}
