import type { Actor } from "@/lib/auth/actor";
import { type AuditInput } from "@/lib/audit/append";
import type { Prisma } from "@/lib/db/generated/client";
import { db, type Tx } from "@/lib/db/client";
import { notifyChange } from "@/lib/db/notify";
import { wipeValues } from "@/lib/deployments/protected-store";
import { now } from "@/lib/kernel/clock";
import { BinderyError, overtaken } from "@/lib/kernel/errors";
import type { Plan } from "@/lib/plans/plan";
import type { RequestFacts } from "./abilities";
import { mayBecome } from "./state";
import { visibleRequests } from "./visible";

const withPlan = {
  plans: { orderBy: { version: "desc" }, take: 1 },
  decisions: { orderBy: { decidedAt: "asc" } },
  runs: { orderBy: { queuedAt: "desc" } },
} satisfies Prisma.RequestInclude;

/** A request with its current plan, all decisions and runs (newest first). */
export type RequestRecord = Prisma.RequestGetPayload<{ include: typeof withPlan }>;

/** The request of that id, if this person may see it; otherwise `not_found`, exactly as for an absent one. */
export async function visibleRequest(actor: Actor, id: string): Promise<RequestRecord> {
  const found = await db().request.findFirst({ where: { AND: [{ id }, await visibleRequests(actor)] }, include: withPlan });
  if (found === null) throw new BinderyError("not_found", "There is no such request, or you may not see it.");
  return found;
}

/** The requests of a batch that this person may see, by number; `not_found` where there is none. */
export async function visibleBatch(actor: Actor, batchId: string): Promise<RequestRecord[]> {
  const where = { AND: [{ batchId }, await visibleRequests(actor)] };
  const found = await db().request.findMany({ where, include: withPlan, orderBy: { number: "asc" } });
  if (found.length === 0) throw new BinderyError("not_found", "There are no such requests, or you may not see them.");
  return found;
}

/** The current plan of a request; null when nobody could plan yet. */
export function currentPlan(request: RequestRecord): { id: string; version: number; digest: string; document: Plan } | null {
  const [plan] = request.plans;
  return plan === undefined
    ? null
    : { id: plan.id, version: plan.version, digest: plan.digest, document: plan.document as unknown as Plan };
}

/** What the rules of `abilities.ts` need to know of a request. */
export function factsOf(request: RequestRecord): RequestFacts {
  const plan = currentPlan(request);
  return {
    state: request.state,
    requesterKey: request.requesterKey,
    requesterOid: request.requesterOid,
    verdict: plan?.document.verdict ?? null,
    deciders: request.decisions
      .filter((decision) => decision.planId === plan?.id)
      .flatMap((decision) => [decision.deciderKey, decision.deciderOid]),
    approvals: request.decisions.filter((decision) => decision.planId === plan?.id && decision.verdict === "approve").length,
    runState: request.runs.find((run) => run.planId === plan?.id)?.state ?? null,
  };
}

/** Changes a request that is still as the caller saw it; throws `conflict` when somebody was faster. */
export async function changeRequest(
  tx: Tx,
  seen: Pick<RequestRecord, "id" | "revision" | "state" | "clusterKey" | "sourceKey" | "tid">,
  patch: Prisma.RequestUpdateManyMutationInput,
): Promise<void> {
  if (typeof patch.state === "string" && !mayBecome(seen.state, patch.state))
    throw overtaken(`A request that is ${seen.state} cannot become ${patch.state}.`);
  const changed = await tx.request.updateMany({
    where: { id: seen.id, revision: seen.revision, state: seen.state },
    data: { ...patch, revision: { increment: 1 } },
  });
  if (changed.count === 0) throw overtaken("Somebody else changed this request a moment ago.");
  if (patch.closedAt !== undefined) await wipeValues(tx, seen.id);
  await notifyChange(tx, { type: "request", id: seen.id, clusterKey: seen.clusterKey, sourceKey: seen.sourceKey, tid: seen.tid });
}

/** Closes an approved request whose run has ended. Harmless for one that is closed already. */
export async function closeRequest(tx: Tx, run: { requestId: string; clusterKey: string; sourceKey: string; tid: string }): Promise<void> {
  await tx.request.updateMany({
    where: { id: run.requestId, state: "approved" },
    data: { state: "done", closedAt: now(), updatedAt: now(), revision: { increment: 1 } },
  });
  await wipeValues(tx, run.requestId);
  await notifyChange(tx, { type: "request", id: run.requestId, clusterKey: run.clusterKey, sourceKey: run.sourceKey, tid: run.tid });
}

/**
 * Why a request was made, in the requester's words, for the details of audit events: an auditor reads it without the request's page. `batch`: what it
 * was asked for together with.
 */
export function whyOf({ reason, ticket, batchId }: Pick<RequestRecord, "reason" | "ticket" | "batchId">): {
  reason: string | null;
  ticket: string | null;
  batch?: string;
} {
  return { reason: reason || null, ticket, ...(batchId === null ? {} : { batch: batchId }) };
}

/** What every audit event about a request carries. */
export function auditOf(
  request: Pick<RequestRecord, "id" | "tid" | "clusterKey" | "correlationId">,
  actor: Actor,
): Pick<AuditInput, "tid" | "actor" | "subject" | "clusterKey" | "requestId" | "correlationId"> {
  return {
    tid: request.tid,
    actor,
    subject: { type: "request", id: request.id },
    clusterKey: request.clusterKey,
    requestId: request.id,
    correlationId: request.correlationId,
  };
}
