import { appendAudit } from "@/lib/audit/append";
import type { Actor } from "@/lib/auth/actor";
import { callerFor } from "@/lib/auth/caller";
import { transaction } from "@/lib/db/client";
import { notifyChange } from "@/lib/db/notify";
import type { Answer } from "@/lib/http/contract";
import { now } from "@/lib/kernel/clock";
import { BinderyError } from "@/lib/kernel/errors";
import type { Plan } from "@/lib/plans/plan";
import { beforeAndAfter } from "@/lib/plans/words";
import { mayPlan } from "./abilities";
import { comparePlan, planWith, refuseBlocked } from "./planning";
import type { RequestInput } from "./schema";
import { auditOf, changeRequest, currentPlan, factsOf, type RequestRecord, visibleRequest } from "./store";
import { replacePlan, savePlan } from "./void-plan";

type PlannedAgain = Answer<"POST /api/v1/requests/{id}/plan">;

/** Plans a waiting request with the caller's own rights: the first plan when there is none, else a check that voids the old one when the facts changed. */
export async function planAgain(actor: Actor, params: { id: string }): Promise<PlannedAgain> {
  const request = await visibleRequest(actor, params.id);
  const ability = mayPlan(actor, factsOf(request));
  if (!ability.allowed)
    throw new BinderyError(request.state === "waiting" ? "forbidden" : "conflict", ability.why ?? "You may not plan this request.");
  const old = currentPlan(request);
  return old === null ? await firstPlan(actor, request) : await checkPlan(actor, request, old);
}

async function firstPlan(actor: Actor, request: RequestRecord): Promise<PlannedAgain> {
  const planner = { oid: actor.oid, name: actor.name };
  const fresh = await planWith(
    callerFor(actor, request.correlationId),
    request.input as RequestInput,
    { tid: request.tid, oid: request.requesterOid, isApprover: request.requesterIsApprover },
    planner,
  );
  if (fresh.plan === null)
    throw new BinderyError("rights_needed", "You cannot read this cluster in Azure either, so you cannot plan.", {
      remedy: "Let somebody plan who may read the cluster.",
      action: "Microsoft.ContainerService/managedClusters/read",
      scope: request.clusterId,
    });
  refuseBlocked(fresh);
  const { plan, digest } = fresh;
  await transaction(async (tx) => {
    await changeRequest(tx, request, { updatedAt: now() });
    await savePlan(tx, { id: request.id, planVersion: request.planVersion }, { plan, digest });
    await appendAudit(tx, {
      ...auditOf(request, actor),
      action: "request-planned",
      outcome: "ok",
      summary: `Request ${request.number} planned by ${actor.name}`,
      ...beforeAndAfter(plan),
      detail: { digest, version: 1 },
    });
  });
  return { version: request.planVersion + 1, digest, changed: true, changes: [], stops: [] };
}

async function checkPlan(actor: Actor, request: RequestRecord, old: NonNullable<ReturnType<typeof currentPlan>>): Promise<PlannedAgain> {
  const comparison = await comparePlan(callerFor(actor, request.correlationId), request.id, old.document, {
    oid: actor.oid,
    name: actor.name,
  });
  if (comparison.changes.length > 0) {
    const version = await transaction((tx) =>
      replacePlan(tx, { runId: null, requestId: request.id, planId: old.id, changes: comparison.changes, fresh: comparison.fresh }),
    );
    return { version, digest: comparison.fresh.digest, changed: true, changes: comparison.changes, stops: stopsOf(comparison.fresh.plan) };
  }
  // The digest holds, but what is not digested (slots, locks, power state) may read differently now: the review shows the newest look, unless
  // this person reads less than the one before.
  if (readsLess(comparison.fresh.plan, old.document))
    return { version: request.planVersion, digest: old.digest, changed: false, changes: [], stops: stopsOf(old.document) };
  await transaction(async (tx) => {
    await changeRequest(tx, request, {});
    await appendAudit(tx, {
      ...auditOf(request, actor),
      action: "request-planned",
      outcome: "ok",
      summary: `${actor.name} looked again: plan ${request.planVersion} of request ${request.number} holds`,
      before: old.document.preconditions,
      after: comparison.fresh.plan.preconditions,
      detail: { digest: old.digest, version: request.planVersion },
    });
    await tx.plan.update({ where: { id: old.id }, data: { document: JSON.parse(JSON.stringify(comparison.fresh.plan)) as object } });
    await notifyChange(tx, {
      type: "request",
      id: request.id,
      clusterKey: request.clusterKey,
      sourceKey: request.sourceKey,
      tid: request.tid,
    });
  });
  return { version: request.planVersion, digest: old.digest, changed: false, changes: [], stops: stopsOf(comparison.fresh.plan) };
}

const stopsOf = (plan: Plan): string[] =>
  plan.preconditions.filter((condition) => condition.status === "blocking").map((condition) => condition.message);

/** Whether something that the older plan could tell is *not verified* in the newer one. */
function readsLess(newer: Plan, older: Plan): boolean {
  const unknown = (plan: Plan): Set<string> =>
    new Set(plan.preconditions.filter((condition) => condition.status === "not-verified").map((condition) => condition.key));
  const before = unknown(older);
  return [...unknown(newer)].some((key) => !before.has(key));
}
