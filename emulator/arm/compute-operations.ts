import type { Reply } from "../server/exchange";
import type { ArmOperation, Compute } from "../state/extension-shapes";
import { keyOf } from "../tenant/ids";
import type { World } from "../world";
import { takeEnded } from "./arm-operations";
import { bindingOf, ownBinding } from "./compute-course";
import type { ArmCall } from "./context";
import { ArmError } from "./errors";
import { noteEffect } from "./operations";

/** The address at which an operation on a compute is followed (AML-Kubernetes#155). */
export function computeHeaders(call: ArmCall, compute: Compute, operation: ArmOperation): Record<string, string> {
  const subscriptionId = compute.id.split("/")[2] ?? "";
  const base = `${call.world.addresses.azure}/subscriptions/${subscriptionId}/providers/Microsoft.MachineLearningServices/locations/${compute.location}`;
  const query = `?api-version=${call.apiVersion}&service=new`;
  return {
    "azure-asyncoperation": `${base}/computeOperationsStatus/${operation.id}${query}`,
    ...(operation.action === "delete" ? { location: `${base}/computeOperationResults/${operation.id}${query}` } : {}),
  };
}

/** GET …/locations/{location}/computeOperationsStatus/{id} */
export function getComputeOperation(call: ArmCall): Reply {
  const operation = operationOf(call);
  if (!operation.settled) return { status: 200, body: { status: "InProgress" } };
  const { outcome } = operation;
  const error = outcome.status === "Succeeded" ? {} : { error: { code: outcome.code, message: outcome.message } };
  return { status: 200, body: { status: outcome.status, ...error } };
}

/** GET …/locations/{location}/computeOperationResults/{id}: 202 while it runs, then 204. */
export function getComputeResult(call: ArmCall): Reply {
  const operation = operationOf(call);
  if (!operation.settled)
    return { status: 202, headers: { location: `${call.world.addresses.azure}${call.incoming.path}?${call.incoming.query}` } };
  if (operation.outcome.status !== "Succeeded") throw new ArmError(409, operation.outcome.code, operation.outcome.message);
  return { status: 204 };
}

/** Brings the operations of computes whose time has come to their end. */
export function settleComputes(world: World): void {
  const table = world.store.table("computes");
  for (const operation of takeEnded(world, /\/computes\//)) {
    const key = keyOf(operation.resourceId);
    const compute = table.get(key);
    // Changed by another since: that change has the word.
    if (compute === undefined || compute.operationId !== operation.id) continue;
    const { outcome } = operation;
    const errors = outcome.status === "Succeeded" ? [] : [{ code: outcome.code, message: outcome.message }];
    if (operation.action === "delete" && outcome.status === "Succeeded") table.delete(key);
    else table.set(key, { ...compute, state: outcome.status, errors, operationId: null, changedAt: operation.endsAt ?? 0 });
    if (operation.action !== "delete" && outcome.status === "Succeeded") bind(world, compute, operation.endsAt ?? 0);
  }
}

/** An attachment makes the binding of its workspace, one for all its computes, unless there is one. */
function bind(world: World, compute: Compute, at: number): void {
  const cluster = world.store.table("resources").get(keyOf(String(compute.body.resourceId)));
  const workspace = world.store.table("resources").get(keyOf(compute.workspaceId));
  if (cluster === undefined || workspace === undefined || bindingOf(world, cluster.id, workspace.id) !== null) return;
  const binding = ownBinding(cluster, workspace);
  world.store.table("bindings").set(keyOf(binding.id), binding);
  noteEffect(world, binding, true, at);
}

function operationOf(call: ArmCall): ArmOperation {
  const [, , id = ""] = call.params;
  const operation = call.world.store.table("armOperations").get(id);
  if (operation === undefined) throw new ArmError(404, "OperationNotFound", `The operation '${id}' could not be found.`);
  return operation;
}
