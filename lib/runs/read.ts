import type { Actor } from "@/lib/auth/actor";
import { stepUpUrl } from "@/lib/auth/step-up";
import { db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { before, pageOf, readCursor } from "@/lib/db/keyset";
import { withoutWorkspaceReads } from "@/lib/deployments/shown";
import type { Answer, QueryOut } from "@/lib/http/contract";
import { now } from "@/lib/kernel/clock";
import { idKey, lastName } from "@/lib/kernel/resource-id";
import { isDeploymentPlan, type Plan } from "@/lib/plans/plan";
import { showsWorkspace } from "@/lib/requests/shows-workspace";
import { visibleRuns } from "@/lib/requests/visible";
import { pausedWrites, pauseWords } from "@/lib/settings/pause";
import { mayCancel, mayCarryOn, mayRetry } from "./abilities";
import { writtenAmong } from "./store";
import { cancelLeaves } from "./cancel";
import { insightOf, pastOf } from "./insight";
import { paceOf } from "./pace";
import { type Effect, isMoving, isOpen, isSlow, movingStates, type RunState, waitingStates } from "./state";
import { planOf, requestFactsOf, type VisibleRun, visibleRun } from "./visible";

type Row = Answer<"GET /api/v1/runs">["items"][number];
type Detail = Answer<"GET /api/v1/runs/{id}">;

const forRow = {
  request: { select: { number: true, clusterId: true } },
} satisfies Prisma.RunInclude;

/** Runs that this person may see, newest first, keyset-paged. */
export async function readRuns(actor: Actor, query: QueryOut<"GET /api/v1/runs">): Promise<Answer<"GET /api/v1/runs">> {
  const filters: Prisma.RunWhereInput[] = [await visibleRuns(actor), before("queuedAt", readCursor(query.cursor))];
  if (query.state !== undefined) filters.push({ state: query.state });
  if (query.view === "moving") filters.push({ state: { in: [...movingStates] } });
  if (query.view === "needs-me") filters.push({ state: { in: [...waitingStates] } }, needsMe(actor));
  if (query.kind !== undefined) filters.push({ kind: query.kind });
  if (query.cluster !== undefined) filters.push({ clusterKey: idKey(query.cluster) });
  if (query.workspace !== undefined) filters.push({ sourceKey: idKey(query.workspace) });
  const found = await db().run.findMany({
    where: { AND: filters },
    orderBy: [{ queuedAt: "desc" }, { id: "desc" }],
    take: query.limit + 1,
    include: forRow,
  });
  const { rows, nextCursor } = pageOf(found, query.limit, (row) => row.queuedAt);
  return { items: rows.map(rowOf(await pausedWrites(), await writtenAmong(rows))), nextCursor };
}

/** Runs that wait for this person: as the one it acts as, or as an approver who may carry it on. */
export function needsMe(actor: Actor): Prisma.RunWhereInput {
  return {
    OR: [{ actingKey: actor.personKey }, { request: { requesterKey: { not: actor.personKey }, approverRole: { in: actor.portalRoles } } }],
  };
}

type Shown = Prisma.RunGetPayload<{ include: typeof forRow }>;

const rowOf =
  (pause: Awaited<ReturnType<typeof pausedWrites>>, written: ReadonlySet<string>) =>
  (run: Shown): Row => ({
    id: run.id,
    number: run.number,
    requestId: run.requestId,
    requestNumber: run.request.number,
    kind: run.kind,
    sentence: run.sentence,
    state: run.state as RunState,
    effect: run.effect as Effect | null,
    slow: isSlow(run.state, run.slowAt, now()),
    paused: pause !== null && isMoving(run.state) && run.waitingFor === pauseWords(pause),
    written: written.has(run.id),
    clusterName: lastName(run.request.clusterId),
    actingName: run.actingName,
    attempt: run.attempt,
    waitingFor: run.waitingFor,
    queuedAt: run.queuedAt.toISOString(),
    startedAt: run.startedAt?.toISOString() ?? null,
    endedAt: run.endedAt?.toISOString() ?? null,
  });

/** One run with its steps, its Azure calls, and what this person may do with it. */
export async function readRun(actor: Actor, params: { id: string }): Promise<Detail> {
  const run = await visibleRun(actor, params.id);
  const plan = planOf(run);
  const [steps, calls, paused, written, insight, past] = await Promise.all([
    db().runStep.findMany({ where: { runId: run.id }, orderBy: { position: "asc" } }),
    db().armCall.findMany({ where: { runId: run.id }, orderBy: [{ startedAt: "desc" }, { id: "desc" }], take: 200 }),
    pausedWrites(),
    writtenAmong([run]),
    insightOf(run),
    pastOf(actor, run),
  ]);
  const facts = { state: run.state, errorCode: run.errorCode, actingKey: run.actingKey, planVoided: run.plan.voidedAt !== null };
  const request = requestFactsOf(run);
  const detail: Detail = {
    ...rowOf(paused, written)(run),
    clusterId: run.request.clusterId,
    correlationId: run.correlationId,
    revision: run.revision,
    planVersion: run.plan.version,
    digest: run.plan.digest,
    settlesAt: run.settlesAt?.toISOString() ?? null,
    actUntil: run.actUntil.toISOString(),
    cancelAsked: run.cancelAsked,
    missing: run.state === "rights-needed" ? { action: run.missingAction, scope: run.missingScope } : null,
    error: errorOf(run),
    signInUrl:
      run.state === "sign-in-needed" && run.actingOid === actor.oid ? stepUpUrl({ runId: run.id, returnTo: `/runs/${run.id}` }) : null,
    writesPaused: paused !== null && isOpen(run.state),
    steps: steps.map((step) => stepOf(step, plan, isMoving(run.state))),
    calls: calls.reverse().map(callOf),
    ...insight,
    elapsedSeconds: run.startedAt === null ? null : secondsBetween(run.startedAt, run.endedAt),
    past,
    may: { retry: mayRetry(actor, facts, request), cancel: mayCancel(actor, facts, request), carryOn: mayCarryOn(actor, facts, request) },
    cancelLeaves: cancelLeaves(run.effect, plan, written.has(run.id)),
  };
  return !isDeploymentPlan(plan) || (await showsWorkspace(actor, plan, run.requestId)) ? detail : withoutWorkspaceReads(detail, plan);
}

function errorOf(run: VisibleRun): Detail["error"] {
  if (run.errorMessage === null) return null;
  return {
    code: run.errorCode,
    message: run.errorMessage,
    remedy: run.errorRemedy,
    azureCode: run.azureCode,
    azureCorrelationId: run.azureCorrelationId,
  };
}

const secondsBetween = (from: Date, to: Date | null): number => ((to ?? now()).getTime() - from.getTime()) / 1000;

function stepOf(step: Prisma.RunStepGetPayload<object>, plan: Plan, moving: boolean): Detail["steps"][number] {
  const expectSeconds = plan.steps.find((planned) => planned.id === step.stepId)?.expectSeconds ?? null;
  const isTimed = step.startedAt !== null && (step.endedAt !== null || moving);
  return {
    stepId: step.stepId,
    title: step.title,
    state: step.state as Detail["steps"][number]["state"],
    attempt: step.attempt,
    message: step.message,
    startedAt: step.startedAt?.toISOString() ?? null,
    endedAt: step.endedAt?.toISOString() ?? null,
    expectSeconds,
    pace:
      expectSeconds === null || step.startedAt === null || !isTimed
        ? null
        : paceOf(secondsBetween(step.startedAt, step.endedAt), expectSeconds.worst),
    before: step.before,
    after: step.after,
  };
}

function callOf(call: Prisma.ArmCallGetPayload<object>): Detail["calls"][number] {
  return {
    id: call.id,
    stepId: call.stepId,
    attempt: call.attempt,
    purpose: call.purpose,
    method: call.method,
    path: call.path,
    apiVersion: call.apiVersion,
    status: call.status,
    azureCode: call.azureCode,
    requestId: call.requestId,
    correlationId: call.correlationId,
    startedAt: call.startedAt.toISOString(),
    endedAt: call.endedAt?.toISOString() ?? null,
  };
}
