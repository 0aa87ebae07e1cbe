import { randomUUID } from "node:crypto";
import { jsonOf, type Reply } from "../server/exchange";
import type { ArmResource } from "../state/shapes";
import { keyOf } from "../tenant/ids";
import { refuseLocked } from "./authorization";
import { replacedCluster } from "./cluster-body";
import { rememberReach } from "./cluster-reach";
import type { ArmCall } from "./context";
import { ArmError, GuardError } from "./errors";
import { refuseUnmatched } from "./etags";
import { beginOperation, operationAddress } from "./operations";
import { need } from "./rbac";
import { existing } from "./resources";

const clusterType = "Microsoft.ContainerService/managedClusters";

/**
 * PUT of a cluster: the body replaces it. 200 with `Azure-AsyncOperation`, the new state and `Updating`; its authorized IP ranges reach the API
 * server within two minutes after the operation's end. The local Azure makes no new clusters.
 */
export function putCluster(call: ArmCall): Reply {
  const kept = forWrite(call);
  if (kept === undefined) throw new GuardError("The local Azure makes no managed clusters; it changes those that it has.");
  refuseUnready(kept);
  const changed = replacedCluster(kept, jsonOf(call.incoming));
  rememberReach(call.world, kept);
  const operation = beginOperation(call, "cluster", kept.id, kept.location ?? "");
  const body = { ...changed, properties: { ...changed.properties, provisioningState: "Updating" } };
  write(call, body);
  return { status: 200, headers: { "azure-asyncoperation": operationAddress(call.world, operation, "operations") }, body };
}

/** PATCH of a cluster: its tags, and nothing else that the body says (azure-rest-api-specs, TagsObject). Done at once. */
export function patchCluster(call: ArmCall): Reply {
  const kept = forWrite(call) ?? existing(call, clusterPath(call), clusterType);
  refuseUnready(kept);
  const { tags } = (jsonOf(call.incoming) ?? {}) as { tags?: Record<string, string> | null };
  const body = { ...kept, tags: tags ?? {}, eTag: randomUUID() };
  write(call, body);
  return { status: 200, body };
}

function forWrite(call: ArmCall): ArmResource | undefined {
  const id = clusterPath(call);
  need(call, `${clusterType}/write`, id);
  refuseLocked(call, id, "write");
  const kept = call.world.store.table("resources").get(keyOf(id));
  refuseUnmatched(call, kept);
  return kept;
}

/**
 * Throws while another operation runs, in AKS's words (Azure/terraform-azurerm-avm-ptn-aks-production#25), and for a stopped cluster, in words that
 * are not recorded. Whether an operation on a role binding stands in the way of one on its cluster is not known: here it does not.
 */
function refuseUnready(cluster: ArmResource): void {
  const state = String(cluster.properties.provisioningState);
  if (!["Succeeded", "Failed", "Canceled"].includes(state)) {
    throw new ArmError(
      409,
      "OperationNotAllowed",
      `Operation is not allowed: Another operation (${state}) is in progress, please wait for it to finish before starting a new operation. See https://aka.ms/aks-pending-operation for more details`,
    );
  }
  if ((cluster.properties.powerState as { code?: string } | undefined)?.code !== "Stopped") return;
  throw new ArmError(
    400,
    "OperationNotAllowed",
    `Operation is not allowed: managed cluster '${cluster.name}' is in the Stopped power state. Please start the cluster first.`,
  );
}

function write(call: ArmCall, changed: ArmResource): void {
  call.world.store.table("resources").set(keyOf(changed.id), changed);
  // A write is answered only when it will survive the end of this process.
  call.world.store.flush();
}

function clusterPath(call: ArmCall): string {
  const [subscriptionId, group, name] = call.params;
  return `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/${clusterType}/${name}`;
}
