import { deleteRoleBinding, getRoleBinding, putRoleBinding } from "@/lib/azure/trusted-access";
import type { AzureCaller, RoleBinding } from "@/lib/azure/types";
import { BinderyError } from "@/lib/kernel/errors";
import type { Json } from "@/lib/kernel/json";
import { sameId } from "@/lib/kernel/resource-id";
import { type BindingChange, type BindingState, bindingChangesOf, type Plan, type PlanStep } from "@/lib/plans/plan";
import type { StepReading, StepRunner } from "@/lib/runs/steps";
import { bindingsSeen } from "./seen";
import { recordApproval, recordReadBack } from "./store";

type BindingBody = { properties: { sourceResourceId: string; roles: string[] } };

/** The steps on a role binding, in whatever plan: one PUT, one DELETE, or a DELETE followed by a PUT. */
export const bindingSteps: StepRunner = {
  async read(caller, plan, step) {
    const live = await liveBinding(caller, step.resourceId);
    const change = changeOf(plan, step);
    return step.method === "PUT" ? readPut(change, step, isReplaced(plan), live) : readDelete(change, live);
  },
  async act(caller, _plan, step) {
    if (step.method === "DELETE") {
      const accepted = await deleteRoleBinding(caller, step.resourceId);
      return { status: accepted.status, operationUrl: accepted.operationUrl, after: null };
    }
    const { properties } = step.body as BindingBody;
    const accepted = await putRoleBinding(caller, step.resourceId, properties);
    return { status: accepted.status, operationUrl: accepted.operationUrl, after: properties };
  },
  // A grant or change counts from the moment that Azure takes it, so that nobody takes it for made outside; a removal once it is through.
  async accepted(tx, run, plan, step) {
    if (step.method === "PUT") await recordApproval(tx, run, changeOf(plan, step), plan.duration);
  },
  async confirmed(tx, run, plan, step) {
    // Of a replacement the deletion is only half.
    if (step.method === "DELETE" && isReplaced(plan)) return;
    await recordApproval(tx, run, changeOf(plan, step), plan.duration);
    await recordReadBack(tx, run, changeOf(plan, step));
  },
  seen: bindingsSeen,
};

function changeOf(plan: Plan, step: PlanStep): BindingChange {
  const change = bindingChangesOf(plan).find(({ id }) => sameId(id, step.resourceId));
  if (change === undefined) throw new BinderyError("internal", "A step is about a role binding that its plan does not name.");
  return change;
}

/** Another source takes the binding's place: it is deleted and made anew. */
const isReplaced = (plan: Plan): boolean => ["put-binding", "delete-binding"].every((id) => plan.steps.some((step) => step.id === id));

/** The live binding, or null when it is proven absent. Throws when it cannot be read: an unreadable binding is never taken for an absent one. */
async function liveBinding(caller: AzureCaller, bindingId: string): Promise<RoleBinding | null> {
  const read = await getRoleBinding(caller, bindingId);
  if (read.state === "ok") return read.value;
  if (read.state === "absent") return null;
  if (read.state === "no-permission") throw new BinderyError("rights_needed", read.message, { action: read.action, scope: read.scope });
  if (read.state === "sign-in") throw new BinderyError("sign_in_needed", read.message, { claims: read.claims });
  throw new BinderyError("azure_unavailable", read.message, { azureCode: read.azureCode });
}

function readPut(change: BindingChange, step: PlanStep, isReplaced: boolean, live: RoleBinding | null): StepReading {
  const wanted = (step.body as BindingBody).properties;
  const before = isReplaced ? null : change.before;
  if (live === null)
    return before === null
      ? { state: "not-begun", before: null }
      : { state: "changed", what: `The binding ${change.name} was removed by somebody else.` };
  if (equals(live, wanted.sourceResourceId, wanted.roles)) {
    if (live.provisioningState === "Succeeded") return { state: "done", after: asJson(live) };
    if (live.provisioningState === "Failed" || live.provisioningState === "Canceled")
      return { state: "failed", what: `Azure left the binding in state ${live.provisioningState}.`, before: asJson(live) };
    return { state: "in-flight", before: asJson(before) };
  }
  if (before !== null && equals(live, before.sourceResourceId, before.roles)) return { state: "not-begun", before: asJson(live) };
  // A binding that is still being deleted by the step before is not somebody else's change.
  if (before === null && live.provisioningState === "Deleting") return { state: "in-flight", before: asJson(live) };
  return {
    state: "changed",
    what: `The binding ${change.name} now gives ${live.roles.join(", ")} to ${live.sourceResourceId}, which is not what was planned.`,
  };
}

function readDelete(change: BindingChange, live: RoleBinding | null): StepReading {
  if (live === null) return { state: "done", after: null };
  if (live.provisioningState === "Deleting") return { state: "in-flight", before: asJson(live) };
  if (change.before !== null && equals(live, change.before.sourceResourceId, change.before.roles))
    return { state: "not-begun", before: asJson(live) };
  return {
    state: "changed",
    what: `The binding ${change.name} now gives ${live.roles.join(", ")} to ${live.sourceResourceId}, which is not what was approved for removal.`,
  };
}

/** Roles are a set to Azure, and case does not count. */
function equals(live: RoleBinding, sourceResourceId: string, roles: string[]): boolean {
  const key = (list: string[]) => [...new Set(list.map((role) => role.toLowerCase()))].sort().join(",");
  return sameId(live.sourceResourceId, sourceResourceId) && key(live.roles) === key(roles);
}

function asJson(binding: RoleBinding | BindingState): Json {
  return binding === null ? null : { name: binding.name, sourceResourceId: binding.sourceResourceId, roles: binding.roles };
}
