import type { Reply } from "../server/exchange";
import { groupId, keyOf } from "../tenant/ids";
import type { World } from "../world";
import { beginArmOperation, takeEnded } from "./arm-operations";
import { refuseLocked } from "./authorization";
import type { ArmCall } from "./context";
import { ArmError } from "./errors";
import { need } from "./rbac";

const type = "Microsoft.MachineLearningServices/workspaces";
const deletedMs = 60_000;

/** DELETE …/workspaces/{name}: 202, or 204 where there is none. What it needed stays, and so do the bindings that name it as their source. */
export function deleteWorkspace(call: ArmCall): Reply {
  const [subscriptionId = "", group = "", name = ""] = call.params;
  const path = `${groupId(subscriptionId, group)}/providers/${type}/${name}`;
  need(call, `${type}/delete`, path);
  refuseLocked(call, path, "delete");
  const kept = call.world.store.table("resources").get(keyOf(path));
  if (kept === undefined) return { status: 204 };
  const endsAt = call.fault?.hang === true ? null : call.world.clock.now() + call.world.clock.scaled(deletedMs);
  const operation = beginArmOperation(
    call.world,
    call.requestId,
    kept.id,
    "delete",
    endsAt,
    call.fault?.operation ?? { status: "Succeeded" },
  );
  call.world.store.table("resources").set(keyOf(path), { ...kept, properties: { ...kept.properties, provisioningState: "Deleting" } });
  call.world.store.flush();
  const base = `${call.world.addresses.azure}/subscriptions/${subscriptionId}/providers/Microsoft.MachineLearningServices/locations/${kept.location ?? ""}`;
  return {
    status: 202,
    headers: { "azure-asyncoperation": `${base}/workspaceOperationsStatus/${operation.id}?api-version=${call.apiVersion}` },
  };
}

/** GET …/locations/{location}/workspaceOperationsStatus/{id} */
export function getWorkspaceOperation(call: ArmCall): Reply {
  const operation = call.world.store.table("armOperations").get(call.params[2] ?? "");
  if (operation === undefined) throw new ArmError(404, "OperationNotFound", `The operation '${call.params[2] ?? ""}' could not be found.`);
  if (!operation.settled) return { status: 200, body: { status: "InProgress" } };
  const { outcome } = operation;
  return {
    status: 200,
    body: {
      status: outcome.status,
      ...(outcome.status === "Succeeded" ? {} : { error: { code: outcome.code, message: outcome.message } }),
    },
  };
}

/** Brings the deletions of workspaces whose time has come to their end; their computes go with them. */
export function settleWorkspaces(world: World): void {
  for (const operation of takeEnded(world, /\/workspaces\/[^/]+$/)) {
    const key = keyOf(operation.resourceId);
    const kept = world.store.table("resources").get(key);
    if (kept === undefined) continue;
    const failed = operation.outcome.status !== "Succeeded";
    if (failed) world.store.table("resources").set(key, { ...kept, properties: { ...kept.properties, provisioningState: "Failed" } });
    else world.store.table("resources").delete(key);
    const computes = world.store.table("computes");
    if (!failed) for (const id of computes.keys()) if (id.startsWith(`${key}/`)) computes.delete(id);
  }
}
