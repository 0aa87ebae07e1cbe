import { bindingIdOf, lastName } from "@/lib/kernel/resource-id";
import type { BindingPlan, BindingState, Duration, PlanStep, Precondition } from "@/lib/plans/plan";
import type { Verdict } from "@/lib/policies/evaluate";
import type { BindingInput } from "@/lib/requests/schema";
import type { Cluster } from "@/lib/azure/types";
import { checkBinding, slotLimit } from "./checks";
import type { BindingFacts } from "./facts";
import { guardedFactsOf } from "./guarded";
import { type Intent, intentOf } from "./intent";
import type { Planned, PlanningContext } from "@/lib/plans/planning-context";
import { plannedRoles, type WeighedRole } from "./planned-roles";
import { suggestName } from "./suggest-name";
import { voidedBy } from "./voided-by";
import { riskOfPlan, verdictOf } from "./weigh";

/** The names and ids that a kind builds its steps and sentence from. */
export type Scene = {
  clusterId: string;
  clusterName: string;
  bindingName: string;
  bindingId: string;
  apiVersion: string;
  intent: Intent;
  sourceResourceId: string;
};

/** What a kind of request adds: its steps, its sentence, and the binding afterwards. */
export type KindPlan = { steps: PlanStep[]; sentence: string; after: BindingState };

/** Builds the plan of one kind from facts: verdict, checks, guarded facts and all. Pure: the same facts give the same plan. */
export function assemblePlan(
  input: BindingInput,
  facts: BindingFacts,
  context: PlanningContext,
  kindPlan: (scene: Scene) => KindPlan,
): Planned<BindingPlan> {
  const intent = intentOf(input, facts, context.now);
  const roles = plannedRoles(intent.roles, facts);
  const cluster = facts.cluster.state === "ok" ? facts.cluster.value : null;
  const verdict = cluster === null ? null : verdictOf(intent, roles, cluster, context);
  const checks = checkBinding({ intent, facts, verdict, cloud: context.cloud, tenantId: context.tenantId });
  const plan =
    cluster === null || verdict === null
      ? lostTarget({ intent, facts, checks, context })
      : planOf({ intent, facts, roles, cluster, verdict, checks, context, kindPlan });
  return { plan, checks, blocked: checks.some((check) => check.status === "blocking"), suggestedName: suggestionOf(input, facts) };
}

type Parts = {
  intent: Intent;
  facts: BindingFacts;
  roles: WeighedRole[];
  cluster: Cluster;
  verdict: Verdict;
  checks: Precondition[];
  context: PlanningContext;
  kindPlan: (scene: Scene) => KindPlan;
};

function planOf(parts: Parts): BindingPlan | null {
  const { intent, facts, cluster, context, verdict } = parts;
  const source = intent.sourceResourceId;
  if (source === null || (intent.input.kind !== "binding-grant" && intent.live == null)) return lostTarget(parts);
  const bindingName = intent.live?.name ?? intent.input.name;
  const scene: Scene = {
    clusterId: cluster.id,
    clusterName: cluster.name,
    bindingName,
    bindingId: bindingIdOf(cluster.id, bindingName),
    apiVersion: context.apiVersions.binding,
    intent,
    sourceResourceId: source,
  };
  const { steps, sentence, after } = parts.kindPlan(scene);
  const guardedFacts = guardedFactsOf(intent, facts);
  const roles = parts.roles.map(({ role }) => role);
  return {
    kind: intent.input.kind,
    cloud: context.cloud,
    tenantId: context.tenantId,
    target: {
      clusterId: cluster.id,
      clusterName: cluster.name,
      location: cluster.location,
      bindingName,
      bindingId: scene.bindingId,
      sourceResourceId: source,
      slotsUsed: facts.bindings.state === "ok" ? facts.bindings.value.length : null,
      slotLimit,
      production: context.production,
    },
    sentence,
    steps,
    roles,
    before: stateOf(intent.live ?? null),
    after,
    risk: riskOfPlan(roles, intent),
    duration: durationOf(intent),
    verdict,
    guardedFacts,
    preconditions: parts.checks,
    voidedBy: voidedBy(guardedFacts, roles),
    sourceElsewhere: facts.sourceElsewhere,
    indirect: facts.writers.state === "ok" ? facts.writers.value : null,
    plannedBy: context.planner,
    plannedAt: context.now.toISOString(),
  };
}

/** An approved plan whose cluster or binding is proven gone: the same plan with those facts as they are now, so that what changed can be told. */
function lostTarget({ intent, facts, checks, context }: Pick<Parts, "intent" | "facts" | "checks" | "context">): BindingPlan | null {
  const { baseline } = facts;
  const gone = facts.cluster.state === "absent" || (facts.cluster.state === "ok" && intent.live === null);
  if (baseline === undefined || !gone) return null;
  const lost = facts.cluster.state === "absent" ? ["cluster-id", "cluster-uid", "binding-of-that-name"] : ["binding-of-that-name"];
  const guardedFacts = baseline.guardedFacts.map((fact) => (fact.verified && lost.includes(fact.key) ? { ...fact, value: null } : fact));
  return {
    ...baseline,
    guardedFacts,
    before: null,
    preconditions: checks,
    plannedBy: context.planner,
    plannedAt: context.now.toISOString(),
  };
}

function durationOf(intent: Intent): Duration {
  return typeof intent.hours === "number" ? { type: "timed", hours: intent.hours, enforcement: "reminder-only" } : { type: "standing" };
}

function stateOf(live: Intent["live"]): BindingState {
  return live == null ? null : { name: live.name, sourceResourceId: live.sourceResourceId, roles: live.roles };
}

function suggestionOf(input: BindingInput, facts: BindingFacts): string | null {
  if (input.kind !== "binding-grant") return null;
  const taken = facts.bindings.state === "ok" ? facts.bindings.value.map((binding) => binding.name) : [];
  return suggestName(input.sourceResourceId, input.roles[0] ?? lastName(input.sourceResourceId), taken);
}
