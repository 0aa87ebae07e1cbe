import { z } from "zod";
import { idKey } from "@/lib/kernel/resource-id";
import { ClusterId, IsoTime } from "@/lib/kernel/shapes";
import { NetworkInput } from "@/lib/network/authorize/schema";
import { mostClusters } from "./limits";
import { CheckAnswer, DecideBody, RequestDetail } from "../schema";

/** The same change of the authorized ranges of several clusters, each of which becomes a request. What is taken out is of one list, and asked for there. */
export const BatchInput = NetworkInput.omit({ clusterId: true, remove: true, workspaces: true }).extend({
  clusterIds: z
    .array(ClusterId)
    .min(2, "Choose at least two clusters; for one there is a form of its own.")
    .max(mostClusters, `At most ${mostClusters} clusters at once.`)
    .refine((ids) => new Set(ids.map(idKey)).size === ids.length, "A cluster is named twice."),
});
export type BatchInput = z.infer<typeof BatchInput>;

/** What is asked for of each cluster, in the order of the clusters. */
export const inputsOf = ({ clusterIds, ...same }: BatchInput): NetworkInput[] =>
  clusterIds.map((clusterId) => ({ ...same, clusterId, remove: [], workspaces: [] }));

/** What each cluster would get, in the order of the clusters. */
export const BatchCheck = z.object({ items: z.array(z.object({ clusterId: z.string(), answer: CheckAnswer })) });

/** The batch, and the request that each cluster got. */
export const BatchSubmitted = z.object({
  id: z.string(),
  requests: z.array(z.object({ id: z.string(), number: z.number(), clusterId: z.string() })),
});

/** One of them, without what only its own page is for. */
const BatchRequest = RequestDetail.pick({
  id: true,
  number: true,
  kind: true,
  state: true,
  sentence: true,
  requesterName: true,
  mine: true,
  waitingForMe: true,
  risk: true,
  approvals: true,
  approvalsNeeded: true,
  clusterId: true,
  clusterName: true,
  batchId: true,
  createdAt: true,
  updatedAt: true,
  plan: true,
  planVersion: true,
  decisions: true,
  digest: true,
  voided: true,
  runs: true,
  may: true,
  stepUpNeeded: true,
});

/** Requests that were asked for together, as far as this person may see them. */
export const Batch = z.object({
  id: z.string(),
  requesterName: z.string(),
  mine: z.boolean(),
  reason: z.string(),
  ticket: z.string().nullable(),
  createdAt: IsoTime,
  requests: z.array(BatchRequest),
});

/** One decision over a list of digests. */
export const BatchDecideBody = DecideBody.omit({ digest: true, acceptsRisk: true }).extend({
  plans: z
    .array(DecideBody.pick({ digest: true, acceptsRisk: true }).extend({ id: z.uuid("This is not an id.") }))
    .min(1, "Choose at least one request.")
    .max(mostClusters, `At most ${mostClusters} requests at once.`)
    .refine((plans) => new Set(plans.map(({ id }) => id)).size === plans.length, "A request is named twice."),
});

/** Why one dropped out, in the words of the refusal that it would have met alone. */
const Dropped = z.object({
  code: z.string(),
  title: z.string(),
  detail: z.string(),
  remedy: z.string().optional(),
  /** What changed of the facts that the plan rested on: it is void, and waits with a new one. */
  changes: z.array(z.string()).optional(),
});

/** What became of each: decided, or dropped out alone, and why. */
export const BatchDecided = z.object({
  outcomes: z.array(
    z.object({
      id: z.string(),
      number: z.number(),
      clusterName: z.string(),
      /** Null: it dropped out. */
      decided: z.object({ state: z.string(), runId: z.string().nullable() }).nullable(),
      dropped: Dropped.nullable(),
    }),
  ),
});
