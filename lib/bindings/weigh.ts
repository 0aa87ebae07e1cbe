import type { Cluster } from "@/lib/azure/types";
import { parseResourceId, subscriptionOf } from "@/lib/kernel/resource-id";
import type { Plan } from "@/lib/plans/plan";
import { evaluatePolicy, type Verdict } from "@/lib/policies/evaluate";
import { highest } from "@/lib/roles/risk";
import type { PlanningContext } from "@/lib/plans/planning-context";
import type { Intent } from "./intent";
import type { WeighedRole } from "./planned-roles";
import { sourceTypeText } from "./source-words";

/** What the policy says about an intent. */
export function verdictOf(intent: Intent, roles: WeighedRole[], cluster: Cluster, context: PlanningContext): Verdict {
  return evaluatePolicy(context.policy, context.policyHash, {
    kind: intent.input.kind,
    subscriptionId: subscriptionOf(cluster.id),
    resourceGroup: parseResourceId(cluster.id).resourceGroup ?? "",
    clusterTags: cluster.tags,
    production: context.production,
    sourceType: intent.sourceResourceId === null ? "" : sourceTypeText(intent.sourceResourceId),
    roles: roles.map(({ role, reliable }) => ({ fullName: role.fullName, risk: role.risk, verified: reliable })),
    reducing: intent.reducing,
    requesterIsApprover: context.requesterIsApprover,
    hours: intent.hours,
    reason: intent.input.reason,
    ticket: intent.input.ticket ?? null,
  });
}

/** The highest risk of the granted roles, with every reason once, the worst first. The risk that a revoke takes away is none. */
export function riskOfPlan(roles: Plan["roles"], intent: Intent): Plan["risk"] {
  if (intent.input.kind === "binding-revoke")
    return {
      level: "low",
      reasons: [
        { level: "low", code: "takes-away", text: "Access goes away. Whatever the source still does on the cluster stops working." },
      ],
    };
  const reasons = roles.flatMap((role) => role.reasons);
  const unique = [...new Map(reasons.map((reason) => [reason.code, reason])).values()];
  const level = highest(roles.map((role) => role.risk));
  return { level, reasons: [...unique.filter((reason) => reason.level === level), ...unique.filter((reason) => reason.level !== level)] };
}
