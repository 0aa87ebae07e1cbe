import type { BindingPlan } from "@/lib/plans/plan";
import type { GrantInput } from "@/lib/requests/schema";
import { assemblePlan, type KindPlan, type Scene } from "../assemble";
import type { BindingFacts } from "../facts";
import type { Planned, PlanningContext } from "@/lib/plans/planning-context";
import { lastingText, roleWords, sourceWords } from "../source-words";
import { putStep } from "../steps-of-plan";

/** Plans a new role binding: one PUT. */
export function planGrant(input: GrantInput, facts: BindingFacts, context: PlanningContext): Planned<BindingPlan> {
  return assemblePlan(input, facts, context, grantPlan);
}

function grantPlan(scene: Scene): KindPlan {
  const { intent, sourceResourceId } = scene;
  const grant = { sourceResourceId, roles: intent.roles };
  return {
    steps: [putStep(scene, grant, null)],
    sentence: `Give the ${sourceWords(sourceResourceId)} ${roleWords(intent.roles)} on the cluster ${scene.clusterName}, ${lastingText(intent.hours)}.`,
    after: { name: scene.bindingName, ...grant },
  };
}
