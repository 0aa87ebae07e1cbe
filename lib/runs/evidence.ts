import { cloud } from "@/lib/azure/cloud";
import { db } from "@/lib/db/client";
import { now } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import { canonicalJson, type Json } from "@/lib/kernel/json";
import { log } from "@/lib/kernel/log";
import type { OperationState } from "@/lib/azure/types";
import { readable } from "@/lib/deployments/diagnosis/words";
import { kinds } from "@/lib/requests/kinds";
import type { Look } from "./look";

/** A step that Azure works on is looked at so often: a fifth of the time that a cluster takes to follow, a minute in Azure. Ms. */
const everyMs = (): number => cloud().settleMs / 5;
/** A run keeps so many: what shows no change is not kept again. */
const keptAtMost = 200;
/** Of an operation's answer so much is kept, characters. */
const longestAnswer = 20_000;
/** Kind of the evidence that is an operation's own answer. */
export const operationKind = "operation";

/** When this process last looked at a step, ms: a look that shows nothing new leaves no row, and counts all the same. */
const lookedAt = new Map<string, number>();

/**
 * Keeps what can be seen of the step while Azure works on it, where its kind knows how to look. Never keeps the run from going on: what cannot
 * be seen is left.
 */
export async function noteEvidence({ run, plan, planStep, step, caller }: Look, { atOnce = false } = {}): Promise<void> {
  const { steps } = kinds[plan.kind];
  if (steps.evidence === undefined) return;
  const where = { runId: run.id, stepId: step.stepId };
  const last = await db().runEvidence.findFirst({
    where: { ...where, kind: { not: operationKind } },
    orderBy: [{ seenAt: "desc" }, { id: "desc" }],
  });
  const key = `${run.id} ${step.stepId}`;
  const due = Math.max((last?.seenAt ?? step.startedAt ?? now()).getTime(), lookedAt.get(key) ?? 0) + everyMs();
  if (!atOnce && now().getTime() < due) return;
  for (const [other, at] of lookedAt) if (at + everyMs() < now().getTime()) lookedAt.delete(other);
  lookedAt.set(key, now().getTime());
  try {
    const seen = await steps.evidence(caller, plan, planStep);
    if (seen === null || (last !== null && last.kind === seen.kind && canonicalJson(last.document) === canonicalJson(seen.document)))
      return;
    await keep({ run, step }, seen.kind, seen.document ?? {});
  } catch (error) {
    log("info", "run.evidence-not-read", { runId: run.id, stepId: step.stepId, error });
  }
}

/** Keeps an operation's own answer when its status is another one than before, without what looks like a secret: at most 20,000 characters. */
export async function noteOperation({ run, step }: Pick<Look, "run" | "step">, { azureStatus, body }: OperationState): Promise<void> {
  if (body === undefined) return;
  const where = { runId: run.id, stepId: step.stepId, attempt: run.attempt, kind: operationKind };
  const last = await db().runEvidence.findFirst({ where, orderBy: [{ seenAt: "desc" }, { id: "desc" }] });
  const status = azureStatus ?? "";
  if ((last?.document as { status?: string } | undefined)?.status === status) return;
  await keep({ run, step }, operationKind, { status, text: readable(body).slice(0, longestAnswer) });
}

async function keep({ run, step }: Pick<Look, "run" | "step">, kind: string, document: Exclude<Json, null>): Promise<void> {
  if ((await db().runEvidence.count({ where: { runId: run.id } })) >= keptAtMost) return;
  await db().runEvidence.create({
    data: { id: newId(), runId: run.id, stepId: step.stepId, attempt: run.attempt, kind, document, seenAt: now() },
  });
}
