import type { GrantInput } from "@/lib/requests/schema";
import { assemblePlan, type KindPlan, type Planned, type Scene } from "../assemble";
import type { BindingFacts } from "../facts";
import type { PlanningContext } from "../planning-context";
import { lastingText, roleWords, sourceWords } from "../source-words";
import { putStep } from "../steps-of-plan";

/** Plans a new role binding: one PUT. */
export function planGrant(input: GrantInput, facts: BindingFacts, context: PlanningContext): Planned {
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
