import type { Prisma } from "@/lib/db/generated/client";
import { db, type Tx } from "@/lib/db/client";
import { notifyChange } from "@/lib/db/notify";
import { fromNow, now } from "@/lib/kernel/clock";
import { overtaken } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import type { ArmCallNote } from "@/lib/azure/types";
import { type Plan, takesAway } from "@/lib/plans/plan";
import { type RunState, statesBefore } from "./state";

export type RunRecord = Prisma.RunGetPayload<object>;
export type StepRecord = Prisma.RunStepGetPayload<object>;

/** How long Bindery may act as a person for one run, ms. */
export const actForMs = 24 * 3_600_000;

const taken = {
  purpose: "write",
  OR: [{ status: null }, { status: { lt: 400 } }, { status: { gte: 500 } }],
} satisfies Prisma.ArmCallWhereInput;

/** The writes of a run that Azure may have taken: one that it refused changed nothing. */
export function writesTaken(runId: string): Prisma.ArmCallWhereInput {
  return { runId, ...taken };
}

/** Those of these runs of which Azure may have taken a write. Only an effect of null leaves it open. */
export async function writtenAmong(runs: readonly { id: string; effect: string | null }[]): Promise<ReadonlySet<string>> {
  const open = runs.filter(({ effect }) => effect === null).map(({ id }) => id);
  const calls = open.length === 0 ? [] : await db().armCall.groupBy({ by: ["runId"], where: { runId: { in: open }, ...taken } });
  return new Set([...runs.filter(({ effect }) => effect !== null).map(({ id }) => id), ...calls.map(({ runId }) => runId)]);
}

/** The person as whom a run acts. */
export type Acting = { oid: string; personKey: string; name: string; homeAccountId: string };

/** Writes a run in state *queued*, with its steps, in the transaction that decides it. */
export async function createRun(
  tx: Tx,
  request: { id: string; tid: string; kind: string; clusterKey: string; sourceKey: string; subscriptionId: string; correlationId: string },
  plan: { id: string; document: Plan },
  acting: Acting,
): Promise<RunRecord> {
  const steps = [
    { stepId: "check", title: "Check that the approved facts still hold" },
    ...plan.document.steps.map((step) => ({ stepId: step.id, title: step.title })),
    { stepId: "settle", title: takesAway(plan.document) ? "Wait until the cluster has let go" : "Wait until the cluster follows" },
  ];
  const run = await tx.run.create({
    data: {
      id: newId(),
      requestId: request.id,
      planId: plan.id,
      kind: request.kind,
      sentence: plan.document.sentence,
      tid: request.tid,
      clusterKey: request.clusterKey,
      sourceKey: request.sourceKey,
      subscriptionId: request.subscriptionId,
      state: "queued",
      actingOid: acting.oid,
      actingKey: acting.personKey,
      actingName: acting.name,
      actingAccountId: acting.homeAccountId,
      correlationId: request.correlationId,
      queuedAt: now(),
      actUntil: fromNow(actForMs),
      steps: {
        create: steps.map((step, position) => ({ id: newId(), position, stepId: step.stepId, title: step.title, state: "pending" })),
      },
    },
  });
  await announce(tx, run);
  return run;
}

/** Moves a run to a state that may follow its present one; throws `conflict` when the run has moved on meanwhile. */
export async function moveRun(
  tx: Tx,
  runId: string,
  to: RunState,
  patch: Prisma.RunUpdateManyMutationInput = {},
  onlyFrom?: readonly RunState[],
): Promise<RunRecord> {
  const from = statesBefore(to).filter((state) => onlyFrom === undefined || onlyFrom.includes(state));
  const moved = await tx.run.updateMany({
    where: { id: runId, state: { in: from } },
    data: { ...patch, state: to, revision: { increment: 1 } },
  });
  if (moved.count === 0)
    throw overtaken(`This run can no longer become ${to.replaceAll("-", " ")}: it has moved on.`, "Reload to see its present state.");
  const run = await tx.run.findUniqueOrThrow({ where: { id: runId } });
  await announce(tx, run);
  return run;
}

/** Changes facts of a run without moving it. */
export async function patchRun(tx: Tx, runId: string, patch: Prisma.RunUpdateInput): Promise<RunRecord> {
  const run = await tx.run.update({ where: { id: runId }, data: { ...patch, revision: { increment: 1 } } });
  await announce(tx, run);
  return run;
}

/** Changes one step of a run. */
export async function patchStep(tx: Tx, runId: string, stepId: string, patch: Prisma.RunStepUpdateInput): Promise<void> {
  await tx.runStep.update({ where: { runId_stepId: { runId, stepId } }, data: patch });
}

/** Records the calls on the wire that one look at a step made besides its write. */
export async function saveReads(run: Pick<RunRecord, "id" | "attempt">, stepId: string, notes: ArmCallNote[]): Promise<void> {
  if (notes.length === 0) return;
  await db().armCall.createMany({
    data: notes.map((note) => ({
      id: newId(),
      runId: run.id,
      stepId,
      attempt: run.attempt,
      purpose: purposeOf(note),
      ...note,
      startedAt: new Date(note.startedAt),
      endedAt: new Date(note.endedAt),
    })),
  });
}

/** A query of Resource Graph is a POST that reads. */
function purposeOf({ method, path }: ArmCallNote): "read" | "poll" | "write" {
  if (method !== "GET" && method !== "POST") return "write";
  return /\/operations(tatuses|results)?\//i.test(path) ? "poll" : "read";
}

async function announce(tx: Tx, run: RunRecord): Promise<void> {
  await notifyChange(tx, { type: "run", id: run.id, clusterKey: run.clusterKey, sourceKey: run.sourceKey, tid: run.tid });
}
