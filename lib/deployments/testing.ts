import type { BindingFacts } from "@/lib/bindings/facts";
import { bindingFacts, planningContext, tenantId } from "@/lib/bindings/testing";
import type { AzureCaller } from "@/lib/azure/types";
import type { DeploymentPlan } from "@/lib/plans/plan";
import type { DeployFacts } from "./deploy/facts";
import { planDeploy } from "./deploy/plan";
import { compute, deploymentFacts, deploymentInput, extension, readable, workspaceId } from "./preflight/testing/facts";
import type { DeployInput, TeardownInput } from "./schema";
import type { TeardownPlanFacts } from "./teardown/facts";
import { planTeardown } from "./teardown/plan";

const asked = { reason: "Train the models", ticket: "ML-1" };
const { catalogue, snapshot, source }: BindingFacts = bindingFacts();

/** For tests: a deployment of training, the extension and the binding with it. */
export const deployInput = (changes: Partial<DeployInput> = {}): DeployInput => ({
  ...deploymentInput(),
  kind: "ml-deploy",
  network: "open-missing",
  ...asked,
  ...changes,
});

/** For tests: a sound cluster without an extension, everything readable, its own API server not reachable. */
export const deployFacts = (changes: Partial<DeployFacts> = {}): DeployFacts => ({
  ...deploymentFacts(),
  catalogue,
  snapshot,
  ...changes,
});

/** For tests: everything of the workspace off the cluster. */
export const teardownInput = (changes: Partial<TeardownInput> = {}): TeardownInput => ({
  kind: "ml-teardown",
  clusterId: deploymentInput().clusterId,
  workspaceId,
  computes: "all",
  extension: "delete",
  ...asked,
  ...changes,
});

/** For tests: a cluster with the extension, one compute of the workspace and its binding. */
export const teardownFacts = (changes: Partial<TeardownPlanFacts> = {}): TeardownPlanFacts => ({
  cluster: deploymentFacts().cluster,
  extensions: readable([extension()]),
  computes: readable([compute()]),
  bindings: readable([
    {
      id: `${deploymentInput().clusterId}/trustedAccessRoleBindings/ml-dev-mlworkload`,
      name: "ml-dev-mlworkload",
      sourceResourceId: workspaceId,
      roles: ["Microsoft.MachineLearningServices/workspaces/mlworkload"],
      provisioningState: "Succeeded",
    },
  ]),
  locks: readable([]),
  otherComputes: readable([]),
  workspace: source,
  ...changes,
});

/** For tests: the plan of a deployment. Throws when there is none. */
export function deployPlan(input: DeployInput = deployInput(), facts: DeployFacts = deployFacts()): DeploymentPlan {
  return planned(planDeploy(input, facts, planningContext()).plan);
}

/** For tests: the plan of a teardown. Throws when there is none. */
export function teardownPlan(input: TeardownInput = teardownInput(), facts: TeardownPlanFacts = teardownFacts()): DeploymentPlan {
  return planned(planTeardown(input, facts, planningContext()).plan);
}

function planned(plan: DeploymentPlan | null): DeploymentPlan {
  if (plan === null) throw new Error("There is no plan.");
  return plan;
}

/** For tests: a step of a plan by its id. */
export function stepOf(plan: DeploymentPlan, id: string): DeploymentPlan["steps"][number] {
  const step = plan.steps.find((one) => one.id === id);
  if (step === undefined) throw new Error(`The plan has no step ${id}.`);
  return step;
}

/** For tests: somebody's calls to Azure, which no gateway of a test sends. */
export const caller: AzureCaller = {
  tid: tenantId,
  oid: "o",
  correlationId: "c",
  getToken: () => Promise.reject(new Error("No token in this test.")),
};
