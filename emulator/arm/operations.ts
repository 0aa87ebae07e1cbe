import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Reply } from "../server/exchange";
import type { Binding, Operation, OperationOutcome } from "../state/shapes";
import { keyOf } from "../tenant/ids";
import type { World } from "../world";
import { settleCluster } from "./cluster-reach";
import type { ArmCall } from "./context";
import { ArmError } from "./errors";

/** How long operations take in Azure, ms: a recorded create took 6 min 16 s (azure-powershell, AKS recordings); a delete is set at half of that, a change of a cluster within its two to eight minutes. */
const durations = { put: 376_000, delete: 190_000, cluster: 240_000 } as const;
/** The add-on manager brings changes to the cluster every five minutes. */
const effectCycleMs = 300_000;
const keptMs = 24 * 3_600_000;
/** The operation's own api-version, as recorded: another than the client's. */
const operationApiVersion = "2025-03-01";

/** Begins an operation on a binding or a cluster. */
export function beginOperation(call: ArmCall, kind: Operation["kind"], resourceId: string, location: string): Operation {
  const { world } = call;
  const startedAt = world.clock.now();
  const subscriptionId = resourceId.split("/")[2] ?? "";
  const operation: Operation = {
    id: call.requestId,
    kind,
    resourceId,
    subscriptionId,
    location,
    startedAt,
    endsAt: startedAt + world.clock.scaled(durations[kind]),
    outcome: call.fault?.operation ?? { status: "Succeeded" },
    settled: false,
  };
  world.store.table("operations").set(operation.id, operation);
  return operation;
}

/** Absolute address at which an operation is followed: long, signed, and with its own api-version, as Azure's are. */
export function operationAddress(world: World, operation: Operation, kind: "operations" | "operationresults"): string {
  const path = `/subscriptions/${operation.subscriptionId}/providers/Microsoft.ContainerService/locations/${operation.location}/${kind}/${operation.id}`;
  const signature = signatureOf(world, operation.id, operation.startedAt);
  const query = new URLSearchParams({
    "api-version": operationApiVersion,
    t: String(operation.startedAt),
    c: padding,
    s: signature,
    h: hashOf(signature),
  });
  return `${world.addresses.azure}${path}?${query}`;
}

/** GET …/operations/{id}: `{name, status, startTime, endTime?, error?}`. The signature in the address is the right to read it. */
export function getOperation(call: ArmCall): Reply {
  const operation = operationOf(call);
  const started = iso(operation.startedAt);
  if (!operation.settled) return { status: 200, body: { name: operation.id, status: "InProgress", startTime: started } };
  const { outcome } = operation;
  const error = outcome.status === "Succeeded" ? {} : { error: { code: outcome.code, message: outcome.message } };
  return {
    status: 200,
    body: { name: operation.id, status: outcome.status, startTime: started, endTime: iso(operation.endsAt), ...error },
  };
}

/** GET …/operationresults/{id}: 202 while it runs, then 204 of a delete or the binding of a put. */
export function getOperationResult(call: ArmCall): Reply {
  const operation = operationOf(call);
  if (!operation.settled) return { status: 202, headers: { location: operationAddress(call.world, operation, "operationresults") } };
  if (operation.outcome.status !== "Succeeded") throw new ArmError(409, operation.outcome.code, operation.outcome.message);
  return { status: 204 };
}

/** Brings every operation whose time has come to its end: the binding or cluster gets its state, the cluster itself its later effect. */
export function settleOperations(world: World): void {
  const now = world.clock.now();
  const table = world.store.table("operations");
  for (const [id, operation] of table.entries()) {
    if (operation.settled) {
      if (now - operation.endsAt > keptMs) table.delete(id);
    } else if (operation.endsAt <= now) {
      table.set(id, { ...operation, settled: true });
      settle(world, operation);
    }
  }
}

/** Writes what the cluster itself will hold from a later moment on, at most five (scaled) minutes after ARM. */
export function noteEffect(world: World, binding: Binding, present: boolean, endedAt: number): void {
  const cycle = Number.parseInt(createHash("sha256").update(`${binding.id}:${endedAt}`).digest("hex").slice(0, 6), 16) / 0xffffff;
  const at = endedAt + world.clock.scaled(effectCycleMs * (0.2 + 0.8 * cycle));
  const { id: bindingId, clusterId, name, sourceResourceId, roles } = binding;
  const table = world.store.table("effects");
  const earlier = table.get(keyOf(bindingId))?.changes.slice(-4) ?? [];
  table.set(keyOf(bindingId), { bindingId, clusterId, name, changes: [...earlier, { at, present, sourceResourceId, roles }] });
}

function settle(world: World, operation: Operation): void {
  if (operation.kind === "cluster") return settleCluster(world, operation);
  const table = world.store.table("bindings");
  const key = keyOf(operation.resourceId);
  const binding = table.get(key);
  // Changed by another since: that change has the word.
  if (binding === undefined || binding.operationId !== operation.id) return;
  const { outcome } = operation;
  if (outcome.status !== "Succeeded") return table.set(key, { ...binding, provisioningState: outcome.status, operationId: null });
  if (operation.kind === "delete") table.delete(key);
  else table.set(key, { ...binding, provisioningState: "Succeeded", operationId: null });
  noteEffect(world, binding, operation.kind === "put", operation.endsAt);
}

function operationOf(call: ArmCall): Operation {
  const [, , id = ""] = call.params;
  const operation = call.world.store.table("operations").get(id);
  if (operation === undefined) throw new ArmError(404, "OperationNotFound", `The operation '${id}' could not be found.`);
  const given = call.incoming.query.get("s") ?? "";
  const right = signatureOf(call.world, operation.id, operation.startedAt);
  const fits = given.length === right.length && timingSafeEqual(Buffer.from(given), Buffer.from(right));
  // Azure's words for a changed address are not documented.
  if (!fits || call.incoming.query.get("h") !== hashOf(right))
    throw new ArmError(403, "InvalidOperationAddress", "The signature of the operation address is not valid.");
  return operation;
}

/** An outcome that a fault asks for. */
export function outcomeOf(status: "Failed" | "Canceled", code: string | undefined, message: string | undefined): OperationOutcome {
  if (status === "Canceled")
    return { status, code: code ?? "OperationPreempted", message: message ?? "The operation was preempted by another operation." };
  return { status, code: code ?? "InternalOperationError", message: message ?? "Internal server error." };
}

function signatureOf(world: World, id: string, startedAt: number): string {
  return createHmac("sha512", world.operationSecret).update(`${id}:${startedAt}`).digest("base64url");
}

function hashOf(signature: string): string {
  return createHash("sha256").update(signature).digest("base64url");
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/** Azure puts a certificate chain of some 2.5 KB into the address; a client must carry it as it is. */
const padding = Array.from({ length: 58 }, (_, index) => createHash("sha256").update(`certificate:${index}`).digest("base64url")).join("");
