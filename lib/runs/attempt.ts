import { dropUnusedTokens } from "@/lib/auth/tokens";
import { cloud } from "@/lib/azure/cloud";
import type { AzureCaller } from "@/lib/azure/types";
import { appendAudit } from "@/lib/audit/append";
import { db, transaction } from "@/lib/db/client";
import { fromNow, now } from "@/lib/kernel/clock";
import { type Plan, takesAway } from "@/lib/plans/plan";
import { planDigest } from "@/lib/plans/digest";
import { kinds } from "@/lib/requests/kinds";
import { whatStays } from "./cancel";
import { holdAgainstFacts } from "./hold-facts";
import { callerOf } from "./look";
import { lookAgain } from "./look-again";
import { common, finishRun, settledWords, stopRun } from "./outcome";
import { type Progress, type Stop, unansweredLimit } from "./progress";
import { moveRun, patchRun, patchStep, type RunRecord, saveReads } from "./store";
import { stopEarly, superseded } from "./walk";

/** A settling run looks up so often, so that a cancel is heard while it waits. Ms. */
const settleLookMs = 10_000;

/** Starts an attempt: the run moves from *queued* to *running*. Gives the plan's steps, or null when this attempt is no longer the run's own. */
export async function beginAttempt(runId: string, attempt: number): Promise<{ steps: string[] } | null> {
  return transaction(async (tx) => {
    const run = await tx.run.findUnique({ where: { id: runId }, include: { plan: { select: { document: true } } } });
    if (run === null || run.attempt !== attempt) return null;
    const planned = (run.plan.document as unknown as Plan).steps;
    const steps = planned.map((step) => step.id);
    if (run.state !== "queued") return ["running", "waiting-for-azure", "settling"].includes(run.state) ? { steps } : null;
    await moveRun(tx, runId, "running", {
      startedAt: run.startedAt ?? now(),
      slowAt: fromNow(planned.reduce((sum, step) => sum + step.expectSeconds.worst * 1000, cloud().settleMs)),
      endedAt: null,
      waitingFor: null,
      errorCode: null,
      errorMessage: null,
      errorRemedy: null,
      azureCode: null,
      azureCorrelationId: null,
      waitingClaims: null,
      missingAction: null,
      missingScope: null,
    });
    await appendAudit(tx, {
      ...common(run),
      action: "run-started",
      outcome: "ok",
      subject: { type: "run", id: runId },
      summary: `Run ${run.number} started, attempt ${attempt}, acting as ${run.actingName}`,
      detail: { attempt },
    });
    return { steps };
  });
}

async function current(
  runId: string,
  attempt: number,
): Promise<(RunRecord & { plan: { id: string; document: unknown; digest: string; version: number } }) | null> {
  const run = await db().run.findUnique({
    where: { id: runId },
    include: { plan: { select: { id: true, document: true, digest: true, version: true } } },
  });
  return run === null || run.attempt !== attempt ? null : run;
}

/**
 * Once per run, before the first write: gathers the facts again with the acting person's token and holds them against the approved digest.
 * Another digest voids the plan; a guarded fact that the acting person cannot read is *rights needed*, never *changed*.
 */
export async function checkFacts(runId: string, attempt: number, unanswered: number): Promise<Progress> {
  const run = await current(runId, attempt);
  if (run === null) return superseded;
  if (run.digestChecked) return { kind: "done" };
  if (planDigest(run.plan.document as Plan) !== run.plan.digest) {
    return {
      kind: "stop",
      stop: {
        state: "failed",
        code: "plan_void",
        message: "The stored plan is not the one that was approved: its digest differs.",
        remedy: "Tell your administrator: the record was altered. Nothing was written.",
      },
    };
  }
  const early = stopEarly(run);
  if (early !== null) return { kind: "stop", stop: early };
  const { caller, notes } = callerOf(run);
  try {
    const stopped = await holdAgainstFacts(run, { id: run.plan.id, document: run.plan.document as Plan }, caller);
    if (stopped !== null) return stopped;
    await transaction(async (tx) => {
      await patchStep(tx, runId, "check", {
        state: "done",
        attempt: { increment: 1 },
        startedAt: now(),
        endedAt: now(),
        message: "The facts are as they were approved.",
      });
      await patchRun(tx, runId, { digestChecked: true, waitingFor: null });
    });
    return { kind: "done" };
  } catch (error) {
    return await lookAgain(run, error, unanswered, unansweredLimit);
  } finally {
    await saveReads(run, "check", notes);
  }
}

const settlingOf = (plan: Plan): { part: number; sentence: string } =>
  kinds[plan.kind].steps.settling?.(plan) ?? { part: 1, sentence: "Azure brings a change to the cluster within about five minutes." };

/** Waits until the cluster must have followed, then reads once more: still as planned is *in effect, assumed* (or *gone, assumed*). */
export async function settle(runId: string, attempt: number, unanswered: number): Promise<Progress> {
  const run = await current(runId, attempt);
  if (run === null) return superseded;
  const early = stopEarly(run);
  if (early !== null) return { kind: "stop", stop: early };
  if (run.settlesAt === null) {
    const { part, sentence } = settlingOf(run.plan.document as Plan);
    const settlesAt = fromNow(cloud().settleMs * part);
    await transaction(async (tx) => {
      await patchStep(tx, runId, "settle", {
        state: "running",
        startedAt: now(),
        message: sentence,
      });
      await moveRun(tx, runId, "settling", { settlesAt, effect: "settling", waitingFor: null });
    });
    return { kind: "again", afterMs: Math.min(cloud().settleMs * part, settleLookMs) };
  }
  const leftMs = run.settlesAt.getTime() - now().getTime();
  if (leftMs > 0) return { kind: "again", afterMs: Math.min(leftMs, settleLookMs) };
  const { caller, notes } = callerOf(run);
  try {
    const plan = run.plan.document as Plan;
    const last = plan.steps.at(-1);
    const reading = last === undefined ? null : await kinds[plan.kind].steps.read(caller, plan, last);
    if (reading === null || reading.state === "done") {
      await noteSeen(run, plan, caller);
      return { kind: "done" };
    }
    // Azure works on it, or a read lags behind: looked at again for as long as a cluster may take to follow.
    const lateMs = now().getTime() - run.settlesAt.getTime();
    if (reading.state === "in-flight" || (reading.state === "not-begun" && lateMs < cloud().settleMs))
      return { kind: "again", afterMs: cloud().pollFloorMs };
    const what = reading.state === "changed" || reading.state === "failed" ? reading.what : `${last?.subject} no longer reads as planned.`;
    return {
      kind: "stop",
      stop: {
        state: "failed",
        code: "conflict",
        message: `While the cluster was settling, something changed it: ${what}`,
        remedy: "Find out who changed it (Azure's activity log), then ask again.",
      },
    };
  } catch (error) {
    return await lookAgain(run, error, unanswered, Number.POSITIVE_INFINITY);
  } finally {
    await saveReads(run, "settle", notes);
  }
}

/** Asks the cluster itself, where it can be read: what it shows is proof, and what it does not show proves nothing. */
async function noteSeen(run: RunRecord, plan: Plan, caller: AzureCaller): Promise<void> {
  const sighting = (await kinds[plan.kind].steps.seen?.(caller, plan)) ?? null;
  await transaction(async (tx) => {
    await patchStep(tx, run.id, "settle", { message: settledWords(sighting) });
    if (sighting?.seen === true) await patchRun(tx, run.id, { effect: takesAway(plan) ? "gone-seen" : "in-effect-seen" });
  });
}

/** Records why an attempt stops. Harmless when repeated: a run that already stopped is left alone. */
export async function stopAttempt(runId: string, attempt: number, stepId: string | null, stop: Stop): Promise<void> {
  const stopped = await transaction(async (tx) => {
    const run = await tx.run.findUniqueOrThrow({ where: { id: runId }, include: { plan: { select: { document: true } } } });
    if (run.attempt !== attempt || !["queued", "running", "waiting-for-azure", "settling"].includes(run.state)) return null;
    // A cancel that was asked for wins over whatever else stopped the run.
    const cancelled: Stop = {
      state: "cancelled",
      code: "cancelled",
      message: `Cancelled. ${await whatStays(tx, run, run.plan.document as unknown as Plan)}`,
    };
    await stopRun(tx, run, stepId, run.cancelAsked ? cancelled : stop);
    return run;
  });
  if (stopped !== null) await dropUnusedTokens(stopped.actingAccountId);
}

/** Records the good end of a run. Harmless when repeated. */
export async function endAttempt(runId: string, attempt: number): Promise<void> {
  const ended = await transaction(async (tx) => {
    const run = await tx.run.findUniqueOrThrow({ where: { id: runId }, include: { plan: { select: { document: true } } } });
    if (run.attempt !== attempt || run.state === "done") return null;
    await finishRun(tx, run, run.plan.document as unknown as Plan, run.effect === "in-effect-seen" || run.effect === "gone-seen");
    return run;
  });
  if (ended !== null) await dropUnusedTokens(ended.actingAccountId);
}
