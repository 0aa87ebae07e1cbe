import type { Actor } from "@/lib/auth/actor";
import { directObstacle } from "@/lib/azure/kubernetes";
import { readable } from "@/lib/azure/readable";
import { type ReadCommand, sectionsOf } from "@/lib/azure/read-commands";
import { type CommandResult, readCommandResult } from "@/lib/azure/run-command";
import { type CommandReading, readingOf as sectionsIn } from "@/lib/azure/run-command-reading";
import type { AzureCaller, Cluster, Readable } from "@/lib/azure/types";
import { releaseNamespace } from "@/lib/deployments/settings/derived";
import type { Answer, ParamsOf } from "@/lib/http/contract";
import { BinderyError } from "@/lib/kernel/errors";
import { idKey } from "@/lib/kernel/resource-id";
import { shortCache } from "@/lib/kernel/short-cache";
import { personKeyOf } from "./fleet";
import { clusterAt } from "./one";
import { keptMs, type Reading, readingOf } from "./reading-store";
import type { ReadingKind } from "./schema-inside";

type Shape = Answer<"GET /api/v1/clusters/{subscription}/{group}/{name}/readings/{id}">;
export type Way = Answer<"GET /api/v1/clusters/{subscription}/{group}/{name}/pods">["way"];

/** The commands that a reading of each kind runs, one pod each. */
export const commandsOf: Record<ReadingKind, ReadCommand[]> = {
  workload: [{ id: "workload", parameters: { namespace: releaseNamespace } }],
  pods: [{ id: "all-pods", parameters: {} }],
  access: [
    { id: "access", parameters: { namespace: releaseNamespace } },
    { id: "cluster-access", parameters: {} },
  ],
};

/** What became of a reading. */
type Outcome = { state: "running" } | { state: "ended"; sections: CommandReading };

/** Of one person each: the key names the person. */
const outcomes = shortCache<Outcome>({ freshMs: keptMs, staleMs: keptMs, max: 200, poor: ({ state }) => state === "running" });

/** How far one's own reading is. Throws `not_found` alike for an absent one, another person's, and one of a cluster that Azure does not show. */
export async function readReading(
  actor: Actor,
  params: ParamsOf<"GET /api/v1/clusters/{subscription}/{group}/{name}/readings/{id}">,
): Promise<Shape> {
  const { caller, cluster } = await clusterAt(actor, params);
  const reading = await readingOf(actor, idKey(cluster.id), { id: params.id });
  if (reading === null)
    throw new BinderyError("not_found", "There is no such reading, or it is older than five minutes.", { remedy: "Start a new one." });
  return shapeOf(reading, await outcomeOf(caller, reading));
}

/** A reading as its person may know it. */
export function shapeOf({ id, what, startedAt }: Reading, { state }: Pick<Outcome, "state">): Shape {
  return { id, what, state, startedAt: startedAt.toISOString(), keptUntil: new Date(startedAt.getTime() + keptMs).toISOString() };
}

/** Why no command can be run in a cluster, in words; null: one may be. */
export function commandObstacle({ name, powerState, runCommand }: Cluster): string | null {
  if (powerState?.toLowerCase() === "stopped") return `${name} is stopped: no command runs in it.`;
  return runCommand === "off" ? `Run command is switched off on ${name}.` : null;
}

/** The ways into a cluster, and what the person's own commands have shown of it; `sections` null: nothing yet. */
export async function wayInto(
  actor: Actor,
  caller: AzureCaller,
  cluster: Cluster,
  via: Way["via"],
  what: ReadingKind,
): Promise<{ way: Way; sections: CommandReading | null }> {
  const reading = await readingOf(actor, idKey(cluster.id), { what });
  const outcome = reading === null ? null : await outcomeOf(caller, reading);
  return {
    way: {
      via,
      obstacle: directObstacle(cluster),
      noCommand: commandObstacle(cluster),
      reading: reading === null || outcome === null ? null : shapeOf(reading, outcome),
    },
    sections: outcome?.state === "ended" ? outcome.sections : null,
  };
}

function outcomeOf(caller: AzureCaller, reading: Reading): Promise<Outcome> {
  // A reading that is being started has no addresses yet, and must not be remembered as one without results.
  if (reading.addresses.length === 0) return Promise.resolve({ state: "running" });
  return outcomes.get(`${personKeyOf(caller)}|${reading.id}`, () => askOutcome(caller, reading));
}

async function askOutcome(caller: AzureCaller, { what, addresses }: Reading): Promise<Outcome> {
  const results = await Promise.all(addresses.map((address) => readable(() => readCommandResult(caller, address))));
  if (results.some((read) => read.state === "ok" && read.value.state === "running")) return { state: "running" };
  const parts = commandsOf[what].map((command, index) => sectionsFrom(command, results[index] ?? { state: "absent" }));
  return { state: "ended", sections: Object.assign({}, ...parts) as CommandReading };
}

function sectionsFrom(command: ReadCommand, read: Readable<CommandResult>): CommandReading {
  if (read.state === "ok" && read.value.state === "ended") return sectionsIn(command, read.value);
  const why: Readable<never> = read.state !== "ok" ? read : { state: "unavailable", message: wordsOf(read.value) };
  return Object.fromEntries(sectionsOf(command).map((name) => [name, why]));
}

function wordsOf(result: CommandResult): string {
  return result.state === "not-started" ? `The command did not start: ${result.reason}` : "Azure keeps the result of the command no more.";
}
