import type { PlanStep } from "@/lib/plans/plan";
import { listText, roleWords, sourceWords } from "./source-words";

/** Azure actions of the two writes (resource provider operations of Microsoft.ContainerService). */
export const writeAction = "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings/write";
export const deleteAction = "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings/delete";

// The one create whose times are recorded took 6 min 16 s (Azure/azure-powershell, Aks.Autorest recordings); deletes are taken for alike.
const expectSeconds = { typical: 376, worst: 1200 };

type Where = { clusterId: string; clusterName: string; bindingName: string; bindingId: string; apiVersion: string };
type Grant = { sourceResourceId: string; roles: string[] };

/** The one call that writes a binding: it sets source and roles as a whole. `before`: what to put back to undo it; null: nothing was there. */
export function putStep(where: Where, grant: Grant, before: Grant | null, afterDelete = false): PlanStep {
  const gives = `${roleWords(grant.roles)} for ${sourceWords(grant.sourceResourceId)}`;
  const verb = before === null || afterDelete ? "Create" : "Change";
  return {
    id: "put-binding",
    title: `${verb} the role binding ${where.bindingName} on ${where.clusterName}`,
    subject: `the role binding ${where.bindingName}`,
    via: "arm",
    method: "PUT",
    resourceId: where.bindingId,
    apiVersion: where.apiVersion,
    body: { properties: { sourceResourceId: grant.sourceResourceId, roles: grant.roles } },
    action: writeAction,
    scope: where.clusterId,
    readsFirst: readsBeforePut(where, afterDelete ? null : before),
    doneWhen: `Azure's operation succeeded and the binding reads back as ${gives}, in state Succeeded. Kubernetes follows within minutes.`,
    undo: undoOfPut(where, before),
    expectSeconds,
  };
}

function readsBeforePut(where: Where, before: Grant | null): string {
  if (before === null) return `The binding ${where.bindingName}: it must not be there. If it already is as planned, nothing is written.`;
  return `The binding ${where.bindingName}: it must still give ${roleWords(before.roles)} to ${sourceWords(before.sourceResourceId)}. If it already is as planned, nothing is written.`;
}

function undoOfPut(where: Where, before: Grant | null): string {
  if (before === null) return `Revoke the binding ${where.bindingName}.`;
  return `Change the binding ${where.bindingName} back: ${roleWords(before.roles)} for ${sourceWords(before.sourceResourceId)}.`;
}

/** The one call that removes a binding. */
export function deleteStep(where: Where, before: Grant | null): PlanStep {
  const had = before === null ? "" : `, and must still give ${roleWords(before.roles)} to ${sourceWords(before.sourceResourceId)}`;
  return {
    id: "delete-binding",
    title: `Delete the role binding ${where.bindingName} on ${where.clusterName}`,
    subject: `the role binding ${where.bindingName}`,
    via: "arm",
    method: "DELETE",
    resourceId: where.bindingId,
    apiVersion: where.apiVersion,
    body: null,
    action: deleteAction,
    scope: where.clusterId,
    readsFirst: `The binding ${where.bindingName}: it must be there${had}. If it is gone, nothing is written.`,
    doneWhen: `Azure's operation succeeded and the binding can no longer be found. Kubernetes follows within minutes.`,
    undo: before === null ? "Grant the binding again." : `Grant it again: ${listText(before.roles)} for ${before.sourceResourceId}.`,
    expectSeconds,
  };
}
