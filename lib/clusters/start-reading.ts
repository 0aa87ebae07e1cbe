import { appendAudit } from "@/lib/audit/append";
import { type Actor, holds, mayAsk } from "@/lib/auth/actor";
import { startReadCommand } from "@/lib/azure/run-command";
import { textOf } from "@/lib/azure/read-commands";
import { transaction } from "@/lib/db/client";
import type { Answer, BodyOut, ParamsOf } from "@/lib/http/contract";
import { BinderyError, isBinderyError } from "@/lib/kernel/errors";
import { idKey } from "@/lib/kernel/resource-id";
import { clusterAt } from "./one";
import { commandObstacle, commandsOf, shapeOf } from "./reading";
import { beginReading, dropReading, keepAddresses, readingOf } from "./reading-store";

type Key = "POST /api/v1/clusters/{subscription}/{group}/{name}/readings";

/**
 * Starts the fixed commands of a reading in the cluster, as this person, and puts on record who ran what where. One that was started less than
 * a minute ago is given instead. Throws `forbidden` without a portal role that asks or decides, `not_found` for a cluster that Azure does not
 * show, `conflict` where no command can run, and what Azure says of the start.
 */
export async function startReading(
  actor: Actor,
  params: ParamsOf<Key>,
  { what }: BodyOut<Key>,
  correlationId: string,
): Promise<Answer<Key>> {
  if (!mayAsk(actor) && !holds(actor, "Administrator"))
    throw new BinderyError("forbidden", "Running a command in a cluster needs the portal role Requester, Approver or Administrator.");
  const { caller, cluster } = await clusterAt(actor, params);
  const obstacle = commandObstacle(cluster);
  if (obstacle !== null) throw new BinderyError("conflict", obstacle, { remedy: "Read the API server directly, where that is possible." });
  const clusterKey = idKey(cluster.id);
  const commands = commandsOf[what];
  const event = {
    tid: actor.tid,
    action: "cluster-read-by-command",
    actor,
    subject: { type: "cluster", id: cluster.id },
    clusterKey,
    correlationId,
    detail: { what, commands: commands.map(textOf) },
  } as const;
  const begun = await transaction(async (tx) => {
    const reading = await beginReading(tx, { tid: actor.tid, oid: actor.oid, clusterKey, what });
    if (reading === null) return null;
    await appendAudit(tx, {
      ...event,
      outcome: "intent",
      summary: `${actor.name} is about to read ${cluster.name} by a command (${what})`,
    });
    return reading;
  });
  if (begun === null) {
    const running = await readingOf(actor, clusterKey, { what });
    if (running === null) throw new BinderyError("conflict", "The reading was just given up. Try again.");
    return shapeOf(running, { state: "running" });
  }
  try {
    const addresses: string[] = [];
    for (const command of commands) addresses.push((await startReadCommand({ ...caller, correlationId }, cluster, command)).resultUrl);
    await transaction(async (tx) => {
      await keepAddresses(tx, begun.id, addresses);
      await appendAudit(tx, { ...event, outcome: "ok", summary: `${actor.name} reads ${cluster.name} by a command (${what})` });
    });
    return shapeOf(begun, { state: "running" });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    await transaction(async (tx) => {
      await dropReading(tx, begun.id);
      await appendAudit(tx, {
        ...event,
        outcome: isBinderyError(error, "azure_unavailable") ? "failed" : "refused",
        summary: `The command that reads ${cluster.name} (${what}) was not started: ${why}`,
      });
    });
    throw error;
  }
}
