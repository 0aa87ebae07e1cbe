import { endObjects } from "../kubernetes/objects";
import { jsonOf, type Reply } from "../server/exchange";
import type { ArmOperation, Extension } from "../state/extension-shapes";
import type { ArmResource } from "../state/shapes";
import { keyOf } from "../tenant/ids";
import { knobsOf } from "../world";
import { beginArmOperation } from "./arm-operations";
import { refuseLocked } from "./authorization";
import type { ArmCall } from "./context";
import { ArmError } from "./errors";
import { checkVersion, type ExtensionBody, readExtensionBody, versionOf } from "./extension-body";
import { foresee } from "./extension-health";
import { extensionHeaders, removeExtension } from "./extension-operations";
import { shownExtension } from "./extension-shown";
import { roll } from "./extension-rollout";
import { page } from "./paging";
import { need } from "./rbac";
import { existing } from "./resources";

const type = "Microsoft.KubernetesConfiguration/extensions";
const clusterType = "Microsoft.ContainerService/managedClusters";
const azureml = "Microsoft.AzureML.Kubernetes";
const deletingMs = 30_000;

/** GET …/managedClusters/{cluster}/providers/Microsoft.KubernetesConfiguration/extensions */
export function listExtensions(call: ArmCall): Reply {
  const cluster = clusterPath(call);
  need(call, `${type}/read`, cluster);
  const { id } = existing(call, cluster, clusterType);
  const rows = [...call.world.store.table("extensions").values()].filter((one) => one.clusterId === keyOf(id));
  rows.sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    status: 200,
    body: page(
      call,
      rows.map((one) => shownExtension(one, call.apiVersion)),
      knobsOf(call.world).listPageSize,
    ),
  };
}

/** GET …/extensions/{name} */
export function getExtension(call: ArmCall): Reply {
  need(call, `${type}/read`, extensionPath(call));
  existing(call, clusterPath(call), clusterType);
  return { status: 200, body: shownExtension(kept(call) ?? absent(call), call.apiVersion) };
}

/** PUT …/extensions/{name}: 201 with an operation whether it is new or not; what fails, fails in the operation. */
export function putExtension(call: ArmCall): Reply {
  const cluster = writable(call, "write");
  const body = readExtensionBody(jsonOf(call.incoming));
  const before = kept(call);
  refuseBusy(before);
  if (body.extensionType?.toLowerCase() !== azureml.toLowerCase())
    throw new ArmError(
      400,
      "ExtensionTypeNotFound",
      `The extension type '${body.extensionType ?? ""}' is not one that the local Azure offers; it offers ${azureml}.`,
    );
  const extension = made(call, cluster, body, before);
  return begin(call, cluster, extension, before?.released == null ? "create" : "update", 201);
}

/**
 * PATCH …/extensions/{name}: 202. Settings are merged; protected settings are replaced as a whole, so that one left out is deleted
 * (azure-aks-docs, articles/aks/deploy-extensions-az-cli.md).
 */
export function patchExtension(call: ArmCall): Reply {
  const cluster = writable(call, "write");
  const body = readExtensionBody(jsonOf(call.incoming));
  const before = kept(call) ?? absent(call);
  refuseBusy(before);
  const merged: ExtensionBody = {
    ...before,
    ...body,
    settings: { ...before.settings, ...body.settings },
    protectedSettings: body.protectedSettings ?? before.protectedSettings,
    extensionType: before.extensionType,
    identity: body.identity ?? before.identity ?? undefined,
  };
  return begin(call, cluster, made(call, cluster, merged, before), "update", 202);
}

/** DELETE …/extensions/{name}: 202 and an operation, 200 at once with `forceDelete=true`, 204 where there is none. */
export function deleteExtension(call: ArmCall): Reply {
  need(call, `${type}/delete`, extensionPath(call));
  refuseLocked(call, extensionPath(call), "delete");
  existing(call, clusterPath(call), clusterType);
  const before = kept(call);
  if (before === undefined) return { status: 204 };
  if (call.incoming.query.get("forceDelete")?.toLowerCase() === "true") {
    removeExtension(call.world, before, call.world.clock.now(), true);
    call.world.store.flush();
    return { status: 200 };
  }
  if (before.state === "Deleting") refuseBusy(before);
  const endsAt = call.fault?.hang === true ? null : call.world.clock.now() + call.world.clock.scaled(deletingMs);
  const outcome = call.fault?.operation ?? { status: "Succeeded" as const };
  const operation = beginArmOperation(call.world, call.requestId, before.id, "delete", endsAt, outcome);
  save(call, { ...before, state: "Deleting", operationId: operation.id });
  return { status: 202, headers: extensionHeaders(call, before, operation) };
}

function begin(call: ArmCall, cluster: ArmResource, extension: Extension, action: ArmOperation["action"], status: 201 | 202): Reply {
  const { world } = call;
  const course = foresee(world, cluster, extension);
  // What an earlier attempt left gives way to this one, unless this one comes to nothing because of it.
  if (extension.released === null && course.kind !== "blocked")
    endObjects(world.store, cluster.id, world.clock.now(), (row) => row.owner === extension.id);
  const end = roll(world, cluster, extension, course, {
    hangs: call.fault?.hang === true,
    outcome: call.fault?.operation,
    health: call.fault?.health,
  });
  const operation = beginArmOperation(world, call.requestId, extension.id, action, end.at, call.fault?.operation ?? end.outcome);
  const begun: Extension = { ...extension, state: action === "create" ? "Creating" : "Updating", operationId: operation.id };
  save(call, begun);
  return { status, headers: extensionHeaders(call, begun, operation), body: shownExtension(begun, call.apiVersion) };
}

function made(call: ArmCall, cluster: ArmResource, body: ExtensionBody, before: Extension | undefined): Extension {
  const name = before?.name ?? call.params[3] ?? "";
  const now = call.world.clock.now();
  const version = body.version ?? null;
  const automatic = body.autoUpgradeMinorVersion ?? true;
  const train = body.releaseTrain ?? "Stable";
  checkVersion(version, automatic);
  return {
    id: before?.id ?? `${cluster.id}/providers/${type}/${name}`,
    name,
    clusterId: keyOf(cluster.id),
    extensionType: azureml,
    autoUpgradeMinorVersion: automatic,
    releaseTrain: train,
    version,
    currentVersion: versionOf(version, train),
    releaseNamespace: "azureml",
    settings: body.settings ?? {},
    protectedSettings: body.protectedSettings ?? {},
    identity: body.identity ?? before?.identity ?? null,
    state: "Creating",
    operationId: null,
    released: before?.released ?? null,
    statuses: [],
    error: null,
    createdAt: before?.createdAt ?? now,
    changedAt: now,
  };
}

function writable(call: ArmCall, change: "write"): ArmResource {
  const path = extensionPath(call);
  need(call, `${type}/${change}`, path);
  refuseLocked(call, path, change);
  const cluster = existing(call, clusterPath(call), clusterType);
  if ((cluster.properties.powerState as { code?: string } | undefined)?.code === "Stopped")
    // Azure's words for a stopped cluster are not documented.
    throw new ArmError(409, "ClusterNotRunning", `The managed cluster '${cluster.name}' is not running.`);
  return cluster;
}

function refuseBusy(before: Extension | undefined): void {
  if (before?.operationId == null) return;
  throw new ArmError(
    409,
    "OperationInProgress",
    `An operation (${before.state}) is in progress on the extension '${before.name}'. Please wait for it to finish.`,
  );
}

function save(call: ArmCall, extension: Extension): void {
  call.world.store.table("extensions").set(keyOf(extension.id), extension);
  call.world.store.flush();
}

function kept(call: ArmCall): Extension | undefined {
  return call.world.store.table("extensions").get(keyOf(extensionPath(call)));
}

function absent(call: ArmCall): never {
  throw new ArmError(
    404,
    "ResourceNotFound",
    `The Resource '${type}/${call.params[3] ?? ""}' under resource '${clusterPath(call)}' was not found.`,
  );
}

function clusterPath(call: ArmCall): string {
  const [subscriptionId, group, cluster] = call.params;
  return `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/${clusterType}/${cluster}`;
}

function extensionPath(call: ArmCall): string {
  return `${clusterPath(call)}/providers/${type}/${call.params[3]}`;
}
