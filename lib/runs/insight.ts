import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { applyPlanChange, type PlanChange } from "@/lib/deployments/diagnosis/diagnosis";
import { diagnose, type Failure } from "@/lib/deployments/diagnosis/diagnose";
import { DeployInput } from "@/lib/deployments/schema";
import type { Answer } from "@/lib/http/contract";
import { visibleRuns } from "@/lib/requests/visible";
import { operationKind } from "./evidence";
import { spreadOf } from "./pace";
import { ClusterEvidence, OperationEvidence } from "./schema";
import type { VisibleRun } from "./visible";

type Detail = Answer<"GET /api/v1/runs/{id}">;
type Insight = Pick<Detail, "evidence" | "operations" | "clusterNotRead" | "diagnosis" | "again">;

/** So many looks into the cluster, and answers of operations, are shown: the newest. */
const shownAtMost = 12;
/** So many earlier runs are looked at. */
const pastAtMost = 50;

/** What was seen while a run went on, what a failure means, and the request to ask again with. */
export async function insightOf(run: VisibleRun & { errorCode: string | null; errorMessage: string | null }): Promise<Insight> {
  const where = { runId: run.id };
  const orderBy = [{ seenAt: "desc" as const }, { id: "desc" as const }];
  const [cluster, operations, unread, failed, request] = await Promise.all([
    db().runEvidence.findMany({ where: { ...where, kind: "cluster" }, orderBy, take: shownAtMost }),
    db().runEvidence.findMany({ where: { ...where, kind: operationKind }, orderBy, take: shownAtMost }),
    db().runEvidence.findFirst({ where: { ...where, kind: "cluster-not-read" }, orderBy }),
    db().runStep.findFirst({ where: { ...where, state: "failed" }, orderBy: { position: "asc" } }),
    db().request.findUniqueOrThrow({ where: { id: run.requestId }, select: { input: true } }),
  ]);
  const evidence = cluster.flatMap((row) => shown(row, ClusterEvidence));
  const asked = askedOf(run.kind, request.input);
  return {
    evidence,
    operations: operations.flatMap((row) => shown(row, OperationEvidence)),
    clusterNotRead: (unread?.document as { why?: string } | undefined)?.why ?? null,
    diagnosis: run.state === "failed" && run.kind.startsWith("ml-") ? diagnosisOf(run, failed?.stepId ?? "", evidence, asked) : [],
    again: asked,
  };
}

type Row = { id: string; stepId: string; attempt: number; seenAt: Date; document: unknown };

/** A document of another form than today's is left out: it was kept by another version. */
function shown<T>(
  { id, stepId, attempt, seenAt, document }: Row,
  shape: { safeParse(value: unknown): { success: true; data: T } | { success: false } },
) {
  const read = shape.safeParse(document);
  return read.success ? [{ id, stepId, attempt, seenAt: seenAt.toISOString(), ...read.data }] : [];
}

/** What was asked, without references to protected values: they are one person's, and are wiped when the request ends. */
function askedOf(kind: string, input: unknown): DeployInput | null {
  if (kind !== "ml-deploy") return null;
  const read = DeployInput.safeParse(input);
  if (!read.success) return null;
  const { extension } = read.data;
  return extension === "present" ? read.data : { ...read.data, extension: { ...extension, protected: {} } };
}

/** What Bindery stops itself says itself what to do: only Azure's and the cluster's words are looked up. */
const ownCodes = new Set(["plan_void", "precondition_failed", "superseded", "invalid_input", "internal"]);

function diagnosisOf(run: VisibleRun, stepId: string, evidence: Insight["evidence"], asked: DeployInput | null): Detail["diagnosis"] {
  // A conflict without a code of Azure's is a change by another that Bindery found.
  if (run.errorMessage === null || ownCodes.has(run.errorCode ?? "") || (run.errorCode === "conflict" && run.azureCode === null)) return [];
  const latest = evidence.find((one) => one.reports.length > 0);
  const failure: Failure = {
    source: sourceOf(stepId),
    code: run.azureCode,
    message: run.errorMessage,
    ...(latest === undefined ? {} : { report: latest.reports }),
  };
  return diagnose(failure).map(({ change, wait, ...rest }) => ({
    ...rest,
    waitMinutes: wait?.minutes ?? null,
    change: change === undefined ? null : { label: change.label, input: changed(asked, change) },
  }));
}

function sourceOf(stepId: string): Failure["source"] {
  if (/extension|namespace-gone/.test(stepId)) return "extension";
  if (/attach|detach/.test(stepId)) return "compute";
  return stepId === "make-namespace" ? "kubernetes" : "arm";
}

/** The request with a change, as far as it can be made there; a new plan registers providers by itself. */
function changed(asked: DeployInput | null, change: PlanChange): DeployInput | null {
  if (asked === null) return null;
  if (change.do === "grant-binding") return { ...asked, binding: { role: change.role } };
  if (change.do === "register-providers") return asked;
  return asked.extension === "present" ? null : { ...asked, extension: applyPlanChange(asked.extension, change) };
}

/** How long earlier runs of the same kind took that this person may see, the newest fifty; null when too few are done. */
export async function pastOf(actor: Actor, run: { id: string; kind: string }): Promise<Detail["past"]> {
  const done = await db().run.findMany({
    where: { AND: [await visibleRuns(actor), { kind: run.kind, state: "done", attempt: 1, id: { not: run.id } }] },
    orderBy: [{ queuedAt: "desc" }, { id: "desc" }],
    take: pastAtMost,
    select: { startedAt: true, endedAt: true },
  });
  return spreadOf(
    done.flatMap(({ startedAt, endedAt }) =>
      startedAt === null || endedAt === null ? [] : [(endedAt.getTime() - startedAt.getTime()) / 1000],
    ),
  );
}
