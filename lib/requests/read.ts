import { closingOf } from "@/lib/audit/closing";
import { type Actor, holds } from "@/lib/auth/actor";
import { visibleScope } from "@/lib/auth/scope";
import { db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { before, pageOf, readCursor } from "@/lib/db/keyset";
import { withoutWorkspaceFacts } from "@/lib/deployments/shown";
import type { Answer, QueryOut } from "@/lib/http/contract";
import { now } from "@/lib/kernel/clock";
import { idKey, lastName } from "@/lib/kernel/resource-id";
import { isDeploymentPlan, isNetworkPlan, type Plan } from "@/lib/plans/plan";
import { writtenAmong } from "@/lib/runs/store";
import { mayComment, mayDecide, mayPlan, mayStart, mayWithdraw } from "./abilities";
import { exportsOf } from "./exports";
import { ruleChangesOf } from "./check";
import type { RequestInput, requestStates } from "./schema";
import { showsWorkspace } from "./shows-workspace";
import { missingStepUp, signInAgainUrl } from "./step-up";
import { currentPlan, factsOf, type RequestRecord, visibleRequest } from "./store";
import { visibleRequests } from "./visible";
import { waitingFor } from "./waiting";
import { namingPlanner } from "./whose-reading";

type Row = Answer<"GET /api/v1/requests">["items"][number];

const forRow = {
  id: true,
  number: true,
  kind: true,
  state: true,
  sentence: true,
  requesterKey: true,
  requesterName: true,
  approverRole: true,
  approvalsNeeded: true,
  risk: true,
  clusterId: true,
  batchId: true,
  createdAt: true,
  updatedAt: true,
  plans: { orderBy: { version: "desc" }, take: 1, select: { id: true } },
  decisions: { select: { planId: true, verdict: true, deciderKey: true } },
} satisfies Prisma.RequestSelect;
type RowRecord = Prisma.RequestGetPayload<{ select: typeof forRow }>;

/** Requests that this person may see, newest first, keyset-paged. */
export async function readRequests(actor: Actor, query: QueryOut<"GET /api/v1/requests">): Promise<Answer<"GET /api/v1/requests">> {
  const filters: Prisma.RequestWhereInput[] = [await visibleRequests(actor), before("createdAt", readCursor(query.cursor))];
  if (query.state !== undefined) filters.push({ state: query.state });
  if (query.kind !== undefined) filters.push({ kind: query.kind });
  if (query.cluster !== undefined) filters.push({ clusterKey: idKey(query.cluster) });
  if (query.view === "mine") filters.push({ requesterKey: actor.personKey });
  if (query.view === "waiting-for-me") filters.push(waitingFor(actor));
  if (query.search !== undefined && query.search !== "") filters.push(searchOf(query.search));
  const found = await db().request.findMany({
    where: { AND: filters },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: query.limit + 1,
    select: forRow,
  });
  const { rows, nextCursor } = pageOf(found, query.limit, (row) => row.createdAt);
  return { items: rows.map((row) => rowOf(actor, row)), nextCursor };
}

function searchOf(text: string): Prisma.RequestWhereInput {
  const contains = { contains: text, mode: "insensitive" as const };
  const number = /^#?\d{1,9}$/.test(text) ? [{ number: Number(text.replace("#", "")) }] : [];
  return { OR: [{ sentence: contains }, { bindingName: contains }, { requesterName: contains }, { ticket: contains }, ...number] };
}

function rowOf(actor: Actor, row: RowRecord): Row {
  const planId = row.plans[0]?.id;
  const decisions = row.decisions.filter((decision) => decision.planId === planId);
  const mine = row.requesterKey === actor.personKey;
  return {
    id: row.id,
    number: row.number,
    kind: row.kind,
    state: row.state as (typeof requestStates)[number],
    sentence: row.sentence,
    requesterName: row.requesterName,
    mine,
    waitingForMe:
      row.state === "waiting" && !mine && holdsRole(actor, row) && !decisions.some((decision) => decision.deciderKey === actor.personKey),
    risk: row.risk as Row["risk"],
    approvals: decisions.filter((decision) => decision.verdict === "approve").length,
    approvalsNeeded: row.approvalsNeeded,
    clusterId: row.clusterId,
    clusterName: lastName(row.clusterId),
    batchId: row.batchId,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

function holdsRole(actor: Actor, row: { approverRole: string | null }): boolean {
  return row.approverRole === null
    ? actor.portalRoles.some((role) => role === "Approver" || role.startsWith("Approver."))
    : actor.portalRoles.includes(row.approverRole);
}

/** What a decision needs of a request that the person may see. `returnTo`: the page to come back to after another sign-in. */
export async function reviewOf(actor: Actor, request: RequestRecord, returnTo: string): Promise<Review> {
  const plan = currentPlan(request);
  const facts = factsOf(request);
  const [written, versions] = await Promise.all([writtenAmong(request.runs), versionsOf(request)]);
  const voided = versions.find((version) => version.voidedAt !== null) ?? null;
  const approve = mayDecide(actor, facts);
  const shown = plan === null ? null : await shownTo(actor, plan.document, request);
  const isWhole = shown === null || shown === plan?.document || !isDeploymentPlan(shown);
  const missing = approve.allowed && plan !== null ? missingStepUp(plan.document.verdict.stepUp, actor, now()) : null;
  return {
    ...rowOf(actor, { ...request, plans: plan === null ? [] : [{ id: plan.id }] }),
    reason: request.reason,
    ticket: request.ticket,
    plan: shown === null ? null : inWordsFor(actor, shown),
    planVersion: request.planVersion,
    digest: plan?.digest ?? null,
    voided:
      voided === null || voided.voidedAt === null
        ? null
        : {
            version: voided.version,
            at: voided.voidedAt.toISOString(),
            reasons: isWhole ? voided.voidReasons : ["What changed is shown to those who can read the workspace, and to the parties."],
          },
    decisions: request.decisions.map((decision) => decisionOf(decision, versions)),
    runs: request.runs.map((run) => ({
      id: run.id,
      number: run.number,
      state: run.state,
      effect: run.effect,
      written: written.has(run.id),
      queuedAt: run.queuedAt.toISOString(),
    })),
    may: {
      approve,
      reject: approve,
      withdraw: mayWithdraw(actor, facts),
      comment: mayComment(actor),
      start: mayStart(actor, facts),
      plan: mayPlan(actor, facts),
    },
    stepUpNeeded: missing === null ? null : { why: missing.why, signInUrl: signInAgainUrl(missing.want, returnTo) },
  };
}

type Detail = Answer<"GET /api/v1/requests/{id}">;
type Review = Omit<Detail, "plan" | "input" | "revision" | "correlationId" | "ruleChanges" | "exports" | "closing" | "comments"> & {
  plan: Plan | null;
};

/** One request with its plan, decisions, comments, and what this person may do with it. */
export async function readRequest(actor: Actor, params: { id: string }): Promise<Detail> {
  const request = await visibleRequest(actor, params.id);
  const plan = currentPlan(request);
  const [review, closing, comments] = await Promise.all([
    reviewOf(actor, request, `/requests/${request.id}`),
    request.state === "withdrawn" || request.state === "expired" ? closingOf(request.tid, request.id) : null,
    db().comment.findMany({ where: { requestId: request.id }, orderBy: [{ createdAt: "desc" }, { id: "desc" }], take: 500 }),
  ]);
  return {
    ...review,
    input: inputFor(actor, request, review.plan),
    revision: request.revision,
    correlationId: request.correlationId,
    ruleChanges: plan === null ? [] : await ruleChangesOf(plan.document),
    exports: plan === null ? null : exportsOf(plan.document),
    closing,
    comments: comments.reverse().map((comment) => ({
      id: comment.id,
      authorName: comment.authorName,
      text: comment.text,
      createdAt: comment.createdAt.toISOString(),
    })),
  };
}

/** What was asked; of the workspaces that somebody else asked ranges for, those that the plan shows to the viewer. */
function inputFor(actor: Actor, request: RequestRecord, shown: Plan | null): RequestInput {
  const input = request.input as RequestInput;
  if (input.kind !== "network-authorize" || shown === null || !isNetworkPlan(shown) || request.requesterKey === actor.personKey)
    return input;
  const { workspaces } = shown;
  const visible = new Set(workspaces.map(({ id }) => idKey(id)));
  return { ...input, workspaces: input.workspaces.filter((id) => visible.has(idKey(id))) };
}

/** Its checks speak to whoever planned; for anybody else they name that person. */
const inWordsFor = (actor: Actor, plan: Plan): Plan => (plan.plannedBy.oid === actor.oid ? plan : namingPlanner(plan));

/** Every version of a request's plan, newest first. Most have but the one that was read with the request. */
function versionsOf(request: RequestRecord): Promise<PlanVersion[]> | PlanVersion[] {
  if (request.planVersion <= 1) return request.plans;
  return db().plan.findMany({ where: { requestId: request.id }, select: forVersion, orderBy: { version: "desc" } });
}

const forVersion = { id: true, version: true, voidedAt: true, voidReasons: true } satisfies Prisma.PlanSelect;
type PlanVersion = Prisma.PlanGetPayload<{ select: typeof forVersion }>;

/** The frozen plan, without what only the planner's token could read of other resources: a viewer sees of those what Azure shows to them. */
async function shownTo(actor: Actor, plan: Plan, request: RequestRecord): Promise<Plan> {
  if (isDeploymentPlan(plan)) return (await showsWorkspace(actor, plan, request.id)) ? plan : withoutWorkspaceFacts(plan);
  if (plan.plannedBy.oid === actor.oid || holds(actor, "Auditor")) return plan;
  const { sourceKey } = request;
  const visible = new Set((await visibleScope(actor)).resourceKeys);
  if (isNetworkPlan(plan)) return { ...plan, workspaces: plan.workspaces.filter(({ id }) => visible.has(idKey(id))) };
  return {
    ...plan,
    sourceElsewhere: plan.sourceElsewhere.filter(({ clusterId }) => visible.has(idKey(clusterId))),
    indirect: visible.has(sourceKey) ? plan.indirect : null,
  };
}

function decisionOf(
  decision: RequestRecord["decisions"][number],
  versions: { id: string; version: number }[],
): Answer<"GET /api/v1/requests/{id}">["decisions"][number] {
  return {
    id: decision.id,
    verdict: decision.verdict === "approve" ? "approve" : "reject",
    reason: decision.reason,
    deciderName: decision.deciderName,
    deciderOid: decision.deciderOid,
    planVersion: versions.find((plan) => plan.id === decision.planId)?.version ?? 0,
    digest: decision.planDigest,
    authTime: decision.authTime.toISOString(),
    acrs: decision.acrs,
    amr: decision.amr,
    decidedAt: decision.decidedAt.toISOString(),
  };
}
