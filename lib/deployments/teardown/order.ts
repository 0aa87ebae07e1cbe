import { deleteStep } from "@/lib/bindings/steps-of-plan";
import { bindingIdOf, lastName } from "@/lib/kernel/resource-id";
import type { PlanStep } from "@/lib/plans/plan";
import type { TeardownFacts, TeardownInput } from "./input";
import { select, type Selection } from "./selection";
import { deleteExtensionStep, detachStep, namespaceGoneStep } from "./steps-of-plan";

type Where = { id: string; name: string; bindingApiVersion: string };

/**
 * The steps in the order in which they must be done: computes first, since without the extension they could be detached by force only;
 * then the extension, the wait for its namespace, and last the workspace's role bindings, once its last compute on the cluster is gone.
 * What is not there has no step. Whether they may be done at all, `checkTeardown` says.
 */
export function teardownSteps(input: TeardownInput, facts: TeardownFacts, cluster: Where): PlanStep[] {
  const selection = select(input, facts);
  const { workspaceId } = input;
  return [
    ...(workspaceId === null
      ? []
      : selection.detached.map((compute) => detachStep(compute, { id: workspaceId, name: lastName(workspaceId) }))),
    ...(input.extension === "delete" ? ofExtension(selection, cluster) : []),
    ...(goes(facts, selection) ? ofBindings(selection, cluster) : []),
  ];
}

/** Whether the workspace's bindings go: it is known that no compute of it stays on the cluster. */
export const goes = (facts: TeardownFacts, { kept }: Selection): boolean => facts.computes.state === "ok" && kept.length === 0;

function ofExtension({ extension }: Selection, cluster: Where): PlanStep[] {
  if (extension === null) return [];
  const gone = namespaceGoneStep(cluster, extension.name);
  return extension.provisioningState === "Deleting" ? [gone] : [deleteExtensionStep(cluster, extension.name), gone];
}

const ofBindings = ({ bindings }: Selection, { id, name, bindingApiVersion }: Where): PlanStep[] =>
  bindings.map((binding) => ({
    ...deleteStep(
      {
        clusterId: id,
        clusterName: name,
        bindingName: binding.name,
        bindingId: bindingIdOf(id, binding.name),
        apiVersion: bindingApiVersion,
      },
      binding,
    ),
    id: `delete-binding-${binding.name.toLowerCase()}`,
  }));
