import { cloud } from "@/lib/azure/cloud";
import { db } from "@/lib/db/client";
import { now } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import { canonicalJson } from "@/lib/kernel/json";
import { log } from "@/lib/kernel/log";
import { kinds } from "@/lib/requests/kinds";
import type { Look } from "./look";

/** A step that Azure works on is looked at so often: a fifth of the time that a cluster takes to follow, a minute in Azure. Ms. */
const everyMs = (): number => cloud().settleMs / 5;
/** A run keeps so many: what shows no change is not kept again. */
const keptAtMost = 200;

/**
 * Keeps what can be seen of the step while Azure works on it, where its kind knows how to look. Never keeps the run from going on: what cannot
 * be seen is left.
 */
export async function noteEvidence({ run, plan, planStep, step, caller }: Look, { atOnce = false } = {}): Promise<void> {
  const { steps } = kinds[plan.kind];
  if (steps.evidence === undefined) return;
  const where = { runId: run.id, stepId: step.stepId };
  const last = await db().runEvidence.findFirst({ where, orderBy: [{ seenAt: "desc" }, { id: "desc" }] });
  const due = (last?.seenAt ?? step.startedAt ?? now()).getTime() + everyMs();
  if (!atOnce && now().getTime() < due) return;
  try {
    const seen = await steps.evidence(caller, plan, planStep);
    if (seen === null || (last !== null && last.kind === seen.kind && canonicalJson(last.document) === canonicalJson(seen.document)))
      return;
    if ((await db().runEvidence.count({ where: { runId: run.id } })) >= keptAtMost) return;
    await db().runEvidence.create({
      data: { id: newId(), ...where, attempt: run.attempt, kind: seen.kind, document: seen.document ?? {}, seenAt: now() },
    });
  } catch (error) {
    log("info", "run.evidence-not-read", { runId: run.id, stepId: step.stepId, error });
  }
}
