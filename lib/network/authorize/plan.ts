import { policyChecks } from "@/lib/deployments/policy";
import { parseResourceId, subscriptionOf } from "@/lib/kernel/resource-id";
import type { NetworkChange, NetworkPlan, Precondition } from "@/lib/plans/plan";
import type { Planned, PlanningContext } from "@/lib/plans/planning-context";
import { evaluatePolicy } from "@/lib/policies/evaluate";
import { highest, type RiskReason } from "@/lib/roles/risk";
import { coverageWith, type PlannedList, planList } from "./change";
import { checkList, unreadCluster } from "./checks";
import type { ClusterList, NetworkFacts } from "./facts";
import { clusterFacts, listFacts, listVoids } from "./guarded";
import { sameList } from "./same-list";
import type { NetworkInput } from "./schema";
import { rangesStep } from "./step";
import { isOfWithdrawn } from "./tags-in-use";

/** Plans a change of a list from facts. Pure: the same input, facts and context give the same plan. */
export function planAuthorize(input: NetworkInput, facts: NetworkFacts, context: PlanningContext): Planned<NetworkPlan> {
  const { list } = facts;
  if (list.state !== "ok") return withoutCluster(facts, context);
  const read = list.value;
  const planned = approvedList(facts, read) ?? planList(facts, read, choiceOf(input));
  const risk = riskOf(planned.change);
  const verdict = evaluatePolicy(context.policy, context.policyHash, {
    kind: input.kind,
    subscriptionId: subscriptionOf(read.cluster.id),
    resourceGroup: parseResourceId(read.cluster.id).resourceGroup ?? "",
    clusterTags: read.cluster.tags,
    production: context.production,
    sourceType: "",
    roles: [],
    ownRisk: risk.level,
    // An entry less may lock somebody out: that is no mere reduction.
    reducing: false,
    requesterIsApprover: context.requesterIsApprover,
    hours: undefined,
    reason: input.reason,
    ticket: input.ticket ?? null,
  });
  const checks = [...checkList(facts, read, planned), ...policyChecks(verdict, input)];
  const outcome = { checks, blocked: checks.some(({ status }) => status === "blocking"), suggestedName: null };
  // A list that cannot be made is no plan; against an approved plan it is one whose facts changed, and shows that.
  const change = planned.change ?? (facts.baseline === undefined ? null : unchanged(facts.baseline.network, read));
  if (change === null) return { plan: null, ...outcome };
  const guardedFacts = [...clusterFacts(list, facts.baseline), ...listFacts(list, facts.baseline)];
  const plan: NetworkPlan = {
    kind: input.kind,
    cloud: context.cloud,
    tenantId: context.tenantId,
    target: {
      clusterId: read.cluster.id,
      clusterName: read.cluster.name,
      location: read.cluster.location,
      production: context.production,
    },
    sentence: sentenceOf(read, change),
    steps: change.list.added.length + change.list.removed.length === 0 ? [] : [rangesStep(read.cluster, change)],
    roles: [],
    risk,
    duration: { type: "standing" },
    verdict,
    guardedFacts,
    preconditions: checks,
    voidedBy: [...listVoids(guardedFacts), "The policy comes to another verdict on this request."],
    network: change,
    workspaces: facts.workspaces.map(({ id, region, bindingInEffect }) => ({ id, region, bindingInEffect })),
    plannedBy: context.planner,
    plannedAt: context.now.toISOString(),
  };
  return { plan, ...outcome };
}

function choiceOf({ scope, addMissing, extra, remove, mergeAdjacent }: NetworkInput) {
  return {
    scope,
    addMissing,
    extra: extra.map(({ range }) => range),
    own: extra.filter((one) => one.for === "own").map(({ range }) => range),
    remove,
    mergeAdjacent,
  };
}

/**
 * The approved list, as long as the cluster's is what it was then: newer service tags, a range in use since or an egress address that this token
 * cannot read are no reason to void it. Null: it is to be planned anew, also where somebody withdrew the service tags that it rests on.
 */
function approvedList(facts: NetworkFacts, read: ClusterList): PlannedList | null {
  const change = facts.baseline?.network;
  if (change === undefined || !sameList(change.list.before, read.live.ranges) || isOfWithdrawn(change, facts.tags)) return null;
  const before = coverageWith(facts, read, change.scope, read.live.ranges);
  if (before.obstacle !== null) return null;
  return { before, after: coverageWith(facts, read, change.scope, change.list.after), change };
}

/** Somebody else made the list such that nothing is left to do, or that it cannot be done: what stands there is all there is. */
const unchanged = (change: NetworkChange, { live: { ranges } }: ClusterList): NetworkChange => ({
  ...change,
  list: { before: ranges, after: ranges, added: [], removed: [] },
  extra: [],
  turnsOnRestriction: false,
  lockOut: [],
  risks: [],
});

function riskOf(change: NetworkChange | null): NetworkPlan["risk"] {
  const none: RiskReason = { level: "low", code: "bounded", text: "Nobody loses access by it, and it opens little." };
  const reasons = change === null || change.risks.length === 0 ? [none] : change.risks;
  return { level: highest(reasons.map(({ level }) => level)), reasons };
}

/** The cluster cannot be read. Proven gone, an approved plan is shown with that, so that what changed can be told. */
function withoutCluster({ list, baseline }: NetworkFacts, { planner, now }: PlanningContext): Planned<NetworkPlan> {
  const checks: Precondition[] = list.state === "ok" ? [] : unreadCluster(list);
  const plan =
    baseline === undefined || list.state !== "absent"
      ? null
      : {
          ...baseline,
          guardedFacts: [...clusterFacts(list, baseline), ...listFacts(list, baseline)],
          preconditions: checks,
          plannedBy: planner,
          plannedAt: now.toISOString(),
        };
  return { plan, checks, blocked: false, suggestedName: null };
}

function sentenceOf({ cluster }: ClusterList, { list, turnsOnRestriction, regions, extra }: NetworkChange): string {
  const count = (many: number, what: string): string => `${many} ${what}${many === 1 ? "" : "s"}`;
  if (turnsOnRestriction)
    return `Restrict the API server of ${cluster.name}, which is open to every address, to ${count(list.after.length, "range")}.`;
  const azure = list.added.length - extra.length;
  const parts = [
    ...(azure === 0 ? [] : [`let in ${count(azure, "range")} of Azure ML (${regions.join(", ")})`]),
    ...(extra.length === 0 ? [] : [`let in ${extra.length <= 3 ? extra.join(", ") : count(extra.length, "further range")}`]),
    ...(list.removed.length === 0 ? [] : [`take ${count(list.removed.length, "range")} that Bindery added off the list`]),
  ];
  if (parts.length === 0) return `Leave the authorized ranges of ${cluster.name} as they are.`;
  const text = `${parts.join(", ")}, at the API server of ${cluster.name}.`;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
