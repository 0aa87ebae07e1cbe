import type { AuditAction } from "@/lib/audit/actions";
import { appendAudit } from "@/lib/audit/append";
import { type Tx, transaction } from "@/lib/db/client";
import { now } from "@/lib/kernel/clock";
import { isBinderyError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { digestOf, type Json } from "@/lib/kernel/json";
import { stepSubject } from "@/lib/plans/words";
import { kinds } from "@/lib/requests/kinds";
import { common } from "./outcome";
import { type Look, sealOperation } from "./look";
import type { Accepted } from "./steps";
import { moveRun, patchRun, patchStep } from "./store";

/** The run waits for Azure; `accepted` is the effect when this was the plan's last write. */
export async function waitForAzure(tx: Tx, look: Look, waitingFor: string, effect?: "accepted"): Promise<void> {
  const patch = { waitingFor, ...(effect === undefined || look.plan.steps.at(-1)?.id !== look.planStep.id ? {} : { effect }) };
  const current = await tx.run.findUniqueOrThrow({ where: { id: look.run.id }, select: { state: true } });
  if (current.state === "waiting-for-azure") await patchRun(tx, look.run.id, patch);
  else await moveRun(tx, look.run.id, "waiting-for-azure", patch);
}

/** Puts down, before it is sent, that a write is about to be sent. Gives the id of its record. */
export async function recordIntent(tx: Tx, look: Look, before: Json): Promise<string> {
  const { run, step, planStep } = look;
  const id = newId();
  await tx.armCall.create({
    data: {
      id,
      runId: run.id,
      stepId: step.stepId,
      attempt: run.attempt,
      purpose: "write",
      method: planStep.method,
      path: planStep.resourceId,
      apiVersion: planStep.apiVersion,
      bodyHash: planStep.body === null ? null : digestOf(planStep.body),
      correlationId: run.correlationId,
      startedAt: now(),
    },
  });
  await auditStep(
    tx,
    look,
    "run-step-intent",
    "intent",
    `About to ${planStep.method} ${planStep.subject} on ${look.plan.target.clusterName}`,
    before,
    planStep.body,
  );
  return id;
}

/** Azure took the write: the operation's address is kept sealed, and followed from now on. */
export async function recordAccepted(look: Look, callId: string, before: Json, accepted: Accepted): Promise<void> {
  const succeededAt = accepted.operationUrl === null ? now().toISOString() : null;
  await transaction(async (tx) => {
    await endWrite(tx, look, callId);
    await patchStep(tx, look.run.id, look.step.stepId, {
      state: "waiting-for-azure",
      operation: sealOperation(look, { url: accepted.operationUrl, succeededAt }),
    });
    await waitForAzure(tx, look, "Azure took the change and is working on it.", "accepted");
    await kinds[look.plan.kind].steps.accepted(tx, look.run, look.plan, look.planStep);
    await auditStep(
      tx,
      look,
      "run-step-outcome",
      "ok",
      `Azure took the ${look.planStep.method} (${accepted.status})`,
      before,
      accepted.after,
    );
  });
}

/** Azure refused the write, or gave no answer: then the outcome is unknown, and is read back and never guessed. */
export async function recordRefused(look: Look, callId: string, before: Json, error: unknown): Promise<void> {
  const message = error instanceof Error ? error.message : String(error);
  const unknown = isBinderyError(error, "azure_unavailable");
  const { method } = look.planStep;
  const summary = unknown
    ? `No answer to the ${method}: the outcome is unknown and will be read back`
    : `Azure refused the ${method}: ${message}`;
  await transaction(async (tx) => {
    await endWrite(tx, look, callId);
    // What Azure asked to wait with was not tried: it does not count.
    const counts = isBinderyError(error, "throttled") ? { attempt: { decrement: 1 } } : {};
    await patchStep(tx, look.run.id, look.step.stepId, { message, ...counts });
    await auditStep(tx, look, "run-step-outcome", unknown ? "failed" : "refused", summary, before, null);
  });
}

/** Azure did not take the write now, and nothing is wrong with it: the run waits, and such a try does not count. */
export async function recordPostponed(look: Look, callId: string, before: Json, why: string): Promise<void> {
  await transaction(async (tx) => {
    await endWrite(tx, look, callId);
    await patchStep(tx, look.run.id, look.step.stepId, { state: "waiting-for-azure", message: why, attempt: { decrement: 1 } });
    await waitForAzure(tx, look, why);
    await auditStep(tx, look, "run-step-outcome", "refused", `Azure did not take the ${look.planStep.method} yet: ${why}`, before, null);
  });
}

/** Puts down what became of a write on the wire. */
async function endWrite(tx: Tx, look: Look, callId: string): Promise<void> {
  // A claims challenge that was answered gives two notes; the last one is the outcome.
  const index = look.notes.findLastIndex((note) => note.method === look.planStep.method);
  const [note] = index < 0 ? [] : look.notes.splice(index, 1);
  await tx.armCall.update({
    where: { id: callId },
    data: {
      endedAt: now(),
      status: note?.status ?? null,
      azureCode: note?.azureCode ?? null,
      requestId: note?.requestId ?? null,
      clientRequestId: note?.clientRequestId ?? null,
    },
  });
}

/** An audit event about one step of a run. */
async function auditStep(
  tx: Tx,
  look: Look,
  action: AuditAction,
  outcome: "ok" | "refused" | "failed" | "intent",
  summary: string,
  before: Json,
  after: Json,
): Promise<void> {
  await appendAudit(tx, {
    ...common(look.run),
    action,
    outcome,
    subject: stepSubject(look.planStep),
    summary,
    before,
    after,
    detail: { step: look.step.stepId, attempt: look.run.attempt, method: look.planStep.method, apiVersion: look.planStep.apiVersion },
  });
}
