import type { Json } from "@/lib/kernel/json";
import type { Rule } from "@/lib/roles/rules";
import type { RiskLevel, RiskReason } from "@/lib/roles/risk";
import type { Verdict } from "@/lib/policies/evaluate";

/** The kinds of request. A kind is one folder with a form schema, a planner, a risk statement and its run steps. */
export const requestKinds = ["binding-grant", "binding-update", "binding-revoke"] as const;
export type RequestKind = (typeof requestKinds)[number];

/** How long the change is meant to last. A timed one is a reminder only until timed revocation exists. */
export type Duration = { type: "standing" } | { type: "timed"; hours: number; enforcement: "reminder-only" };

/** One exact call that the run will make. The shape is the same for the approver, the run and the exports. */
export type PlanStep = {
  /** Unique within the plan, stable across plans of the same kind: `put-binding`, `delete-binding`. */
  id: string;
  title: string;
  via: "arm";
  method: "PUT" | "DELETE";
  /** ARM id of the resource that is written. */
  resourceId: string;
  apiVersion: string;
  /** The JSON body of a PUT, exactly as it is sent; null for a DELETE. */
  body: Json;
  /** Azure action that the acting person needs, and the scope at which. */
  action: string;
  scope: string;
  /** Sentences: what the run reads first, what shows that the step is done, and how to undo it. */
  readsFirst: string;
  doneWhen: string;
  undo: string;
  /** Usual and worst duration, in seconds, as known from records of the real service. */
  expectSeconds: { typical: number; worst: number };
};

/**
 * A fact that the approval rests on. When a guarded fact changes between plan and run, the plan is void.
 * `value` null with `verified: true` means "looked for and absent". `verified: false`: the planning token could not read it;
 * it is then not in the digest.
 */
export type GuardedFact = { key: string; label: string; verified: boolean; value: Json };

/** A condition that is checked again before the write but is not digested, so that one grant does not void its neighbours. */
export type Precondition = {
  key: string;
  label: string;
  status: "ok" | "warning" | "blocking" | "not-verified";
  message: string;
  remedy?: string;
  /** Form field that the condition belongs to: clusterId, name, sourceResourceId, roles, hours, reason or ticket. */
  field?: string;
};

/** A trusted access role in the plan, with the rules it carries at planning time. */
export type PlannedRole = {
  /** `<sourceResourceType>/<roleName>` */
  fullName: string;
  rules: Rule[];
  /** SHA-256 of the canonical rules. */
  rulesHash: string;
  risk: RiskLevel;
  reasons: RiskReason[];
  /** False when the live catalogue was not readable: then `rules` come from the last snapshot, or are empty. */
  verified: boolean;
  /** ISO 8601 time of the snapshot that the rules come from; null when none is known. */
  snapshotAt: string | null;
};

export type BindingState = { name: string; sourceResourceId: string; roles: string[] } | null;

/** What will be done, exactly, and what that rests on. Plain JSON. */
export type Plan = {
  kind: RequestKind;
  /** Name of the cloud's configuration, for example `AzurePublic`. */
  cloud: string;
  tenantId: string;
  target: {
    clusterId: string;
    clusterName: string;
    location: string;
    bindingName: string;
    bindingId: string;
    sourceResourceId: string;
    /** Slots in use before this plan is applied, of `slotLimit`; null when not readable. */
    slotsUsed: number | null;
    slotLimit: number;
    production: boolean;
  };
  /** One sentence for people: who gets what, where, for how long. */
  sentence: string;
  steps: PlanStep[];
  roles: PlannedRole[];
  before: BindingState;
  after: BindingState;
  /** Highest risk over the granted roles, with the reasons. For a revoke: the risk that goes away is not a risk. */
  risk: { level: RiskLevel; reasons: RiskReason[] };
  duration: Duration;
  verdict: Verdict;
  guardedFacts: GuardedFact[];
  preconditions: Precondition[];
  /** Sentences: what would void this plan. */
  voidedBy: string[];
  /** Other bindings that the same source holds on clusters the planner could read. */
  sourceElsewhere: { clusterId: string; clusterName: string; bindingName: string; roles: string[] }[];
  /** Principals who can write to the source resource and so get the access indirectly; null when not readable. */
  indirect: { principalId: string; principalType: string; roleName: string; scope: string }[] | null;
  /** Who planned (the person whose token read the facts) and when, ISO 8601. Not digested. */
  plannedBy: { oid: string; name: string };
  plannedAt: string;
};
