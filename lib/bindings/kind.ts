import type { AzureCaller } from "@/lib/azure/types";
import { isBindingPlan, type Plan } from "@/lib/plans/plan";
import type { Kind, Looked } from "@/lib/requests/kind";
import type { BindingInput } from "@/lib/requests/schema";
import { overlayFacts } from "./facts";
import { gatherBindingFacts } from "./gather";
import { planBinding } from "./plan";
import { bindingSteps } from "./steps";

/** What the three kinds of change of a role binding have in common. */
export const bindingKind: Omit<Kind<BindingInput>, "title"> = {
  form: "/requests/new",
  look: lookAtBinding,
  subject: (input, plan) => ({ sourceId: sourceOf(input, plan), name: input.name }),
  steps: bindingSteps,
};

async function lookAtBinding(caller: AzureCaller, input: BindingInput, _asker: unknown, against?: Plan): Promise<Looked> {
  const gathered = await gatherBindingFacts(caller, input);
  const { facts, unreadable } =
    against !== undefined && isBindingPlan(against) ? overlayFacts(gathered, against) : { facts: gathered, unreadable: [] };
  return { cluster: facts.cluster, unreadable, plan: (context) => planBinding(input, facts, context) };
}

/** A revoke does not name its source: it is that of the live binding. */
function sourceOf(input: BindingInput, plan: Plan | null): string {
  if (input.kind !== "binding-revoke") return input.sourceResourceId;
  return plan !== null && isBindingPlan(plan) ? plan.target.sourceResourceId : "";
}
