import { z } from "zod";
import { CursorQuery, Failure, IsoTime, readable, Search } from "@/lib/kernel/shapes";
import { RiskLevelShape, RiskReasonShape, RuleShape } from "@/lib/roles/schema";
import { ResourceParams } from "./schema-fleet";

/** What a person can have read from a cluster by commands: the extension's namespace, all pods, who may do what. */
export const readingKinds = ["workload", "pods", "access"] as const;
export type ReadingKind = (typeof readingKinds)[number];

export const ReadingBody = z.object({ what: z.enum(readingKinds) });
export const ReadingParams = ResourceParams.extend({ id: z.uuid("This is not the id of a reading.") });

/** A reading by commands. It is given for five minutes from its start. */
export const ReadingShape = z.object({
  id: z.string(),
  what: z.enum(readingKinds),
  state: z.enum(["running", "ended"]),
  startedAt: IsoTime,
  keptUntil: IsoTime,
});

/** By which way the cluster's own objects were read, and which ways there are. */
export const WayShape = z.object({
  via: z.enum(["direct", "run-command"]),
  /** Why nobody reads the API server directly; null: it was tried, or may be. */
  obstacle: z.string().nullable(),
  /** Why no command can be run in the cluster; null: one may be. */
  noCommand: z.string().nullable(),
  /** The person's newest reading by commands; null: none in the last five minutes. */
  reading: ReadingShape.nullable(),
});

const Via = z.enum(["direct", "run-command"]).default("direct");

/** What a failure means and what to do. */
export const DiagnosisShape = z.object({
  id: z.string(),
  title: z.string(),
  cause: z.string(),
  remedy: z.string(),
  evidence: z.string(),
  retry: z.enum(["as-is", "after-change", "after-outside-fix", "no"]),
});

export const ExtensionShape = z.object({
  id: z.string(),
  name: z.string(),
  provisioningState: z.string(),
  currentVersion: z.string().nullable(),
  releaseTrain: z.string().nullable(),
  autoUpgrade: z.boolean(),
  settings: z.record(z.string(), z.string()),
  statuses: z.array(
    z.object({
      code: z.string().nullable(),
      displayStatus: z.string().nullable(),
      level: z.string().nullable(),
      message: z.string().nullable(),
      time: z.string().nullable(),
    }),
  ),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  /** The best answer first; empty while nothing failed. */
  diagnosis: z.array(DiagnosisShape),
});

export const ComputeShape = z.object({
  id: z.string(),
  name: z.string(),
  workspaceId: z.string(),
  workspaceName: z.string(),
  computeType: z.string(),
  /** ARM id of the attached cluster; null: of another kind. */
  resourceId: z.string().nullable(),
  namespace: z.string().nullable(),
  provisioningState: z.string(),
  errors: z.array(z.object({ code: z.string(), message: z.string() })),
  diagnosis: z.array(DiagnosisShape),
});

const PodGroup = z.object({ app: z.string(), why: z.string(), found: z.number(), count: z.number() });

export const AzureMlQuery = z.object({ via: Via });
export const AzureMlShape = z.object({
  way: WayShape,
  /** Extensions of type Microsoft.AzureML.Kubernetes; an empty list: there is none. */
  extensions: readable(z.array(ExtensionShape)),
  /** The extension's pods against what its settings ask for; null: not read, see `way`. */
  pods: readable(
    z.object({
      well: z.array(PodGroup),
      missing: z.array(PodGroup),
      unwell: z.array(z.object({ app: z.string(), pod: z.string(), why: z.string() })),
      /** Names of pods that the settings do not explain. */
      other: z.array(z.string()),
    }),
  ).nullable(),
  /** Computes on this cluster, of the workspaces that Azure shows to this person. */
  computes: z.object({ items: z.array(ComputeShape), failures: z.array(Failure), at: IsoTime }),
});

export const PodShape = z.object({
  namespace: z.string(),
  name: z.string(),
  phase: z.string(),
  reason: z.string().nullable(),
  message: z.string().nullable(),
  ready: z.number(),
  containers: z.number(),
  restarts: z.number(),
  node: z.string().nullable(),
  owner: z.string().nullable(),
  createdAt: IsoTime.nullable(),
  /** False for one that neither runs with all its containers ready nor ended well. */
  well: z.boolean(),
});

export const PodQuery = CursorQuery.extend({
  via: Via,
  search: Search,
  namespace: z.string().max(63).optional(),
  show: z.enum(["unwell"]).optional(),
});
export const PodList = z.object({
  way: WayShape,
  /** null: not read, see `way`. */
  pods: readable(
    z.object({
      items: z.array(PodShape),
      nextCursor: z.string().nullable(),
      /** After the filters. */
      total: z.number(),
      /** Of all pods that were read. */
      all: z.number(),
      unwell: z.number(),
      namespaces: z.array(z.string()),
      /** True: there are more pods, and only so many of them are looked at. */
      truncated: z.boolean(),
    }),
  ).nullable(),
});

const SubjectShape = z.object({ kind: z.string(), name: z.string(), namespace: z.string().nullable() });

/** Who holds something in the cluster, with the worst of it. */
export const AccessSubject = SubjectShape.extend({
  system: z.boolean(),
  everyone: z.boolean(),
  risk: RiskLevelShape,
  /** Why, the worst first. */
  reasons: z.array(RiskReasonShape),
  grants: z.array(
    z.object({
      role: z.object({ kind: z.enum(["Role", "ClusterRole"]), name: z.string(), namespace: z.string().nullable() }),
      /** null: everywhere; else in these namespaces. */
      namespaces: z.array(z.string()).nullable(),
      bindings: z.array(z.string()),
      risk: RiskLevelShape,
    }),
  ),
});

export const AccessQuery = CursorQuery.extend({
  via: Via,
  search: Search,
  risk: RiskLevelShape.optional(),
  system: z.enum(["show"]).optional(),
});
export const AccessShape = z.object({
  way: WayShape,
  /** What the namespace `azureml` has of its own; null: not read, see `way`. */
  namespace: readable(
    z.object({
      roles: z.array(z.object({ name: z.string(), rules: z.array(RuleShape), risk: RiskLevelShape })),
      bindings: z.array(
        z.object({
          name: z.string(),
          role: z.object({ kind: z.enum(["Role", "ClusterRole"]), name: z.string() }),
          subjects: z.array(SubjectShape),
        }),
      ),
      serviceAccounts: z.array(z.string()),
    }),
  ).nullable(),
  /** How many cluster roles and bindings were judged; null: not read, see `way`. */
  cluster: readable(z.object({ roles: z.number(), bindings: z.number() })).nullable(),
  /** From what was readable, the highest risk first; null: nothing was. */
  subjects: z
    .object({
      items: z.array(AccessSubject),
      nextCursor: z.string().nullable(),
      total: z.number(),
      /** Parts of Kubernetes itself, left out unless asked for. */
      hidden: z.number(),
      counts: z.object({ critical: z.number(), medium: z.number(), low: z.number() }),
    })
    .nullable(),
});
