import type { BindingPlan } from "@/lib/plans/plan";
import type { RevokeInput } from "@/lib/requests/schema";
import { assemblePlan, type KindPlan, type Scene } from "../assemble";
import type { BindingFacts } from "../facts";
import type { Planned, PlanningContext } from "@/lib/plans/planning-context";
import { roleWords, sourceWords } from "../source-words";
import { deleteStep } from "../steps-of-plan";

/** Plans the removal of a role binding: one DELETE. */
export function planRevoke(input: RevokeInput, facts: BindingFacts, context: PlanningContext): Planned<BindingPlan> {
  return assemblePlan(input, facts, context, revokePlan);
}

function revokePlan(scene: Scene): KindPlan {
  const before = scene.intent.live ?? null;
  const roles = before === null ? "its roles" : roleWords(before.roles);
  return {
    steps: [deleteStep(scene, before)],
    sentence: `Take ${roles} on the cluster ${scene.clusterName} away from the ${sourceWords(scene.sourceResourceId)}: delete the binding ${scene.bindingName}.`,
    after: null,
  };
}
