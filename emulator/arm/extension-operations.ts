import { azuremlNamespace, endObjects, terminateNamespace } from "../kubernetes/objects";
import type { Reply } from "../server/exchange";
import type { ArmOperation, Extension } from "../state/extension-shapes";
import { keyOf } from "../tenant/ids";
import type { World } from "../world";
import { takeEnded } from "./arm-operations";
import type { ArmCall } from "./context";
import { ArmError } from "./errors";
import * as words from "./extension-messages";

/** The agents of the cluster uninstall what ARM has forgotten at their next round, some ten minutes later (AML-Kubernetes, docs), ms. */
const uninstalledMs = 600_000;
/** With `forceDelete` nobody uninstalls: the release stays in the cluster, and its name is in use, for about an hour (AML-Kubernetes, docs), ms. */
const abandonedMs = 3_600_000;

/** What `Azure-AsyncOperation` and `Location` say. The query key of the first is spelled so in the recordings; the second points to the provider's own host. */
export function extensionHeaders(call: ArmCall, extension: Extension, operation: ArmOperation): Record<string, string> {
  const path = `${extension.id}/operations/${operation.id}`;
  const region = call.world.store.table("resources").get(keyOf(extension.clusterId))?.location ?? "";
  const regional = call.world.addresses.azure.replace("//localhost", "//127.0.0.1");
  return {
    "azure-asyncoperation": `${call.world.addresses.azure}${path}?api-Version=${call.apiVersion}`,
    location: `${regional}/regional-provider/${region}${path}?api-Version=${call.apiVersion}`,
    "x-ms-async-operation-timeout": operation.action === "delete" ? "PT1H" : "PT48H",
  };
}

/** GET …/extensions/{name}/operations/{id}: while it runs `status` is `Creating`, `Updating` or `Deleting`. */
export function getExtensionOperation(call: ArmCall): Reply {
  const [, , , name = "", id = ""] = call.params;
  const operation = call.world.store.table("armOperations").get(id);
  if (operation === undefined)
    throw new ArmError(404, "OperationNotFound", `The operation '${id}' of the extension '${name}' could not be found.`);
  const address = `${operation.resourceId}/operations/${id}`;
  if (!operation.settled)
    return {
      status: 200,
      body: { id: address, name: id, status: { create: "Creating", update: "Updating", delete: "Deleting" }[operation.action] },
    };
  const { outcome } = operation;
  const error = outcome.status === "Succeeded" ? {} : { error: { code: outcome.code, message: outcome.message } };
  return { status: 200, body: { id: address, name: id, status: outcome.status, ...error } };
}

/** Brings the operations of extensions whose time has come to their end. */
export function settleExtensions(world: World): void {
  for (const operation of takeEnded(world, /\/providers\/microsoft\.kubernetesconfiguration\/extensions\//)) {
    const extension = world.store.table("extensions").get(keyOf(operation.resourceId));
    // Changed by another since: that change has the word.
    if (extension === undefined || extension.operationId !== operation.id) continue;
    if (operation.action === "delete" && operation.outcome.status === "Succeeded")
      removeExtension(world, extension, operation.endsAt ?? 0, false);
    else world.store.table("extensions").set(keyOf(extension.id), ended(extension, operation));
  }
}

/** The extension is gone from ARM; the cluster follows. `forced`: nobody uninstalls what it left behind. */
export function removeExtension(world: World, extension: Extension, at: number, forced: boolean): void {
  world.store.table("extensions").delete(keyOf(extension.id));
  const gone = at + world.clock.scaled(forced ? abandonedMs : uninstalledMs);
  endObjects(world.store, extension.clusterId, gone, (row) => row.owner === extension.id);
  if (!forced) terminateNamespace(world, extension.clusterId, azuremlNamespace, at, gone);
}

function ended(extension: Extension, operation: ArmOperation): Extension {
  const { outcome } = operation;
  const changedAt = operation.endsAt ?? 0;
  if (outcome.status === "Succeeded")
    return { ...extension, state: "Succeeded", operationId: null, released: extension.settings, statuses: [], error: null, changedAt };
  const innermost = /InnerError \[((?:(?!InnerError).)*?)\]\]\]/s.exec(outcome.message)?.[1] ?? outcome.message;
  const error = words.errorInfo(extension.name, innermost);
  const status = {
    code: error.code,
    displayStatus: "Failed",
    level: "Error" as const,
    message: error.message,
    time: new Date(changedAt).toISOString(),
  };
  return { ...extension, state: outcome.status, operationId: null, statuses: [status], error, changedAt };
}
