import { deleteRoleBinding, getRoleBinding, putRoleBinding } from "@/lib/azure/trusted-access";
import type { AzureCaller, RoleBinding } from "@/lib/azure/types";
import { BinderyError } from "@/lib/kernel/errors";
import type { Json } from "@/lib/kernel/json";
import { sameId } from "@/lib/kernel/resource-id";
import type { BindingState, Plan, PlanStep } from "@/lib/plans/plan";
import type { StepReading, StepRunner } from "@/lib/runs/steps";
import { recordApproval, recordReadBack } from "./store";

type BindingBody = { properties: { sourceResourceId: string; roles: string[] } };

/** The steps of every plan on role bindings: one PUT, one DELETE, or a DELETE followed by a PUT. */
export const bindingSteps: StepRunner = {
  async read(caller, plan, step) {
    const live = await liveBinding(caller, step.resourceId);
    return step.method === "PUT" ? readPut(plan, step, live) : readDelete(plan, live);
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
    if (step.method === "PUT") await recordApproval(tx, run, plan);
  },
  async confirmed(tx, run, plan) {
    await recordApproval(tx, run, plan);
    await recordReadBack(tx, run, plan);
  },
};

/** The live binding, or null when it is proven absent. Throws when it cannot be read: an unreadable binding is never taken for an absent one. */
async function liveBinding(caller: AzureCaller, bindingId: string): Promise<RoleBinding | null> {
  const read = await getRoleBinding(caller, bindingId);
  if (read.state === "ok") return read.value;
  if (read.state === "absent") return null;
  if (read.state === "no-permission") throw new BinderyError("rights_needed", read.message, { action: read.action, scope: read.scope });
  if (read.state === "sign-in") throw new BinderyError("sign_in_needed", read.message, { claims: read.claims });
  throw new BinderyError("azure_unavailable", read.message, { azureCode: read.azureCode });
}

function readPut(plan: Plan, step: PlanStep, live: RoleBinding | null): StepReading {
  const wanted = (step.body as BindingBody).properties;
  const before = plan.steps.some((other) => other.method === "DELETE") ? null : plan.before;
  if (live === null)
    return before === null
      ? { state: "not-begun", before: null }
      : { state: "changed", what: `The binding ${plan.target.bindingName} was removed by somebody else.` };
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
    what: `The binding ${plan.target.bindingName} now gives ${live.roles.join(", ")} to ${live.sourceResourceId}, which is not what was planned.`,
  };
}

function readDelete(plan: Plan, live: RoleBinding | null): StepReading {
  if (live === null) return { state: "done", after: null };
  if (live.provisioningState === "Deleting") return { state: "in-flight", before: asJson(live) };
  if (plan.before !== null && equals(live, plan.before.sourceResourceId, plan.before.roles))
    return { state: "not-begun", before: asJson(live) };
  return {
    state: "changed",
    what: `The binding ${plan.target.bindingName} now gives ${live.roles.join(", ")} to ${live.sourceResourceId}, which is not what was approved for removal.`,
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
