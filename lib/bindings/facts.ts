import type { Cluster, Lock, Readable, RoleBinding, RoleCatalogue, SourceResource, Subscription, WriterPrincipal } from "@/lib/azure/types";
import type { BindingPlan, GuardedFact, UnreadableFact } from "@/lib/plans/plan";
import type { TrustedAccessRole } from "@/lib/roles/rules";

/** What was approved here for a binding's name, from our own record. */
export type ApprovedBinding = {
  name: string;
  sourceResourceId: string;
  roles: string[];
  /** `approved-absent`: the last approved change removed it. */
  state: "approved-present" | "approved-absent";
  /** ISO 8601 end of the approved duration; null: standing. */
  remindAt: string | null;
};

/** Everything that planning a change of a role binding rests on, as one person's token could read it. */
export type BindingFacts = {
  cluster: Readable<Cluster>;
  /** All bindings of the cluster. */
  bindings: Readable<RoleBinding[]>;
  /** The trusted access roles of the cluster's subscription and region, live. */
  catalogue: Readable<RoleCatalogue>;
  /** The newest stored catalogue of that subscription and region, for when the live one is not readable. `at`: ISO 8601, last seen. */
  snapshot: { roles: TrustedAccessRole[]; at: string } | null;
  /** The source of the request; for a revoke, the source of the live binding. */
  source: Readable<SourceResource>;
  /** Locks on the cluster, those inherited from its resource group and subscription included. */
  locks: Readable<Lock[]>;
  /** What the planning person may do on the cluster: Azure's own answer, wildcards included. */
  permissions: Readable<{ actions: string[]; notActions: string[] }[]>;
  /** Principals who can write to the source. */
  writers: Readable<WriterPrincipal[]>;
  /** Other bindings of the same source on clusters that the planning person can read. */
  sourceElsewhere: { clusterId: string; clusterName: string; bindingName: string; roles: string[] }[];
  /** Subscriptions that the planning person can see, with their tenants. */
  subscriptions: Pick<Subscription, "id" | "name" | "tenantId">[];
  /** What was approved here for this name on this cluster; null: nothing ever was. */
  approved: ApprovedBinding | null;
  /** An approved plan that the facts are held against; see `overlayFacts`. Left out when planning anew. */
  baseline?: BindingPlan;
};

/** Which read each guarded fact comes from, and the Azure action of that read. */
export const guardedReads = {
  "binding-of-that-name": { read: "bindings", action: "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings/read" },
  "bindings-of-this-source": { read: "bindings", action: "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings/read" },
  "source-id": { read: "source", action: "" },
  "source-principal": { read: "source", action: "" },
  "cluster-id": { read: "cluster", action: "Microsoft.ContainerService/managedClusters/read" },
  "cluster-uid": { read: "cluster", action: "Microsoft.ContainerService/managedClusters/read" },
} as const satisfies Record<string, { read: keyof BindingFacts; action: string }>;

export type GuardedKey = keyof typeof guardedReads;

/**
 * Holds facts, read by another token or later, against an approved plan. The planner then sees them with that plan's eyes: a fact that
 * was not verified at planning stays outside the digest, and one that this token cannot read keeps its approved value. Those are listed
 * as `unreadable`: the acting person lacks a right, which is never the same as a change.
 */
export function overlayFacts(gathered: BindingFacts, against: BindingPlan): { facts: BindingFacts; unreadable: UnreadableFact[] } {
  const unreadable = against.guardedFacts
    .filter((fact) => fact.verified && !isProven(gathered, fact.key))
    .map((fact) => unreadableFact(gathered, against, fact));
  return { facts: { ...gathered, baseline: against }, unreadable };
}

function isProven(facts: BindingFacts, key: string): boolean {
  const read = guardedReads[key as GuardedKey] as { read: "bindings" | "source" | "cluster" } | undefined;
  if (read === undefined) return true;
  const { state } = facts[read.read];
  return state === "ok" || state === "absent";
}

function unreadableFact(facts: BindingFacts, against: BindingPlan, fact: GuardedFact): UnreadableFact {
  const { read, action } = guardedReads[fact.key as GuardedKey];
  const answer = facts[read];
  const ofSource = read === "source";
  const fallback = ofSource
    ? { action: `${sourceTypeText(against)}/read`, scope: against.target.sourceResourceId }
    : { action, scope: against.target.clusterId };
  const refused = answer.state === "no-permission" ? answer : undefined;
  return { key: fact.key, label: fact.label, action: refused?.action ?? fallback.action, scope: refused?.scope ?? fallback.scope };
}

/** `NAMESPACE/TYPE` of the plan's source. */
function sourceTypeText(plan: BindingPlan): string {
  const tail = plan.target.sourceResourceId.split(/\/providers\//i).at(-1) ?? "";
  return tail.split("/").slice(0, 2).join("/");
}
