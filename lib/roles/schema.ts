import { z } from "zod";
import { IsoTime } from "@/lib/kernel/shapes";

export const RuleShape = z.object({
  verbs: z.array(z.string()),
  apiGroups: z.array(z.string()),
  resources: z.array(z.string()),
  resourceNames: z.array(z.string()),
  nonResourceURLs: z.array(z.string()),
});

export const RiskLevelShape = z.enum(["low", "medium", "critical"]);
export const RiskReasonShape = z.object({ level: RiskLevelShape, code: z.string(), text: z.string() });

export const RoleShape = z.object({
  fullName: z.string(),
  name: z.string(),
  sourceResourceType: z.string(),
  rules: z.array(RuleShape),
  rulesHash: z.string(),
  risk: RiskLevelShape,
  reasons: z.array(RiskReasonShape),
});

export const RoleCatalogueQuery = z.object({
  subscription: z.guid("The subscription is a GUID."),
  location: z.string().trim().min(2).max(60),
});

export const RoleCatalogueShape = z.object({
  subscriptionId: z.string(),
  location: z.string(),
  /** `live`: read just now. `snapshot`: not verified, the last one known. `none`: never read. */
  source: z.enum(["live", "snapshot", "none"]),
  snapshotAt: IsoTime.nullable(),
  /** Why it is not live. */
  message: z.string().nullable(),
  hash: z.string().nullable(),
  roles: z.array(RoleShape),
  /** Earlier snapshots of the same subscription and region, newest first. */
  history: z.array(z.object({ hash: z.string(), firstSeenAt: IsoTime, lastSeenAt: IsoTime, changes: z.array(z.string()) })),
});

/** Subscription and region pairs that have clusters the person may see. */
export const RegionList = z.object({
  items: z.array(z.object({ subscriptionId: z.string(), subscriptionName: z.string(), location: z.string(), clusters: z.number() })),
  failures: z.array(z.object({ scope: z.string(), scopeName: z.string(), state: z.string(), message: z.string() })),
});
