import { z } from "zod";
import { BindingRow, SourceShape } from "@/lib/clusters/schema";
import { ComputeShape } from "@/lib/clusters/schema-inside";
import { CursorQuery, Failure, IsoTime, readable } from "@/lib/kernel/shapes";

/** A machine learning workspace in a list. */
export const WorkspaceRow = SourceShape.extend({
  subscriptionName: z.string(),
  /** Attached Kubernetes clusters. */
  clusters: readable(z.number()),
});

export const WorkspaceListQuery = CursorQuery.extend({
  // Azure is asked once for each row's computes.
  limit: z.coerce.number().int().min(1).max(50).default(25),
  search: z.string().trim().max(100).optional(),
  subscription: z.string().max(40).optional(),
});

export const WorkspaceList = z.object({
  items: z.array(WorkspaceRow),
  nextCursor: z.string().nullable(),
  total: z.number(),
  failures: z.array(Failure),
  subscriptions: z.array(z.object({ id: z.string(), name: z.string() })),
  at: IsoTime,
});

export const WorkspaceParams = z.object({
  subscription: z.guid("The subscription is a GUID."),
  group: z.string().min(1).max(90),
  name: z.string().min(1).max(63),
});

export const WorkspaceShape = SourceShape.extend({
  subscriptionName: z.string(),
  provisioningState: z.string(),
  /** The first one alone serves a compute. */
  userAssignedIdentities: z.array(z.object({ id: z.string(), principalId: z.string().nullable(), clientId: z.string().nullable() })),
  primaryUserAssignedIdentity: z.string().nullable(),
  storageAccount: z.string().nullable(),
  keyVault: z.string().nullable(),
  containerRegistry: z.string().nullable(),
  applicationInsights: z.string().nullable(),
  publicNetworkAccess: z.string().nullable(),
});

export const WorkspaceDetail = z.object({
  workspace: WorkspaceShape,
  at: IsoTime,
  computes: readable(z.array(ComputeShape)),
  /** Its role bindings on the clusters that Azure shows to this person. */
  bindings: z.object({ items: z.array(BindingRow), failures: z.array(Failure) }),
  /** Requests and runs about it that this person may see, newest first. */
  requests: z.array(
    z.object({ id: z.string(), number: z.number(), kind: z.string(), state: z.string(), sentence: z.string(), createdAt: IsoTime }),
  ),
  runs: z.array(
    z.object({
      id: z.string(),
      number: z.number(),
      kind: z.string(),
      state: z.string(),
      effect: z.string().nullable(),
      written: z.boolean(),
      queuedAt: IsoTime,
    }),
  ),
});
