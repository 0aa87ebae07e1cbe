import { cloud } from "@/lib/azure/cloud";
import type { Whole } from "@/lib/azure/lay-over";
import { pollOperation } from "@/lib/azure/operations";
import type { OperationState, PlannedWrite } from "@/lib/azure/types";
import { db, transaction } from "@/lib/db/client";
import { now } from "@/lib/kernel/clock";
import { BinderyError, isBinderyError } from "@/lib/kernel/errors";
import type { Json } from "@/lib/kernel/json";
import { type Plan, type PlanStep, writes } from "@/lib/plans/plan";
import { kinds } from "@/lib/requests/kinds";
import { pausedWrites, pauseWords } from "@/lib/settings/pause";
import { noteEvidence, noteOperation } from "./evidence";
import { holdAgainstFacts } from "./hold-facts";
import { type Look, lookAt, type Operation, openOperation, sealOperation } from "./look";
import { longestWaitSeconds, lookAgain } from "./look-again";
import { recordConfirmed } from "./outcome";
import { type Progress, type Stop, unansweredLimit, writeLimit } from "./progress";
import { recordAccepted, recordIntent, recordPostponed, recordRefused, waitForAzure } from "./record";
import type { Accepted, Postponed, StepReading, StepRunner } from "./steps";
import { moveRun, patchRun, patchStep, type RunRecord, saveReads, writesTaken } from "./store";

/** While writes are paused a run looks so often whether they are allowed again, ms. */
const pausedLookMs = 15_000;
/** After a write that ARM postponed the next look comes after so many of the shortest waits. */
const postponedLooks = 3;

/**
 * One look at one step of a plan: reads, and when the step has not begun, writes. Harmless when repeated: it reads before it writes,
 * and every write is idempotent. `unanswered` counts the looks in a row that Azure did not answer.
 */
export async function advance(runId: string, attempt: number, stepId: string, unanswered: number): Promise<Progress> {
  const look = await lookAt(runId, stepId);
  if (look === null || look.run.attempt !== attempt) return superseded;
  if (look.step.state === "done") return { kind: "done" };
  const early = stopEarly(look.run);
  if (early !== null) return { kind: "stop", stop: early };
  try {
    return look.step.operation === null ? await readAndAct(look) : await followOperation(look, openOperation(look.step));
  } catch (error) {
    // A write that Azure took is followed until its outcome is known; one that did not begin may fail and be retried.
    return await lookAgain(look.run, error, unanswered, look.step.operation === null ? unansweredLimit : Number.POSITIVE_INFINITY);
  } finally {
    await saveReads(look.run, look.step.stepId, look.notes);
  }
}

export const superseded: Progress = {
  kind: "stop",
  stop: { state: "failed", code: "superseded", message: "Another attempt has taken over this run." },
};

/** Cancelled by a person, or the time for which Bindery may act as a person is over. */
export function stopEarly(run: RunRecord): Stop | null {
  if (run.cancelAsked) return { state: "cancelled", code: "cancelled", message: "Cancelled." };
  if (run.actUntil < now())
    return {
      state: "sign-in-needed",
      code: "act_until",
      message: `The 24 hours for which Bindery may act as ${run.actingName} are over.`,
      remedy: "Carry the run on: it then acts as the person who does so.",
    };
  return null;
}

async function readAndAct(look: Look): Promise<Progress> {
  const reading = await kinds[look.plan.kind].steps.read(look.caller, look.plan, look.planStep);
  switch (reading.state) {
    case "done":
      // What was seen while it was not well must not be the last that was seen.
      if (!writes(look.planStep)) await noteEvidence(look, { atOnce: true });
      return await confirmed(look, reading.after);
    case "in-flight":
      await transaction(async (tx) => {
        await patchStep(tx, look.run.id, look.step.stepId, {
          state: "waiting-for-azure",
          startedAt: look.step.startedAt ?? now(),
          before: look.step.before ?? asInput(reading.before),
        });
        await waitForAzure(
          tx,
          look,
          reading.why ??
            (writes(look.planStep) ? `Azure is working on ${look.planStep.subject}.` : `Waiting for ${look.planStep.subject}.`),
        );
      });
      await noteEvidence(look);
      return { kind: "again", afterMs: cloud().pollFloorMs };
    case "changed":
      return (reading.voids === true ? await voidUnbegun(look) : null) ?? changedByAnother(reading.what, reading.remedy);
    case "failed":
    case "not-begun":
      return await write(look, reading);
  }
}

const changedByAnother = (
  message: string,
  remedy = "Look at what is there now, then ask again: a new request plans from that.",
): Progress => ({
  kind: "stop",
  stop: {
    state: "failed",
    code: "conflict",
    message,
    remedy,
  },
});

/**
 * What the approval rests on changed before the run wrote anything: the plan is held against the facts anew, and is void. Where those bear it out,
 * the step is read once more: it goes on if all is as before by then. Null: something was written already, or the step still finds a change.
 */
async function voidUnbegun({ run, plan, planStep, caller }: Look): Promise<Progress | null> {
  if ((await db().armCall.count({ where: writesTaken(run.id) })) > 0) return null;
  const stopped = await holdAgainstFacts(run, { id: run.planId, document: plan }, caller);
  if (stopped !== null) return stopped;
  const { state } = await kinds[plan.kind].steps.read(caller, plan, planStep);
  return state === "changed" ? null : { kind: "again", afterMs: cloud().pollFloorMs };
}

/** Why a write was not sent after all: the next look finds a cancel or another attempt; a closed request ends the run here. */
async function overtaken(look: Look): Promise<Progress> {
  const { state } = await db().request.findUniqueOrThrow({ where: { id: look.run.requestId }, select: { state: true } });
  if (state === "approved") return { kind: "again", afterMs: 0 };
  return {
    kind: "stop",
    stop: {
      state: "failed",
      code: "conflict",
      message: `The request is ${state} and no longer approved: nothing was sent.`,
      remedy: "Ask again.",
    },
  };
}

/** Intent first, then the one write, then its outcome. */
async function write(look: Look, reading: Extract<StepReading, { state: "not-begun" | "failed" }>): Promise<Progress> {
  const { run, step } = look;
  const pause = await pausedWrites();
  if (pause !== null) {
    const waitingFor = pauseWords(pause);
    if (run.waitingFor !== waitingFor) await transaction((tx) => patchRun(tx, run.id, { waitingFor }));
    return { kind: "again", afterMs: pausedLookMs };
  }
  if (step.attempt >= writeLimit * run.attempt)
    throw new BinderyError("azure_refused", `Azure did not take the change in ${writeLimit} tries.`, {
      remedy: "Look at the Azure calls below, then retry the run.",
    });
  const callId = await transaction(async (tx) => {
    // The read took its time: a cancel, another attempt or a closed request that came meanwhile wins, and nothing is sent.
    const claimed = await tx.run.updateMany({
      where: {
        id: run.id,
        attempt: run.attempt,
        cancelAsked: false,
        state: { in: ["running", "waiting-for-azure"] },
        request: { state: "approved" },
      },
      data: { revision: { increment: 1 } },
    });
    if (claimed.count === 0) return null;
    await patchStep(tx, run.id, step.stepId, {
      state: "running",
      attempt: { increment: 1 },
      startedAt: step.startedAt ?? now(),
      message: null,
      before: asInput(reading.before),
    });
    if (run.state !== "running") await moveRun(tx, run.id, "running", { waitingFor: null });
    else if (run.waitingFor !== null) await patchRun(tx, run.id, { waitingFor: null });
    return recordIntent(tx, look, reading.before);
  });
  if (callId === null) return await overtaken(look);
  const runner = kinds[look.plan.kind].steps;
  const accepted = await actAsPlanned(look, runner, reading.over).catch(async (error: unknown) => {
    await recordRefused(look, callId, reading.before, error);
    throw error;
  });
  if ("postponed" in accepted) {
    await recordPostponed(look, callId, reading.before, accepted.postponed);
    return { kind: "again", afterMs: postponedLooks * cloud().pollFloorMs };
  }
  await recordAccepted(look, callId, reading.before, accepted);
  return { kind: "again", afterMs: cloud().pollFloorMs };
}

/** The one write, by a caller that may make this write and no other. */
async function actAsPlanned({ run, plan, planStep, caller }: Look, runner: StepRunner, over?: Whole): Promise<Accepted | Postponed> {
  const body = runner.bodyOf === undefined ? planStep.body : await runner.bodyOf(run, plan, planStep);
  const plannedWrite = plannedWriteOf(plan, { ...planStep, body }, over);
  return runner.act({ ...caller, plannedWrite }, plan, { ...planStep, body }, over);
}

function plannedWriteOf(
  { target }: Plan,
  { id, via, method, resourceId, apiVersion, query, body }: PlanStep,
  over: Whole | undefined,
): PlannedWrite {
  if (method === "GET" || via === "wait") throw new BinderyError("internal", `The step ${id} only waits, and has nothing to write.`);
  if (via !== "kubernetes")
    return { method, resourceId, apiVersion, body, ...(query === undefined ? {} : { query }), ...(over === undefined ? {} : { over }) };
  if (method !== "POST") throw new BinderyError("internal", `The step ${id} writes to a cluster in a way that no gateway has.`);
  return { via, method, clusterId: target.clusterId, path: resourceId, body };
}

async function followOperation(look: Look, operation: Operation): Promise<Progress> {
  if (operation.succeededAt === null && operation.url !== null) {
    const state = await operationState(look, operation.url);
    await noteOperation(look, state);
    if (state.status === "running") {
      await noteEvidence(look);
      return { kind: "again", afterMs: Math.max(cloud().pollFloorMs, Math.min(state.retryAfterSeconds ?? 0, longestWaitSeconds) * 1000) };
    }
    if (state.status === "failed" || state.status === "canceled") {
      await noteEvidence(look, { atOnce: true });
      await transaction((tx) =>
        patchStep(tx, look.run.id, look.step.stepId, {
          operation: null,
          message: state.error?.message ?? `Azure ended the operation as ${state.azureStatus}.`,
        }),
      );
      return {
        kind: "stop",
        stop: {
          state: "failed",
          code: "azure_refused",
          message: state.error?.message ?? `Azure ended the operation as ${state.azureStatus ?? state.status}.`,
          azureCode: state.error?.code,
          remedy: "Nothing is in effect yet. Mend the cause, then retry the run.",
        },
      };
    }
    if (state.after !== undefined) return await confirmed(look, state.after);
    operation = { url: null, succeededAt: now().toISOString() };
    await transaction((tx) =>
      patchStep(tx, look.run.id, look.step.stepId, {
        operation: sealOperation(look, operation),
        message:
          state.status === "gone"
            ? `The operation cannot be read: reading ${look.planStep.subject} instead.`
            : "Azure says it succeeded: reading it back.",
      }),
    );
  }
  return await readBack(look, operation);
}

/**
 * An operation of ARM's own that the acting person may not read (its right is one of the subscription) is followed by reading its subject
 * instead. Where a kind reads the operation itself, nothing else proves it, and the missing right is told.
 */
async function operationState({ caller, plan, planStep }: Look, url: string): Promise<OperationState & { after?: Json }> {
  const own = kinds[plan.kind].steps.poll?.(caller, plan, planStep, url) ?? null;
  if (own !== null) return await own;
  try {
    return await pollOperation(caller, url);
  } catch (error) {
    if (!isBinderyError(error, "rights_needed")) throw error;
    return { status: "gone", azureStatus: null, error: null, retryAfterSeconds: null };
  }
}

/** After Azure said that an operation ended, only a read that shows the planned state counts; reads may lag behind. */
async function readBack(look: Look, operation: Operation): Promise<Progress> {
  const reading = await kinds[look.plan.kind].steps.read(look.caller, look.plan, look.planStep);
  if (reading.state === "done") return await confirmed(look, reading.after);
  if (reading.state === "in-flight") return { kind: "again", afterMs: cloud().pollFloorMs };
  const waitedMs = now().getTime() - new Date(operation.succeededAt ?? now()).getTime();
  if (reading.state !== "failed" && waitedMs < cloud().settleMs) return { kind: "again", afterMs: cloud().pollFloorMs };
  await transaction((tx) => patchStep(tx, look.run.id, look.step.stepId, { operation: null }));
  const what =
    reading.state === "changed" || reading.state === "failed"
      ? reading.what
      : `Azure said that the operation succeeded, but ${look.planStep.subject} does not read back as planned.`;
  return {
    kind: "stop",
    stop: { state: "failed", code: "conflict", message: what, remedy: "Look at what is there now, then retry or ask again." },
  };
}

async function confirmed(look: Look, after: Json): Promise<Progress> {
  await transaction((tx) => recordConfirmed(tx, look.run, look.step, look.plan, look.planStep, after));
  return { kind: "done" };
}

/** Prisma wants its own null for a JSON column. */
function asInput(value: Json): Exclude<Json, null> {
  return value ?? { absent: true };
}
