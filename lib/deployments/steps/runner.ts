import { bindingSteps } from "@/lib/bindings/steps";
import { rangesStepId } from "@/lib/network/authorize/step";
import { rangesSteps } from "@/lib/network/authorize/steps";
import { BinderyError } from "@/lib/kernel/errors";
import type { PlanStep } from "@/lib/plans/plan";
import type { StepRunner } from "@/lib/runs/steps";
import { deploymentSeen } from "../seen";
import { attachedPart, attachPart, detachPart } from "./compute";
import { deleteExtensionPart, putExtensionPart } from "./extension";
import { healthPart, namespaceGonePart } from "./health";
import { namespacePart } from "./namespace";
import type { Part } from "./part";
import { providerPart } from "./provider";
import { workspacePart } from "./workspace";

/** Which part carries out a step, by the beginning of its id. */
const parts: [string, Part][] = [
  ["register-", providerPart],
  ["make-workspace", workspacePart],
  [rangesStepId, rangesSteps],
  ["put-extension", putExtensionPart],
  ["extension-health", healthPart],
  ["put-binding", bindingSteps],
  ["delete-binding", bindingSteps],
  ["make-namespace", namespacePart],
  ["attach-compute", attachPart],
  ["attached", attachedPart],
  ["detach-", detachPart],
  ["delete-extension", deleteExtensionPart],
  ["namespace-gone", namespaceGonePart],
];

function partOf({ id }: PlanStep): Part {
  const part = parts.find(([beginning]) => id.startsWith(beginning))?.[1];
  if (part === undefined) throw new BinderyError("internal", `Nobody knows how to carry out the step ${id}.`);
  return part;
}

/** The steps of deployments and teardowns. */
export const deploymentSteps: StepRunner = {
  read: (caller, plan, step) => partOf(step).read(caller, plan, step),
  act: (caller, plan, step, over) => partOf(step).act(caller, plan, step, over),
  accepted: async (tx, run, plan, step) => partOf(step).accepted?.(tx, run, plan, step),
  confirmed: async (tx, run, plan, step) => partOf(step).confirmed?.(tx, run, plan, step),
  bodyOf: async (run, plan, step) => partOf(step).bodyOf?.(run, plan, step) ?? step.body,
  poll: (caller, plan, step, url) => partOf(step).poll?.(caller, plan, step, url) ?? null,
  evidence: async (caller, plan, step) => partOf(step).evidence?.(caller, plan, step) ?? null,
  seen: deploymentSeen,
};
