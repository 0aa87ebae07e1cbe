import { appendAudit } from "@/lib/audit/append";
import { type Tx, transaction } from "@/lib/db/client";
import { notifyChange } from "@/lib/db/notify";
import { now } from "@/lib/kernel/clock";
import { overtaken } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import type { Plan } from "@/lib/plans/plan";

type Fresh = { plan: Plan; digest: string };

/** What voids a plan. `runId`: the run that found it out, whose request is approved; null: somebody who looked at a waiting request. */
type Voiding = { runId: string | null; requestId: string; planId: string; changes: string[]; fresh: Fresh };

/** Voids the plan of a request whose facts changed; the request waits again with the next version. Old decisions are kept. */
export async function voidPlan(facts: Voiding): Promise<void> {
  await transaction((tx) => replacePlan(tx, facts));
}

/**
 * The same inside a transaction. Only the current plan of a request that is still waiting (from a run: still approved) is voided: facts are
 * read for seconds, and who closed or decided the request meanwhile wins. Gives the new version. Throws `conflict`.
 */
export async function replacePlan(tx: Tx, facts: Voiding): Promise<number> {
  const plan = await tx.plan.findUniqueOrThrow({ where: { id: facts.planId }, select: { version: true } });
  const claimed = await tx.request.updateMany({
    where: { id: facts.requestId, state: facts.runId === null ? "waiting" : "approved", planVersion: plan.version },
    data: { state: "waiting", updatedAt: now() },
  });
  if (claimed.count === 0) throw overtaken("Somebody else changed this request a moment ago.");
  await tx.plan.update({ where: { id: facts.planId }, data: { voidedAt: now(), voidReasons: facts.changes } });
  const request = await tx.request.findUniqueOrThrow({ where: { id: facts.requestId } });
  const version = request.planVersion + 1;
  await savePlan(tx, { id: request.id, planVersion: request.planVersion }, facts.fresh);
  await appendAudit(tx, {
    tid: request.tid,
    action: "plan-voided",
    outcome: "ok",
    actor: { oid: facts.fresh.plan.plannedBy.oid, name: facts.fresh.plan.plannedBy.name },
    subject: { type: "request", id: request.id },
    clusterKey: request.clusterKey,
    requestId: request.id,
    runId: facts.runId ?? undefined,
    correlationId: request.correlationId,
    summary: `Plan ${plan.version} of request ${request.number} is void: ${facts.changes.join(" ")}`,
    detail: { changes: facts.changes, version, digest: facts.fresh.digest },
  });
  await notifyChange(tx, {
    type: "request",
    id: request.id,
    clusterKey: request.clusterKey,
    sourceKey: request.sourceKey,
    tid: request.tid,
  });
  return version;
}

/** Stores the next plan version of a request and makes it the current one. */
export async function savePlan(tx: Tx, request: { id: string; planVersion: number }, fresh: Fresh): Promise<string> {
  const id = newId();
  const { plan } = fresh;
  await tx.plan.create({
    data: {
      id,
      requestId: request.id,
      version: request.planVersion + 1,
      digest: fresh.digest,
      document: plan,
      plannedByOid: plan.plannedBy.oid,
      createdAt: now(),
      voidReasons: [],
    },
  });
  await tx.request.update({
    where: { id: request.id },
    data: {
      planVersion: request.planVersion + 1,
      sentence: plan.sentence,
      risk: plan.risk.level,
      approverRole: plan.verdict.approverRole,
      approvalsNeeded: plan.verdict.approvals,
      revision: { increment: 1 },
      updatedAt: now(),
    },
  });
  return id;
}
