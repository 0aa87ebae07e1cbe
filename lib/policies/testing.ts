import type { PolicyFacts } from "./match";

/** A grant of a medium role on a plain dev cluster, asked by a plain requester; `changes` alter it. */
export function policyFacts(changes: Partial<PolicyFacts> = {}): PolicyFacts {
  return {
    kind: "binding-grant",
    subscriptionId: "11111111-1111-1111-1111-111111111111",
    resourceGroup: "ml-dev-rg",
    clusterTags: { team: "Vision" },
    production: false,
    sourceType: "Microsoft.MachineLearningServices/workspaces",
    roles: [{ fullName: "Microsoft.MachineLearningServices/workspaces/mlworkload", risk: "medium", verified: true }],
    reducing: false,
    requesterIsApprover: false,
    hours: null,
    reason: "Train the spring models",
    ticket: null,
    ...changes,
  };
}
