import { jsonOf, type Reply } from "../server/exchange";
import type { Compute } from "../state/extension-shapes";
import type { ArmResource } from "../state/shapes";
import { guidOf, keyOf, tenantId } from "../tenant/ids";
import { knobsOf } from "../world";
import { beginArmOperation } from "./arm-operations";
import { refuseLocked } from "./authorization";
import { type Body, invalid, namespaceOf, readBody, shown } from "./compute-body";
import { bindingOf, foreseeAttach } from "./compute-course";
import { computeHeaders } from "./compute-operations";
import type { ArmCall } from "./context";
import { ArmError, GuardError } from "./errors";
import { page } from "./paging";
import { need } from "./rbac";
import { existing } from "./resources";

const workspaceType = "Microsoft.MachineLearningServices/workspaces";
const type = `${workspaceType}/computes`;
const detachedMs = 60_000;

/** GET …/workspaces/{workspace}/computes */
export function listComputes(call: ArmCall): Reply {
  const path = workspacePath(call);
  need(call, `${type}/read`, path);
  const { id } = existing(call, path, workspaceType);
  const rows = [...call.world.store.table("computes").values()].filter((one) => keyOf(one.workspaceId) === keyOf(id));
  rows.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { status: 200, body: page(call, rows.map(shown), knobsOf(call.world).listPageSize) };
}

/** GET …/computes/{name} */
export function getCompute(call: ArmCall): Reply {
  need(call, `${type}/read`, computePath(call));
  existing(call, workspacePath(call), workspaceType);
  const compute = kept(call);
  if (compute === undefined)
    throw new ArmError(404, "ResourceNotFound", `Compute '${call.params[3] ?? ""}' was not found in workspace '${call.params[2] ?? ""}'.`);
  return { status: 200, body: shown(compute) };
}

/**
 * PUT …/computes/{name}: attaches a Kubernetes cluster. 201 where it is new, 200 where it is there. Whether the namespace exists is not asked:
 * jobs wait for ever where it does not.
 */
export function putCompute(call: ArmCall): Reply {
  const path = computePath(call);
  need(call, `${type}/write`, path);
  refuseLocked(call, path, "write");
  const workspace = existing(call, workspacePath(call), workspaceType);
  const body = readBody(jsonOf(call.incoming));
  const clusterId = String(body.properties.resourceId);
  need(call, "Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action", clusterId);
  const before = kept(call);
  refuseOther(before, body.properties);
  refuseStaticCredential(call, clusterId, workspace);
  const compute = made(call, workspace, body, before);
  const course = foreseeAttach(call.world, workspace, compute);
  const endsAt = call.fault?.hang === true ? null : call.world.clock.now() + call.world.clock.scaled(course.after);
  const action = before === undefined ? "create" : "update";
  const operation = beginArmOperation(call.world, call.requestId, compute.id, action, endsAt, call.fault?.operation ?? course.outcome);
  const begun: Compute = { ...compute, state: before === undefined ? "Creating" : "Updating", operationId: operation.id };
  save(call, begun);
  return { status: before === undefined ? 201 : 200, headers: computeHeaders(call, begun, operation), body: shown(begun) };
}

/**
 * DELETE …/computes/{name}?underlyingResourceAction=Detach: 202, or 204 where there is none. `Delete` would delete the cluster behind a legacy
 * compute: it is refused here whatever the real one would do.
 */
export function detachCompute(call: ArmCall): Reply {
  const action = call.incoming.query.get("underlyingResourceAction");
  if (action?.toLowerCase() === "delete")
    throw new GuardError(
      "The local Azure refuses underlyingResourceAction=Delete: it can delete the cluster itself. Detach is the one to ask for.",
    );
  if (action?.toLowerCase() !== "detach")
    throw new ArmError(400, "BadRequest", "The query parameter underlyingResourceAction is required: Detach or Delete.");
  need(call, `${type}/delete`, computePath(call));
  refuseLocked(call, computePath(call), "delete");
  existing(call, workspacePath(call), workspaceType);
  const before = kept(call);
  if (before === undefined) return { status: 204 };
  const endsAt = call.fault?.hang === true ? null : call.world.clock.now() + call.world.clock.scaled(detachedMs);
  const operation = beginArmOperation(
    call.world,
    call.requestId,
    before.id,
    "delete",
    endsAt,
    call.fault?.operation ?? { status: "Succeeded" },
  );
  save(call, { ...before, state: "Deleting", operationId: operation.id });
  return { status: 202, headers: computeHeaders(call, before, operation) };
}

/** A compute that is there keeps its cluster and its namespace; to change them it is detached and attached again. */
function refuseOther(before: Compute | undefined, properties: Record<string, unknown>): void {
  if (before === undefined) return;
  if (before.operationId !== null)
    throw new ArmError(409, "Conflict", `An operation (${before.state}) is in progress on the compute '${before.name}'.`);
  const same =
    keyOf(String(before.body.resourceId)) === keyOf(String(properties.resourceId)) && namespaceOf(before.body) === namespaceOf(properties);
  if (!same && before.state === "Succeeded")
    throw invalid(
      `The compute '${before.name}' is attached to another cluster or namespace. Detach it and attach it again to change them.`,
    );
}

/** Without a binding the workspace asks for a static credential, which a cluster without local accounts does not give (AML-Kubernetes#261). */
function refuseStaticCredential(call: ArmCall, clusterId: string, workspace: ArmResource): void {
  const cluster = call.world.store.table("resources").get(keyOf(clusterId));
  if (cluster?.properties.disableLocalAccounts !== true) return;
  if (bindingOf(call.world, clusterId, workspace.id)?.provisioningState === "Succeeded") return;
  throw invalid(
    "Failed to get static credential: Getting static credential is not allowed because this cluster is set to disable local accounts.",
  );
}

function made(call: ArmCall, workspace: ArmResource, body: Body, before: Compute | undefined): Compute {
  const now = call.world.clock.now();
  const name = before?.name ?? call.params[3] ?? "";
  const id = before?.id ?? `${workspace.id}/computes/${name}`;
  const identity =
    body.identity === null
      ? null
      : { ...body.identity, ...(/SystemAssigned/.test(body.identity.type) ? { principalId: guidOf(`principal:${id}`), tenantId } : {}) };
  return {
    id,
    name,
    workspaceId: workspace.id,
    location: (body.location ?? workspace.location ?? "").toLowerCase().replaceAll(" ", ""),
    identity,
    body: body.properties,
    state: "Creating",
    errors: [],
    operationId: null,
    createdAt: before?.createdAt ?? now,
    changedAt: now,
  };
}

function save(call: ArmCall, compute: Compute): void {
  call.world.store.table("computes").set(keyOf(compute.id), compute);
  call.world.store.flush();
}

function kept(call: ArmCall): Compute | undefined {
  return call.world.store.table("computes").get(keyOf(computePath(call)));
}

function workspacePath(call: ArmCall): string {
  const [subscriptionId, group, workspace] = call.params;
  return `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/${workspaceType}/${workspace}`;
}

function computePath(call: ArmCall): string {
  return `${workspacePath(call)}/computes/${call.params[3]}`;
}
