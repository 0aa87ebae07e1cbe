import type { AzureCaller } from "@/lib/azure/types";
import { unreadableListFacts } from "@/lib/network/authorize/guarded";
import { isDeploymentPlan, type Plan } from "@/lib/plans/plan";
import type { Kind, Looked } from "@/lib/requests/kind";
import { unreadableFacts } from "../guarded";
import type { DeployInput } from "../schema";
import { deploymentSteps } from "../steps/runner";
import { gatherDeployFacts } from "./gather";
import { workspaceIdOf } from "../preflight/input";
import { restsOnList } from "./network";
import { planDeploy } from "./plan";

/** Azure ML onto a cluster. */
export const deployKind: Kind<DeployInput> = {
  title: "Deploy Azure ML",
  form: "/deployments/new",
  look: lookAtDeploy,
  subject: (input) => ({ sourceId: workspaceIdOf(input), name: input.compute.name }),
  protectedValues: ({ extension }) => (extension === "present" ? {} : extension.protected),
  steps: deploymentSteps,
};

async function lookAtDeploy(
  caller: AzureCaller,
  input: DeployInput,
  asker: Pick<AzureCaller, "tid" | "oid">,
  against?: Plan,
): Promise<Looked> {
  const baseline = against !== undefined && isDeploymentPlan(against) ? against : undefined;
  const facts = await gatherDeployFacts(caller, input, asker, baseline !== undefined && restsOnList(baseline));
  const about = { clusterId: input.clusterId, workspaceId: workspaceIdOf(input), computeName: input.compute.name };
  return {
    cluster: facts.cluster,
    unreadable:
      baseline === undefined
        ? []
        : [
            ...unreadableFacts(about, facts, baseline),
            ...(facts.network === undefined ? [] : unreadableListFacts(facts.network.list, input.clusterId, baseline)),
          ],
    plan: (context) => planDeploy(input, baseline === undefined ? facts : { ...facts, baseline }, context),
  };
}
