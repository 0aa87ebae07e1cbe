import { appendAudit } from "@/lib/audit/append";
import type { Actor } from "@/lib/auth/actor";
import { callerFor } from "@/lib/auth/caller";
import { type Tx, transaction } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { notifyChange } from "@/lib/db/notify";
import type { Answer, BodyOut } from "@/lib/http/contract";
import { now } from "@/lib/kernel/clock";
import { newCorrelationId, newId } from "@/lib/kernel/ids";
import { idKey, lastName, subscriptionOf } from "@/lib/kernel/resource-id";
import { createRun } from "@/lib/runs/store";
import { actingAs } from "./acting";
import { kinds } from "./kinds";
import { type FreshPlan, isApprover, planWith, refuseBlocked } from "./planning";
import { auditOf } from "./store";
import { savePlan } from "./void-plan";

/**
 * Submits a request. With a readable cluster the asker's token makes the plan; without, the request waits unplanned, reveals nothing, and the
 * first eligible approver's token makes it. Throws `invalid_input` with a sentence for each blocking check.
 */
export async function submitRequest(actor: Actor, input: BodyOut<"POST /api/v1/requests">): Promise<Answer<"POST /api/v1/requests">> {
  const correlationId = newCorrelationId();
  const fresh = await planWith(
    callerFor(actor, correlationId),
    input,
    { tid: actor.tid, oid: actor.oid, isApprover: isApprover(actor) },
    { oid: actor.oid, name: actor.name },
  );
  refuseBlocked(fresh);
  return transaction(async (tx) => {
    const request = await tx.request.create({ data: { ...rowOf(actor, input, fresh), correlationId } });
    await appendSubmitted(tx, actor, request, fresh);
    if (fresh.plan !== null) {
      const planId = await savePlan(tx, { id: request.id, planVersion: 0 }, { plan: fresh.plan, digest: fresh.digest });
      // No approval asked for: the requester carries it out, at once.
      if (fresh.plan.verdict.approvals === 0) {
        await tx.request.update({ where: { id: request.id }, data: { state: "approved", revision: { increment: 1 } } });
        const run = await createRun(tx, request, { id: planId, document: fresh.plan }, actingAs(actor));
        await appendAudit(tx, {
          ...auditOf(request, actor),
          action: "run-queued",
          outcome: "ok",
          runId: run.id,
          summary: `Run ${run.number} is queued; it acts as ${actor.name}. The policy asks for no approval`,
          detail: { rules: fresh.plan.verdict.rules },
        });
      }
    }
    await notifyChange(tx, {
      type: "request",
      id: request.id,
      clusterKey: request.clusterKey,
      sourceKey: request.sourceKey,
      tid: request.tid,
    });
    return { id: request.id, number: request.number };
  });
}

function rowOf(
  actor: Actor,
  input: BodyOut<"POST /api/v1/requests">,
  fresh: FreshPlan,
): Omit<Prisma.RequestUncheckedCreateInput, "correlationId"> {
  const sourceId = "sourceResourceId" in input ? input.sourceResourceId : (fresh.plan?.target.sourceResourceId ?? "");
  return {
    id: newId(),
    kind: input.kind,
    state: "waiting",
    tid: actor.tid,
    requesterOid: actor.oid,
    requesterKey: actor.personKey,
    requesterName: actor.name,
    requesterIsApprover: isApprover(actor),
    input,
    reason: input.reason,
    ticket: input.ticket ?? null,
    clusterId: input.clusterId,
    clusterKey: idKey(input.clusterId),
    sourceId,
    sourceKey: sourceId === "" ? "" : idKey(sourceId),
    subscriptionId: subscriptionOf(input.clusterId),
    bindingName: input.name,
    sentence: fresh.plan?.sentence ?? `${kinds[input.kind].title} named ${input.name} on ${lastName(input.clusterId)} (not planned yet)`,
    createdAt: now(),
    updatedAt: now(),
  };
}

async function appendSubmitted(
  tx: Tx,
  actor: Actor,
  request: { id: string; tid: string; clusterKey: string; correlationId: string; number: number; sentence: string },
  fresh: FreshPlan,
): Promise<void> {
  await appendAudit(tx, {
    ...auditOf(request, actor),
    action: "request-submitted",
    outcome: "ok",
    summary: `Request ${request.number}: ${request.sentence}`,
    before: fresh.plan?.before ?? null,
    after: fresh.plan?.after ?? null,
    detail: { digest: fresh.plan === null ? null : fresh.digest, verdict: fresh.plan?.verdict ?? null },
  });
}
