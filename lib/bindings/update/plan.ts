import type { BindingPlan } from "@/lib/plans/plan";
import type { RoleBinding } from "@/lib/azure/types";
import type { UpdateInput } from "@/lib/requests/schema";
import { assemblePlan, type KindPlan, type Scene } from "../assemble";
import type { BindingFacts } from "../facts";
import type { Planned, PlanningContext } from "@/lib/plans/planning-context";
import { rolesOnlyIn } from "../same";
import { lastingText, roleWords, sourceWords } from "../source-words";
import { deleteStep, putStep } from "../steps-of-plan";

/** Plans a change of a role binding: one PUT for other roles; for another source, a DELETE and then a PUT. */
export function planUpdate(input: UpdateInput, facts: BindingFacts, context: PlanningContext): Planned<BindingPlan> {
  return assemblePlan(input, facts, context, updatePlan);
}

function updatePlan(scene: Scene): KindPlan {
  const { intent, sourceResourceId } = scene;
  const grant = { sourceResourceId, roles: intent.roles };
  const before = intent.live ?? null;
  return {
    steps: intent.replaces ? [deleteStep(scene, before), putStep(scene, grant, before, true)] : [putStep(scene, grant, before)],
    sentence: before === null ? "" : sentenceOf(scene, before),
    after: { name: scene.bindingName, ...grant },
  };
}

function sentenceOf({ intent, sourceResourceId, clusterName, bindingName }: Scene, before: RoleBinding): string {
  const lasting = lastingText(intent.hours);
  if (intent.replaces) {
    return `Replace the binding ${bindingName} on the cluster ${clusterName}: the ${sourceWords(sourceResourceId)} gets ${roleWords(intent.roles)}, ${lasting}, and the ${sourceWords(before.sourceResourceId)} loses ${roleWords(before.roles)}.`;
  }
  const added = rolesOnlyIn(intent.roles, before.roles);
  const gone = rolesOnlyIn(before.roles, intent.roles);
  const kept = rolesOnlyIn(intent.roles, added);
  const parts = [
    added.length > 0 ? `gets ${roleWords(added)}` : "",
    gone.length > 0 ? `loses ${roleWords(gone)}` : "",
    kept.length > 0 ? `keeps ${roleWords(kept)}` : "",
  ];
  return `Change the binding ${bindingName} on the cluster ${clusterName}: the ${sourceWords(sourceResourceId)} ${parts.filter((part) => part !== "").join(", ")}, ${lasting}.`;
}
