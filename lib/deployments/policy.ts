import type { Cluster } from "@/lib/azure/types";
import type { WeighedRole } from "@/lib/bindings/planned-roles";
import { parseResourceId, resourceTypeOf, subscriptionOf } from "@/lib/kernel/resource-id";
import type { Precondition } from "@/lib/plans/plan";
import type { PlanningContext } from "@/lib/plans/planning-context";
import { evaluatePolicy, type Verdict } from "@/lib/policies/evaluate";
import { limitsBroken } from "@/lib/policies/limits";
import type { RiskLevel } from "@/lib/roles/risk";
import type { DeployInput, TeardownInput } from "./schema";

export type { Verdict } from "@/lib/policies/evaluate";

type Asked = {
  input: DeployInput | TeardownInput;
  cluster: Cluster;
  context: PlanningContext;
  workspaceId: string | null;
  roles: readonly WeighedRole[];
  risk: RiskLevel;
  reducing: boolean;
};

/** What the policy says about a deployment or a teardown. Neither has a duration. */
export function verdictOf({ input, cluster, context, workspaceId, roles, risk, reducing }: Asked): Verdict {
  return evaluatePolicy(context.policy, context.policyHash, {
    kind: input.kind,
    subscriptionId: subscriptionOf(cluster.id),
    resourceGroup: parseResourceId(cluster.id).resourceGroup ?? "",
    clusterTags: cluster.tags,
    production: context.production,
    sourceType: workspaceId === null ? "Microsoft.MachineLearningServices/workspaces" : resourceTypeOf(workspaceId),
    roles: roles.map(({ role, reliable }) => ({ fullName: role.fullName, risk: role.risk, verified: reliable })),
    ownRisk: risk,
    reducing,
    requesterIsApprover: context.requesterIsApprover,
    hours: undefined,
    reason: input.reason,
    ticket: input.ticket ?? null,
  });
}

const labels = { hours: "Duration", reason: "Reason", ticket: "Ticket" } as const;

/** What the policy asks and the request does not give. */
export function policyChecks(verdict: Verdict, { reason, ticket }: Pick<DeployInput, "reason" | "ticket">): Precondition[] {
  const broken = limitsBroken(verdict, { hours: undefined, reason, ticket: ticket ?? null });
  const said = new Set(broken.map(({ message }) => message));
  const others = verdict.refusals.filter((message) => !said.has(message));
  return [
    ...broken.map(
      ({ field, message }): Precondition => ({
        key: `policy-${field}`,
        label: labels[field],
        field,
        status: "blocking",
        message,
      }),
    ),
    ...others.map(
      (message, index): Precondition => ({
        key: `policy-${index + 1}`,
        label: "Policy",
        status: "blocking",
        message,
        remedy: "Ask an administrator to mend the policy.",
      }),
    ),
  ];
}
