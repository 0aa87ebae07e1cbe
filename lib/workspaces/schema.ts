import { z } from "zod";
import { BindingRow, SourceShape } from "@/lib/clusters/schema";
import { FleetQuery, fleetPageOf } from "@/lib/clusters/schema-fleet";
import { ComputeShape } from "@/lib/clusters/schema-inside";
import { Failure, IsoTime, readable } from "@/lib/kernel/shapes";
import { History } from "@/lib/requests/schema-history";

/** A machine learning workspace in a list. */
export const WorkspaceRow = SourceShape.extend({
  subscriptionName: z.string(),
  /** Attached Kubernetes clusters. */
  clusters: readable(z.number()),
});

// Azure is asked once for each row's computes: pages are short.
export const WorkspaceListQuery = FleetQuery.extend({ limit: z.coerce.number().int().min(1).max(50).default(25) });
export const WorkspaceList = fleetPageOf(WorkspaceRow);

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

export const WorkspaceDetail = z
  .object({
    workspace: WorkspaceShape,
    at: IsoTime,
    computes: readable(z.array(ComputeShape)),
    /** Its role bindings on the clusters that Azure shows to this person. */
    bindings: z.object({ items: z.array(BindingRow), failures: z.array(Failure) }),
  })
  .extend(History.shape);
