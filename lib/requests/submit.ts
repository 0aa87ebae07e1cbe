import { appendAudit } from "@/lib/audit/append";
import { type Actor, mayAsk } from "@/lib/auth/actor";
import { callerFor } from "@/lib/auth/caller";
import { freshActor } from "@/lib/auth/fresh-actor";
import { type Tx, transaction } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { notifyChange } from "@/lib/db/notify";
import type { Answer, BodyOut } from "@/lib/http/contract";
import { now } from "@/lib/kernel/clock";
import { BinderyError } from "@/lib/kernel/errors";
import { newCorrelationId, newId } from "@/lib/kernel/ids";
import { idKey, lastName, subscriptionOf } from "@/lib/kernel/resource-id";
import { beforeAndAfter } from "@/lib/plans/words";
import { createRun, type RunRecord } from "@/lib/runs/store";
import { claimValues } from "@/lib/deployments/protected-store";
import { actingAs } from "./acting";
import { kindOf } from "./kinds";
import { type Asker, type FreshPlan, isApprover, planWith, refuseBlocked } from "./planning";
import type { RequestInput } from "./schema";
import { requireStepUp } from "./step-up";
import { auditOf, type RequestRecord, whyOf } from "./store";
import { savePlan } from "./void-plan";

/**
 * Submits a request. With a readable cluster the asker's token makes the plan; without, the request waits unplanned, reveals nothing, and the
 * first eligible approver's token makes it. Throws `invalid_input` with a sentence for each blocking check.
 */
export async function submitRequest(session: Actor, input: BodyOut<"POST /api/v1/requests">): Promise<Answer<"POST /api/v1/requests">> {
  const correlationId = newCorrelationId();
  const actor = await freshAsker(session);
  const fresh = await planWith(callerFor(actor, correlationId), input, askerOf(actor), { oid: actor.oid, name: actor.name });
  refuseBlocked(fresh);
  if (fresh.plan?.verdict.approvals === 0) requireStepUp(fresh.plan.verdict.stepUp, actor, kindOf(input).form);
  return transaction((tx) => keepRequest(tx, actor, { input, fresh, correlationId, batchId: null }));
}

/** Who asks, from a freshly renewed token and never from the session: reducing may need no second person when an Approver asks. Throws `forbidden`. */
export async function freshAsker(session: Actor): Promise<Actor> {
  const actor = await freshActor(session);
  if (!mayAsk(actor))
    throw new BinderyError("forbidden", "Asking needs the portal role Requester or Approver.", {
      remedy: "Ask an administrator of Bindery for the portal role, then sign in again.",
    });
  return actor;
}

/** The asker as planning and policy see them. */
export const askerOf = (actor: Actor): Asker => ({ tid: actor.tid, oid: actor.oid, isApprover: isApprover(actor) });

/** What is asked for and how it was planned. */
type Asking = { input: RequestInput; fresh: FreshPlan; correlationId: string; batchId: string | null };

/** Stores a request with its plan and its audit event. Where no approval is asked for, the requester carries it out at once. */
export async function keepRequest(tx: Tx, actor: Actor, asking: Asking): Promise<{ id: string; number: number }> {
  const { input, fresh, correlationId, batchId } = asking;
  const request = await tx.request.create({
    data: { ...rowOf(actor, input, fresh), requesterIsApprover: isApprover(actor), correlationId, batchId },
  });
  const secrets = kindOf(input).protectedValues?.(input) ?? {};
  if (Object.keys(secrets).length > 0) await claimValues(tx, actor, request.id, secrets);
  const planId =
    fresh.plan === null ? null : await savePlan(tx, { id: request.id, planVersion: 0 }, { plan: fresh.plan, digest: fresh.digest });
  const run =
    fresh.plan?.verdict.approvals === 0 && planId !== null
      ? await startAtOnce(tx, actor, request, { id: planId, document: fresh.plan })
      : null;
  await notifyChange(tx, {
    type: "request",
    id: request.id,
    clusterKey: request.clusterKey,
    sourceKey: request.sourceKey,
    tid: request.tid,
  });
  await appendSubmitted(tx, actor, request, fresh);
  if (run !== null) {
    const summary = `Run ${run.number} is queued; it acts as ${actor.name}. The policy asks for no approval`;
    await appendAudit(tx, {
      ...auditOf(request, actor),
      action: "run-queued",
      outcome: "ok",
      runId: run.id,
      summary,
      detail: { rules: fresh.plan?.verdict.rules, asked: whyOf(request) },
    });
  }
  return { id: request.id, number: request.number };
}

async function startAtOnce(
  tx: Tx,
  actor: Actor,
  request: Parameters<typeof createRun>[1],
  plan: Parameters<typeof createRun>[2],
): Promise<RunRecord> {
  await tx.request.update({ where: { id: request.id }, data: { state: "approved", revision: { increment: 1 } } });
  return createRun(tx, request, plan, actingAs(actor));
}

function rowOf(actor: Actor, input: RequestInput, fresh: FreshPlan): Omit<Prisma.RequestUncheckedCreateInput, "correlationId"> {
  const { sourceId, name } = kindOf(input).subject(input, fresh.plan);
  return {
    id: newId(),
    kind: input.kind,
    state: "waiting",
    tid: actor.tid,
    requesterOid: actor.oid,
    requesterKey: actor.personKey,
    requesterName: actor.name,
    input,
    reason: input.reason,
    ticket: input.ticket ?? null,
    clusterId: input.clusterId,
    clusterKey: idKey(input.clusterId),
    sourceId,
    sourceKey: sourceId === "" ? "" : idKey(sourceId),
    subscriptionId: subscriptionOf(input.clusterId),
    bindingName: name,
    sentence: fresh.plan?.sentence ?? `${kindOf(input).title} named ${name} on ${lastName(input.clusterId)} (not planned yet)`,
    createdAt: now(),
    updatedAt: now(),
  };
}

async function appendSubmitted(
  tx: Tx,
  actor: Actor,
  request: Omit<RequestRecord, "plans" | "decisions" | "runs">,
  fresh: FreshPlan,
): Promise<void> {
  await appendAudit(tx, {
    ...auditOf(request, actor),
    action: "request-submitted",
    outcome: "ok",
    summary: `Request ${request.number}: ${request.sentence}`,
    ...(fresh.plan === null ? {} : beforeAndAfter(fresh.plan)),
    detail: { ...whyOf(request), digest: fresh.plan === null ? null : fresh.digest, verdict: fresh.plan?.verdict ?? null },
  });
}
