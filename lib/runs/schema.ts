import { z } from "zod";
import { CursorQuery, IsoTime } from "@/lib/kernel/shapes";
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
  may: z.object({ retry: Ability, cancel: Ability, carryOn: Ability }),
  /** What stays in Azure if this run is cancelled now. */
  cancelLeaves: z.string(),
});

export const RunListQuery = CursorQuery.extend({
  state: RunState.optional(),
  view: z.enum(["all", "moving", "needs-me"]).default("all"),
  cluster: z.string().max(2048).optional(),
});
export const PauseBody = z.strictObject({ paused: z.boolean(), reason: z.string().trim().min(1, "Say why.").max(500) });
