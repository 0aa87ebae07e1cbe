import { appendAudit } from "@/lib/audit/append";
import type { Actor } from "@/lib/auth/actor";
import { callerFor } from "@/lib/auth/caller";
import { freshActor } from "@/lib/auth/fresh-actor";
import { type Tx, transaction } from "@/lib/db/client";
import type { Answer, BodyOut } from "@/lib/http/contract";
import { now } from "@/lib/kernel/clock";
import { BinderyError, overtaken, isBinderyError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { beforeAndAfter } from "@/lib/plans/words";
import { createRun } from "@/lib/runs/store";
import { hasDecided, isOwn, mayDecide } from "./abilities";
import { actingAs } from "./acting";
import { type Comparison, comparePlan } from "./planning";
import { requireStepUp } from "./step-up";
import { auditOf, changeRequest, currentPlan, factsOf, type RequestRecord, visibleRequest, whyOf } from "./store";
import { replacePlan } from "./void-plan";

type Body = BodyOut<"POST /api/v1/requests/{id}/decisions">;
type Decided = Answer<"POST /api/v1/requests/{id}/decisions">;

/**
 * Approves or rejects exactly the plan of the given digest. Roles are read from a freshly renewed token; the facts are gathered again with the
 * decider's own rights, and a change voids the plan instead. A critical risk has to be accepted by name. Two approvers at once are both counted; two clicks of one never are.
 */
export async function decide(session: Actor, params: { id: string }, body: Body): Promise<Decided> {
  return decideAs(await freshActor(session), params.id, body);
}

/** The same for a person whose token was renewed already. */
export async function decideAs(actor: Actor, id: string, body: Body): Promise<Decided> {
  let comparison: Comparison | null = null;
  for (let attempt = 0; ; attempt++) {
    const request = await visibleRequest(actor, id);
    const plan = admit(actor, request, body);
    if (body.verdict === "approve") requireStepUp(plan.document.verdict.stepUp, actor, `/requests/${request.id}`);
    if (body.verdict === "approve" && comparison === null) {
      comparison = await comparePlan(callerFor(actor, request.correlationId), request.id, plan.document, {
        oid: actor.oid,
        name: actor.name,
      });
      await refuseChanged(request, plan, comparison);
    }
    try {
      return await transaction((tx) => record(tx, actor, request, plan, body, comparison));
    } catch (error) {
      // Another approver's decision came between: look again, and count both.
      if (isBinderyError(error, "conflict") && attempt < 3) continue;
      throw error;
    }
  }
}

type CurrentPlan = NonNullable<ReturnType<typeof currentPlan>>;

/** The plan that this person may decide on so. Throws `forbidden`, `invalid_input`, and `conflict` where it is closed or no longer the current one. */
export function admit(person: Actor, request: RequestRecord, body: Body): CurrentPlan {
  const ability = mayDecide(person, factsOf(request));
  if (!ability.allowed) {
    const facts = factsOf(request);
    const closed = request.state !== "waiting" || (hasDecided(person, facts) && !isOwn(person, facts));
    throw new BinderyError(closed ? "conflict" : "forbidden", ability.why ?? "You may not decide on this request.");
  }
  const plan = currentPlan(request);
  if (plan === null || plan.digest !== body.digest)
    throw overtaken("The plan is no longer the one that you looked at.", "Reload the request and review the present plan.");
  if (body.verdict === "approve" && plan.document.risk.level === "critical" && body.acceptsRisk !== "critical")
    throw new BinderyError("invalid_input", "The risk of this plan is critical, and the approval does not say that it is accepted.", {
      field: "acceptsRisk",
      remedy: 'Read the reasons of the risk. To approve all the same, send "acceptsRisk": "critical".',
    });
  if (body.verdict === "reject" && !body.reason) throw new BinderyError("invalid_input", "Say why you reject it.", { field: "reason" });
  return plan;
}

/** Changed facts void the plan; a new obstacle refuses the approval but leaves the plan. */
async function refuseChanged(request: RequestRecord, plan: CurrentPlan, comparison: Comparison): Promise<void> {
  if (comparison.changes.length > 0) {
    await transaction((tx) =>
      replacePlan(tx, { runId: null, requestId: request.id, planId: plan.id, changes: comparison.changes, fresh: comparison.fresh }),
    );
    throw new BinderyError("plan_void", "The facts changed since this plan was made, so it is void. The request waits with a new plan.", {
      changes: comparison.changes,
      remedy: "Reload the request: the review shows what changed.",
    });
  }
  const blocking = comparison.fresh.plan.preconditions.filter((condition) => condition.status === "blocking");
  if (blocking.length > 0)
    throw new BinderyError("conflict", blocking.map((condition) => condition.message).join(" "), {
      title: blocking.length === 1 ? "A check stops this request" : `${blocking.length} checks stop this request`,
      remedy: blocking[0]?.remedy,
    });
}

async function record(
  tx: Tx,
  actor: Actor,
  request: RequestRecord,
  plan: CurrentPlan,
  body: Body,
  comparison: Comparison | null,
): Promise<Decided> {
  const { verdict } = plan.document;
  const before = request.decisions.filter((decision) => decision.planId === plan.id && decision.verdict === "approve").length;
  const complete = body.verdict === "approve" && before + 1 >= verdict.approvals;
  const state = body.verdict === "reject" ? "rejected" : complete ? "approved" : "waiting";
  await changeRequest(tx, request, {
    state,
    updatedAt: now(),
    ...(state === "rejected" ? { closedAt: now() } : {}),
  });
  await tx.decision.create({
    data: {
      id: newId(),
      requestId: request.id,
      planId: plan.id,
      planDigest: plan.digest,
      verdict: body.verdict,
      reason: body.reason || null,
      deciderOid: actor.oid,
      deciderKey: actor.personKey,
      deciderName: actor.name,
      portalRoles: actor.portalRoles,
      acrs: actor.acrs,
      amr: actor.amr,
      authTime: actor.authTime,
      decidedAt: now(),
    },
  });
  const starts = complete && body.start === "now" && verdict.executor === "approver";
  const run = starts ? await createRun(tx, request, { id: plan.id, document: plan.document }, actingAs(actor)) : null;
  await appendAudit(tx, {
    ...auditOf(request, actor),
    action: body.verdict === "approve" ? "request-approved" : "request-rejected",
    outcome: "ok",
    summary:
      body.verdict === "approve"
        ? `Approved plan ${plan.version} of request ${request.number} (${before + 1} of ${verdict.approvals})`
        : `Rejected request ${request.number}: ${body.reason}`,
    ...beforeAndAfter(plan.document),
    detail: {
      digest: plan.digest,
      risk: plan.document.risk.level,
      acceptsRisk: body.acceptsRisk ?? null,
      reason: body.reason || null,
      asked: whyOf(request),
      portalRoles: actor.portalRoles,
      acrs: actor.acrs,
      amr: actor.amr,
      authTime: actor.authTime.toISOString(),
      notReadable: comparison?.unreadable.map((fact) => fact.label) ?? [],
    },
  });
  if (run === null) return { state, runId: null };
  await appendAudit(tx, {
    ...auditOf(request, actor),
    action: "run-queued",
    outcome: "ok",
    runId: run.id,
    summary: `Run ${run.number} is queued; it acts as ${actor.name}`,
    detail: { digest: plan.digest, asked: whyOf(request) },
  });
  return { state, runId: run.id };
}
