import { z } from "zod";
import { CursorQuery, IsoTime, prose } from "@/lib/kernel/shapes";
import { DeployInput } from "@/lib/deployments/schema";
import { requestKinds } from "@/lib/plans/plan";
import { Ability } from "@/lib/requests/schema";

export const runStates = [
  "queued",
  "running",
  "waiting-for-azure",
  "settling",
  "sign-in-needed",
  "rights-needed",
  "done",
  "failed",
  "cancelled",
] as const;
export const RunState = z.enum(runStates);

export const effects = [
  "accepted",
  "recorded",
  "settling",
  "in-effect-assumed",
  "in-effect-seen",
  "removed",
  "gone-assumed",
  "gone-seen",
] as const;
export const Effect = z.enum(effects);

export const RunRow = z.object({
  id: z.string(),
  number: z.number(),
  requestId: z.string(),
  requestNumber: z.number(),
  kind: z.string(),
  sentence: z.string(),
  state: RunState,
  effect: Effect.nullable(),
  slow: z.boolean(),
  /** It waits before its next write, because all writes are paused. */
  paused: z.boolean(),
  /** Azure may have taken a write of it. */
  written: z.boolean(),
  clusterName: z.string(),
  actingName: z.string(),
  attempt: z.number(),
  waitingFor: z.string().nullable(),
  queuedAt: IsoTime,
  startedAt: IsoTime.nullable(),
  endedAt: IsoTime.nullable(),
});

const Check = z.object({
  name: z.string(),
  status: z.enum(["passed", "failed", "unknown"]),
  code: z.string().nullable(),
  message: z.string(),
  critical: z.boolean(),
});
/** What a cluster showed of an installation, as the run kept it. */
export const ClusterEvidence = z.object({
  reports: z.array(
    z.object({ phase: z.enum(["pre-install", "pre-upgrade", "pre-rollback", "pre-delete", "test"]), checks: z.array(Check) }),
  ),
  /** Those that are not well come first. */
  pods: z.array(
    z.object({
      name: z.string(),
      phase: z.string(),
      reason: z.string().nullable(),
      message: z.string().nullable(),
      ready: z.number(),
      containers: z.number(),
      restarts: z.number(),
      node: z.string().nullable(),
    }),
  ),
  /** Warnings alone, the newest first. */
  events: z.array(
    z.object({
      object: z.string(),
      reason: z.string().nullable(),
      message: z.string().nullable(),
      count: z.number(),
      lastSeen: z.string().nullable(),
    }),
  ),
  notRead: z.array(z.string()),
});
/** The answer of an operation as Azure wrote it, without secrets, at most 20,000 characters. */
export const OperationEvidence = z.object({ status: z.string(), text: z.string() });
const seen = { id: z.string(), stepId: z.string(), attempt: z.number(), seenAt: IsoTime };

const Diagnosis = z.object({
  id: z.string(),
  title: z.string(),
  cause: z.string(),
  remedy: z.string(),
  /** The words in which it was recognised. */
  evidence: z.string(),
  retry: z.enum(["as-is", "after-change", "after-outside-fix", "no"]),
  waitMinutes: z.number().nullable(),
  /** A change of the request with which another try may succeed. `input`: null where it cannot be asked by the form. */
  change: z.object({ label: z.string(), input: DeployInput.nullable() }).nullable(),
});

export const RunDetail = RunRow.extend({
  clusterId: z.string(),
  correlationId: z.string(),
  revision: z.number(),
  planVersion: z.number(),
  digest: z.string(),
  settlesAt: IsoTime.nullable(),
  actUntil: IsoTime,
  cancelAsked: z.boolean(),
  missing: z.object({ action: z.string().nullable(), scope: z.string().nullable() }).nullable(),
  error: z
    .object({
      code: z.string().nullable(),
      message: z.string(),
      remedy: z.string().nullable(),
      azureCode: z.string().nullable(),
      azureCorrelationId: z.string().nullable(),
    })
    .nullable(),
  /** For `sign-in-needed`, only for the acting person: where to sign in; the run goes on by itself afterwards. */
  signInUrl: z.string().nullable(),
  /** All writes are paused, and this run is not over. */
  writesPaused: z.boolean(),
  steps: z.array(
    z.object({
      stepId: z.string(),
      title: z.string(),
      state: z.enum(["pending", "running", "waiting-for-azure", "done", "failed"]),
      attempt: z.number(),
      message: z.string().nullable(),
      startedAt: IsoTime.nullable(),
      endedAt: IsoTime.nullable(),
      expectSeconds: z.object({ typical: z.number(), worst: z.number() }).nullable(),
      /** Of a step under way in a moving run, and of one that is over; null: nothing is known of such steps. */
      pace: z.enum(["usual", "slow", "stuck"]).nullable(),
      before: z.unknown(),
      after: z.unknown(),
    }),
  ),
  calls: z.array(
    z.object({
      id: z.string(),
      stepId: z.string(),
      attempt: z.number(),
      purpose: z.string(),
      method: z.string(),
      path: z.string(),
      apiVersion: z.string().nullable(),
      status: z.number().nullable(),
      azureCode: z.string().nullable(),
      requestId: z.string().nullable(),
      correlationId: z.string(),
      startedAt: IsoTime,
      endedAt: IsoTime.nullable(),
    }),
  ),
  /** What the cluster showed while the run went on, the newest first. */
  evidence: z.array(ClusterEvidence.extend(seen)),
  /** Answers of Azure's long-running operations, the newest first. */
  operations: z.array(OperationEvidence.extend(seen)),
  /** Why the cluster could not be read directly; null: it could, or nobody tried. */
  clusterNotRead: z.string().nullable(),
  /** Of a failed run: what the failure means, the best answer first. */
  diagnosis: z.array(Diagnosis),
  /** What was asked, without protected values: to ask again with changes. Null: the kind has no form for that. */
  again: DeployInput.nullable(),
  /** From its start to its end, or until now. Null: not begun. */
  elapsedSeconds: z.number().nullable(),
  /** How long earlier runs of its kind took, in seconds; null: too few are done. */
  past: z
    .object({
      count: z.number(),
      shortest: z.number(),
      lower: z.number(),
      median: z.number(),
      upper: z.number(),
      longest: z.number(),
    })
    .nullable(),
  may: z.object({ retry: Ability, cancel: Ability, carryOn: Ability }),
  /** What stays in Azure if this run is cancelled now. */
  cancelLeaves: z.string(),
});

export const RunListQuery = CursorQuery.extend({
  state: RunState.optional(),
  view: z.enum(["all", "moving", "needs-me"]).default("all"),
  kind: z.enum(requestKinds).optional(),
  /** ARM ids. */
  cluster: z.string().max(2048).optional(),
  workspace: z.string().max(2048).optional(),
});
export const PauseBody = z.strictObject({ paused: z.boolean(), reason: prose(500, "A reason").min(1, "Say why.") });
