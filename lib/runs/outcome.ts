import { type AuditActor, appendAudit } from "@/lib/audit/append";
import type { Tx } from "@/lib/db/client";
import { now } from "@/lib/kernel/clock";
import type { Json } from "@/lib/kernel/json";
import { type Plan, type PlanStep, takesAway, writes } from "@/lib/plans/plan";
import { beforeAndAfter, planName, planSubject, stepSubject } from "@/lib/plans/words";
import { kinds } from "@/lib/requests/kinds";
import { closeRequest } from "@/lib/requests/store";
import type { Stop } from "./progress";
import type { Sighting } from "./steps";
import { moveRun, patchRun, patchStep, type RunRecord, type StepRecord } from "./store";

/** A read has shown the planned state: the step is done, and when it was the last one the effect is *recorded* (or *removed*). */
export async function recordConfirmed(
  tx: Tx,
  run: RunRecord,
  step: StepRecord,
  plan: Plan,
  planStep: PlanStep,
  after: Json,
): Promise<void> {
  const already = step.attempt === 0;
  await patchStep(tx, run.id, step.stepId, {
    state: "done",
    operation: null,
    startedAt: step.startedAt ?? now(),
    endedAt: now(),
    after: after ?? { absent: true },
    message: !writes(planStep)
      ? seenWords(planStep, plan, after)
      : already
        ? "It was so already: nothing was written."
        : planStep.method === "DELETE"
          ? `Read back: ${planStep.subject} is gone.`
          : `Read back: ${planStep.subject} is as planned.`,
  });
  if (!already) {
    // A worker that died between the write and its outcome left the call open.
    await tx.armCall.updateMany({
      where: { runId: run.id, stepId: step.stepId, purpose: "write", endedAt: null },
      data: { endedAt: now() },
    });
  }
  await kinds[plan.kind].steps.confirmed(tx, run, plan, planStep);
  if (plan.steps.at(-1)?.id !== planStep.id) {
    await patchRun(tx, run.id, { waitingFor: null });
    await appendAudit(tx, {
      ...common(run),
      action: "run-step-outcome",
      outcome: "ok",
      subject: stepSubject(planStep),
      summary: `Read back: ${planStep.title} is done`,
      after,
      detail: { step: step.stepId },
    });
    return;
  }
  const effect = takesAway(plan) ? "removed" : "recorded";
  await patchRun(tx, run.id, { effect, waitingFor: null });
  await appendAudit(tx, {
    ...common(run),
    action: "run-effect",
    outcome: "ok",
    subject: planSubject(plan),
    summary: effect === "removed" ? `${planName(plan)} is gone from Azure` : `${planName(plan)} is recorded in Azure`,
    ...beforeAndAfter(plan),
    detail: { effect },
  });
}

/** What a step that only waits came to: seen, or Azure's word alone where the cluster could not be read. */
function seenWords({ subject }: PlanStep, plan: Plan, after: Json): string {
  const parts = Object.values(after ?? {});
  const unread = parts.find((part) => typeof part === "string" && part.startsWith("not read: "));
  if (unread !== undefined) return `By Azure's word alone; the cluster was ${String(unread)}`;
  return `Seen: ${subject} is ${!takesAway(plan) ? "as it must be" : parts.includes("empty") ? "empty" : "gone"}.`;
}

/** The run reached its end: the request is done. `seen`: the cluster itself showed the change. */
export async function finishRun(tx: Tx, run: RunRecord, plan: Plan, seen: boolean): Promise<void> {
  const effect = takesAway(plan) ? (seen ? "gone-seen" : "gone-assumed") : seen ? "in-effect-seen" : "in-effect-assumed";
  const proof = seen ? "seen in the cluster itself" : "assumed: it was not seen in the cluster itself";
  await patchStep(tx, run.id, "settle", { state: "done", endedAt: now() });
  const settled = await tx.runStep.findFirst({ where: { runId: run.id, stepId: "settle" }, select: { message: true } });
  await moveRun(tx, run.id, "done", { effect, endedAt: now(), waitingFor: null });
  await closeRequest(tx, run);
  await appendAudit(tx, {
    ...common(run),
    action: "run-ended",
    outcome: "ok",
    subject: planSubject(plan),
    summary: `${planName(plan)} is ${takesAway(plan) ? "gone" : "in effect"} (${proof})`,
    ...beforeAndAfter(plan),
    detail: { effect, settled: settled?.message ?? null },
  });
}

/** What the settling came to, by the look into the cluster; null: nobody looked. */
export function settledWords(sighting: Sighting | null): string {
  if (sighting?.seen === true) return "Azure reads as planned, and so does the cluster itself.";
  const why = sighting === null ? "." : `: ${sighting.why.charAt(0).toLowerCase()}${sighting.why.slice(1)}`;
  return `The settling time is over and Azure still reads as planned. In the cluster itself it was not seen${why}`;
}

/** The run stops: for a person (sign-in, rights), for a cause (failed), or because somebody cancelled it (`by`, else the acting person). */
export async function stopRun(tx: Tx, run: RunRecord, stepId: string | null, stop: Stop, by?: AuditActor): Promise<void> {
  const ended = stop.state === "failed" || stop.state === "cancelled";
  await moveRun(tx, run.id, stop.state, {
    waitingFor: ended ? null : stop.message,
    waitingClaims: stop.claims ?? null,
    missingAction: stop.action ?? null,
    missingScope: stop.scope ?? null,
    errorCode: stop.code,
    errorMessage: stop.message,
    errorRemedy: stop.remedy ?? null,
    azureCode: stop.azureCode ?? null,
    azureCorrelationId: stop.azureCorrelationId ?? null,
    ...(ended ? { endedAt: now() } : {}),
  });
  if (stepId !== null && stop.state === "failed")
    await patchStep(tx, run.id, stepId, { state: "failed", endedAt: now(), message: stop.message });
  if (stop.state === "cancelled") await closeRequest(tx, run);
  await appendAudit(tx, {
    ...common(run),
    ...(by === undefined ? {} : { actor: by }),
    action: ended ? (stop.state === "cancelled" ? "run-cancelled" : "run-ended") : "run-waiting",
    outcome: stop.state === "cancelled" ? "ok" : ended ? "failed" : "refused",
    subject: { type: "run", id: run.id },
    summary: stop.message,
    detail: { state: stop.state, code: stop.code, azureCode: stop.azureCode, action: stop.action, scope: stop.scope, step: stepId },
  });
}

/** What every audit event of a run carries. */
export function common(run: RunRecord) {
  return {
    tid: run.tid,
    actor: { oid: run.actingOid, name: run.actingName },
    clusterKey: run.clusterKey,
    requestId: run.requestId,
    runId: run.id,
    correlationId: run.correlationId,
  };
}
