import { appendAudit } from "@/lib/audit/append";
import { type Tx, transaction } from "@/lib/db/client";
import { notifyChange } from "@/lib/db/notify";
import { now } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import type { Plan } from "@/lib/plans/plan";

type Fresh = { plan: Plan; digest: string };

/** Voids the plan of an approved request whose facts changed; the request waits again with the next version. Old decisions are kept. */
export async function voidPlan(facts: {
  runId: string | null;
  requestId: string;
  planId: string;
  changes: string[];
  fresh: Fresh;
}): Promise<void> {
  await transaction((tx) => replacePlan(tx, facts));
}

/** The same inside a transaction. Harmless when repeated: an already voided plan is left alone. Gives the new version, or null. */
export async function replacePlan(
  tx: Tx,
  facts: { runId: string | null; requestId: string; planId: string; changes: string[]; fresh: Fresh },
): Promise<number | null> {
  const voided = await tx.plan.updateMany({
    where: { id: facts.planId, voidedAt: null },
    data: { voidedAt: now(), voidReasons: facts.changes },
  });
  if (voided.count === 0) return null;
  const request = await tx.request.findUniqueOrThrow({ where: { id: facts.requestId } });
  const version = request.planVersion + 1;
  await savePlan(tx, { id: request.id, planVersion: request.planVersion }, facts.fresh);
  await tx.request.update({ where: { id: request.id }, data: { state: "waiting", updatedAt: now() } });
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
    summary: `Plan ${request.planVersion} of request ${request.number} is void: ${facts.changes.join(" ")}`,
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
