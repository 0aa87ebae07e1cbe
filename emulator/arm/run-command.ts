import { usesEntra } from "../kubernetes/access";
import { kubernetesUser } from "../kubernetes/authenticate";
import { run } from "../kubernetes/kubectl";
import { jsonOf, type Reply } from "../server/exchange";
import type { CommandResult, RunCommand } from "../state/kubernetes-shapes";
import type { ArmResource } from "../state/shapes";
import { keyOf } from "../tenant/ids";
import type { World } from "../world";
import { factsOf, usableNodes } from "./cluster-facts";
import { refuseLocked } from "./authorization";
import type { ArmCall } from "./context";
import { ArmError } from "./errors";
import { need } from "./rbac";
import { existing } from "./resources";

const clusterType = "Microsoft.ContainerService/managedClusters";
/** A recorded command ran one second, and its result came some 30 seconds after it was sent; a pod that cannot start is given up after 60. */
const ranMs = 30_000;
const givenUpMs = 60_000;
const keptMs = 3_600_000;
const outputLimit = 512 * 1024;

/** POST …/managedClusters/{cluster}/runCommand: 202 with the address of the result. */
export async function runCommand(call: ArmCall): Promise<Reply> {
  const path = clusterPath(call);
  need(call, `${clusterType}/runcommand/action`, path);
  // A read-only lock stops every POST on what it locks (Microsoft Learn, "Lock your resources").
  refuseLocked(call, path, "write");
  const cluster = existing(call, path, clusterType);
  const { command, clusterToken } = (jsonOf(call.incoming) ?? {}) as { command?: unknown; clusterToken?: unknown };
  if (typeof command !== "string" || command.trim() === "")
    throw new ArmError(400, "InvalidParameter", "The value of parameter command is invalid. Error details: it is required.");
  refuse(cluster);
  // Recorded, with its grammar: Azure/azure-rest-api-specs#22467, #22480.
  if (usesEntra(cluster) && (typeof clusterToken !== "string" || clusterToken === ""))
    throw new ArmError(400, "MissingAADClusterToken", "This cluster have Azure Active Directory enabled, .clusterToken is required.");
  const user = usesEntra(cluster) ? await kubernetesUser(call.world, String(clusterToken)) : null;
  const row = begun(call, cluster, command, user);
  call.world.store.table("runCommands").set(row.id, row);
  call.world.store.flush();
  return { status: 202, headers: { location: resultAddress(call, row) } };
}

/** GET …/commandResults/{id}: 202 while it runs, then 200; a command whose pod did not start has a reason and no exit code. */
export function getCommandResult(call: ArmCall): Reply {
  const path = clusterPath(call);
  need(call, `${clusterType}/commandResults/read`, path);
  const row = call.world.store.table("runCommands").get(call.params[3] ?? "");
  if (row === undefined || row.clusterId !== keyOf(path))
    throw new ArmError(404, "NotFound", `The command result '${call.params[3] ?? ""}' was not found.`);
  if (row.result === null) return { status: 202, headers: { location: resultAddress(call, row) } };
  return { status: 200, body: { id: row.id, properties: row.result } };
}

/** Runs the commands whose time has come. */
export function settleCommands(world: World): void {
  const now = world.clock.now();
  const table = world.store.table("runCommands");
  for (const [id, row] of table.entries()) {
    if (row.endsAt === null || row.endsAt > now) continue;
    if (row.result === null) table.set(id, { ...row, result: resultOf(world, row, row.endsAt) });
    else if (now - row.endsAt > keptMs) table.delete(id);
  }
}

function resultOf(world: World, row: RunCommand, endsAt: number): CommandResult {
  if (row.fails !== null) return { provisioningState: "Failed", reason: row.fails };
  const at = { startedAt: new Date(endsAt - 1000).toISOString(), finishedAt: new Date(endsAt).toISOString() };
  const cluster = world.store.table("resources").get(row.clusterId);
  if (row.user === undefined || cluster === undefined)
    return { provisioningState: "Succeeded", exitCode: 1, ...at, logs: "error: You must be logged in to the server (Unauthorized)\n" };
  const { exitCode, logs } = run({ world, cluster, user: row.user, at: endsAt }, row.command);
  return { provisioningState: "Succeeded", exitCode, ...at, logs: cut(logs) };
}

/** Output ends where its limit is, in the middle of whatever it was. */
function cut(logs: string): string {
  const bytes = Buffer.from(logs);
  return bytes.length <= outputLimit ? logs : bytes.subarray(0, outputLimit).toString("utf8");
}

function begun(call: ArmCall, cluster: ArmResource, command: string, user: RunCommand["user"]): RunCommand {
  const { world, fault } = call;
  const told = fault?.operation?.status === "Failed" ? fault.operation.message : null;
  const fails =
    told ??
    (usableNodes({}, factsOf(cluster).nodes).length === 0
      ? "pod aks-command/command is not scheduled: 0 nodes are available: untolerated taint(s)."
      : null);
  const startedAt = world.clock.now();
  const endsAt = fault?.hang === true ? null : startedAt + world.clock.scaled(fails === null ? ranMs : givenUpMs);
  return { id: call.requestId.replaceAll("-", ""), clusterId: keyOf(cluster.id), command, user, startedAt, endsAt, fails, result: null };
}

/** Codes and words of the first two are not documented. */
function refuse(cluster: ArmResource): void {
  const profile = cluster.properties.apiServerAccessProfile as { disableRunCommand?: boolean } | undefined;
  if (profile?.disableRunCommand === true)
    throw new ArmError(400, "RunCommandDisabled", `The run command of the managed cluster '${cluster.name}' is disabled.`);
  if ((cluster.properties.powerState as { code?: string } | undefined)?.code === "Stopped")
    throw new ArmError(
      400,
      "OperationNotAllowed",
      `Operation is not allowed: managed cluster '${cluster.name}' is in the Stopped power state. Please start the cluster first.`,
    );
}

/** Spelled as in recorded answers: groups and clusters in lower case. */
function resultAddress(call: ArmCall, row: RunCommand): string {
  const [subscriptionId, group, cluster] = call.params;
  return `${call.world.addresses.azure}/subscriptions/${subscriptionId}/resourcegroups/${group}/providers/Microsoft.ContainerService/managedclusters/${cluster}/commandResults/${row.id}?api-version=${call.apiVersion}`;
}

function clusterPath(call: ArmCall): string {
  const [subscriptionId, group, cluster] = call.params;
  return `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/${clusterType}/${cluster}`;
}
