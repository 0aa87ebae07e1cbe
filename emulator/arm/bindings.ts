import type { Reply } from "../server/exchange";
import { jsonOf } from "../server/exchange";
import type { ArmResource, Binding } from "../state/shapes";
import { keyOf } from "../tenant/ids";
import { knobsOf } from "../world";
import { refuseLocked } from "./authorization";
import { checkBinding, readBindingBody, slotsPerCluster } from "./binding-rules";
import type { ArmCall } from "./context";
import { ArmError } from "./errors";
import { beginOperation, operationAddress } from "./operations";
import { page } from "./paging";
import { need } from "./rbac";
import { existing } from "./resources";

const clusterType = "Microsoft.ContainerService/managedClusters";
const bindingType = `${clusterType}/trustedAccessRoleBindings`;

/** GET …/managedClusters/{cluster}/trustedAccessRoleBindings */
export function listBindings(call: ArmCall): Reply {
  const cluster = clusterPath(call);
  need(call, `${bindingType}/read`, cluster);
  existing(call, cluster, clusterType);
  const rows = bindingsOf(call, cluster).map(shown);
  return { status: 200, body: page(call, rows, knobsOf(call.world).listPageSize) };
}

/** GET …/trustedAccessRoleBindings/{name} */
export function getBinding(call: ArmCall): Reply {
  const id = bindingPath(call);
  need(call, `${bindingType}/read`, id);
  existing(call, clusterPath(call), clusterType);
  const binding = call.fault?.stale === true ? call.world.faults.before(keyOf(id), kept(call, id)) : kept(call, id);
  if (binding === undefined) throw absent(call);
  return { status: 200, body: shown(binding) };
}

/**
 * PUT …/trustedAccessRoleBindings/{name}: always 201, new or not, with `Azure-AsyncOperation` and neither `Location` nor `Retry-After`
 * (recorded with api-version 2025-08-01). The body shows the new state, `Updating`.
 */
export function putBinding(call: ArmCall): Reply {
  const id = bindingPath(call);
  need(call, `${bindingType}/write`, id);
  refuseLocked(call, id, "write");
  const cluster = parent(call, "write");
  const body = readBindingBody(jsonOf(call.incoming));
  const before = kept(call, id);
  checkBinding(call, cluster, call.params[3] ?? "", body);
  refuseBusy(cluster, before, "PUT");
  if (before === undefined && bindingsOf(call, cluster.id).length >= slotsPerCluster) throw noSlotLeft();
  const operation = beginOperation(call, "put", before?.id ?? bindingIdOf(cluster, call), cluster.location ?? "");
  const binding: Binding = {
    id: operation.resourceId,
    name: before?.name ?? call.params[3] ?? "",
    clusterId: cluster.id,
    sourceResourceId: body.sourceResourceId,
    roles: body.roles,
    provisioningState: "Updating",
    operationId: operation.id,
  };
  write(call, id, before, binding);
  return { status: 201, headers: { "azure-asyncoperation": operationAddress(call.world, operation, "operations") }, body: shown(binding) };
}

/** DELETE …/trustedAccessRoleBindings/{name}: 202 with `Azure-AsyncOperation` and `Location`, or 204 where there is none. */
export function deleteBinding(call: ArmCall): Reply {
  const id = bindingPath(call);
  need(call, `${bindingType}/delete`, id);
  refuseLocked(call, id, "delete");
  const cluster = parent(call, "delete");
  const before = kept(call, id);
  if (before === undefined) return { status: 204 };
  refuseBusy(cluster, before, "DELETE");
  const operation = beginOperation(call, "delete", before.id, cluster.location ?? "");
  write(call, id, before, { ...before, provisioningState: "Deleting", operationId: operation.id });
  const headers = {
    "azure-asyncoperation": operationAddress(call.world, operation, "operations"),
    location: operationAddress(call.world, operation, "operationresults"),
  };
  return { status: 202, headers };
}

function write(call: ArmCall, id: string, before: Binding | undefined, binding: Binding): void {
  call.world.faults.remember(keyOf(id), before);
  call.world.store.table("bindings").set(keyOf(id), binding);
  // A write is answered only when it will survive the end of this process.
  call.world.store.flush();
}

function bindingsOf(call: ArmCall, cluster: string): Binding[] {
  const table = call.world.store.table("bindings");
  const found = table.below(keyOf(cluster)).map((key) => {
    const binding = table.get(key);
    return call.fault?.stale === true ? call.world.faults.before(key, binding) : binding;
  });
  return found.filter((one): one is Binding => one !== undefined).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function kept(call: ArmCall, id: string): Binding | undefined {
  return call.world.store.table("bindings").get(keyOf(id));
}

function parent(call: ArmCall, change: "write" | "delete"): ArmResource {
  const path = clusterPath(call);
  const cluster = call.world.store.table("resources").get(keyOf(path));
  if (cluster !== undefined) return cluster;
  if (change === "delete") return existing(call, path, clusterType);
  throw new ArmError(
    404,
    "ParentResourceNotFound",
    `Failed to perform 'write' on resource(s) of type 'managedClusters/trustedAccessRoleBindings', because the parent resource '${path}' could not be found.`,
  );
}

/** Codes and words for a cluster or a binding that is busy are not documented: the usual ones of AKS are taken. */
function refuseBusy(cluster: ArmResource, binding: Binding | undefined, method: string): void {
  const power = (cluster.properties.powerState as { code?: string } | undefined)?.code;
  const state = String(cluster.properties.provisioningState);
  if (power === "Stopped") {
    throw new ArmError(
      400,
      "OperationNotAllowed",
      `Operation is not allowed: managed cluster '${cluster.name}' is in the Stopped power state. Please start the cluster first.`,
    );
  }
  if (state !== "Succeeded" && state !== "Failed") {
    throw new ArmError(
      409,
      "OperationNotAllowed",
      `Operation is not allowed because there's an in progress operation (${state}) on the managed cluster '${cluster.name}'. Please wait for it to finish before starting a new operation.`,
    );
  }
  if (binding?.provisioningState === "Updating" || binding?.provisioningState === "Deleting") {
    throw new ArmError(
      409,
      "OperationNotAllowed",
      `Operation ${method} is not allowed because there's an in progress operation (${binding.provisioningState}) on the trusted access role binding '${binding.name}'.`,
    );
  }
}

/** AKS documents a limit of eight bindings per cluster; the code and the words of its refusal are not known. */
function noSlotLeft(): ArmError {
  return new ArmError(
    400,
    "TrustedAccessRoleBindingLimitExceeded",
    `The number of trusted access role bindings of a managed cluster cannot exceed ${slotsPerCluster}.`,
  );
}

function absent(call: ArmCall): ArmError {
  return new ArmError(
    404,
    "NotFound",
    `The trusted access role binding '${call.params[3] ?? ""}' of managed cluster '${call.params[2] ?? ""}' was not found.`,
  );
}

function clusterPath(call: ArmCall): string {
  const [subscriptionId, group, cluster] = call.params;
  return `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/${clusterType}/${cluster}`;
}

function bindingPath(call: ArmCall): string {
  return `${clusterPath(call)}/trustedAccessRoleBindings/${call.params[3]}`;
}

function bindingIdOf(cluster: ArmResource, call: ArmCall): string {
  return `${cluster.id}/trustedAccessRoleBindings/${call.params[3]}`;
}

/** As AKS answers: no `systemData`, so nobody can tell from ARM who made a binding. */
function shown(binding: Binding): object {
  const { id, name, provisioningState, roles, sourceResourceId } = binding;
  return { id, name, type: bindingType, properties: { provisioningState, roles, sourceResourceId } };
}
