import { z } from "zod";
import { CursorQuery, Failure, IsoTime, readable, Search } from "@/lib/kernel/shapes";
import { History } from "@/lib/requests/schema-history";
import { fleetPageOf } from "./schema-fleet";

export const ClusterShape = z.object({
  id: z.string(),
  name: z.string(),
  subscriptionId: z.string(),
  resourceGroup: z.string(),
  location: z.string(),
  tags: z.record(z.string(), z.string()),
  kubernetesVersion: z.string().nullable(),
  provisioningState: z.string(),
  powerState: z.string().nullable(),
  fqdn: z.string().nullable(),
  privateFqdn: z.string().nullable(),
  isPrivate: z.boolean(),
  publicFqdnDisabled: z.boolean(),
  authorizedIpRanges: z.array(z.string()).nullable(),
  localAccountsDisabled: z.boolean(),
  entraManaged: z.boolean(),
  azureRbac: z.boolean(),
  outboundType: z.string().nullable(),
  nodePools: z.array(
    z.object({
      name: z.string(),
      mode: z.string(),
      count: z.number(),
      vmSize: z.string(),
      minCount: z.number().nullable(),
      maxCount: z.number().nullable(),
      powerState: z.string().nullable(),
      kubernetesVersion: z.string().nullable(),
    }),
  ),
  identityType: z.string().nullable(),
  resourceUid: z.string().nullable(),
});

/** A cluster in a list: what one Resource Graph query gives, plus what Bindery last saw of its bindings. */
export const ClusterRow = ClusterShape.extend({
  subscriptionName: z.string(),
  production: z.boolean(),
  /** Bindings as last seen by Bindery; null when nobody looked yet. */
  bindingsSeen: z.number().nullable(),
  bindingsSeenAt: IsoTime.nullable(),
  openRequests: z.number(),
});

export const ClusterList = fleetPageOf(ClusterRow);

export const LockShape = z.object({
  id: z.string(),
  name: z.string(),
  level: z.enum(["CanNotDelete", "ReadOnly"]),
  scope: z.string(),
  notes: z.string().nullable(),
});

/** How a live binding stands to what was approved here. */
export const BindingStanding = z.enum(["approved-here", "made-outside", "missing", "different", "failed"]);

export const BindingRow = z.object({
  bindingId: z.string(),
  clusterId: z.string(),
  clusterName: z.string(),
  name: z.string(),
  sourceResourceId: z.string(),
  sourceName: z.string(),
  sourceType: z.string(),
  roles: z.array(z.object({ fullName: z.string(), risk: z.enum(["low", "medium", "critical"]).nullable() })),
  provisioningState: z.string().nullable(),
  standing: BindingStanding,
  /** What differs, in a sentence, for `different` and `missing`. */
  difference: z.string().nullable(),
  maker: z.object({
    name: z.enum(["Bindery", "Azure ML attach", "Azure Backup", "Microsoft Defender", "hand or a template"]),
    reason: z.string(),
  }),
  /** True when the source resource no longer exists; null when that could not be read. */
  orphan: z.boolean().nullable(),
  requestId: z.string().nullable(),
  requestNumber: z.number().nullable(),
  remindAt: IsoTime.nullable(),
  seenAt: IsoTime.nullable(),
});

export const ClusterDetail = z
  .object({
    cluster: readable(ClusterRow),
    bindings: readable(z.array(BindingRow)),
    slotsUsed: z.number().nullable(),
    slotLimit: z.number(),
    locks: readable(z.array(LockShape)),
  })
  .extend(History.shape);

export const SourceShape = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  location: z.string().nullable(),
  subscriptionId: z.string(),
  resourceGroup: z.string(),
  friendlyName: z.string().nullable(),
  identity: z.object({ type: z.string(), principalId: z.string().nullable(), tenantId: z.string().nullable() }),
});

export const SourceListQuery = z.object({ search: Search, subscription: z.guid().toLowerCase().optional() });

/** A first page; `total`: how many fit. */
export const SourceList = z.object({
  items: z.array(SourceShape),
  total: z.number().int().min(0),
  failures: z.array(Failure),
  at: IsoTime,
});

export const BindingListQuery = CursorQuery.extend({
  search: Search,
  standing: BindingStanding.optional(),
  cluster: z.string().max(2048).optional(),
});

export const BindingList = z.object({
  items: z.array(BindingRow),
  nextCursor: z.string().nullable(),
  /** Counts per standing over everything visible, for the filter chips. */
  counts: z.record(z.string(), z.number()),
  failures: z.array(Failure),
  /** How many clusters Azure shows this person. None: there is nothing to read, which is not the same as no bindings. */
  clusters: z.number(),
  /** True when the actor reads as Auditor: then rows come from the record alone. */
  fromRecordOnly: z.boolean(),
});
