import { getDeployment, putDeployment } from "@/lib/azure/deployments";
import { getSource } from "@/lib/azure/sources";
import type { Json } from "@/lib/kernel/json";
import { workspaceOf } from "@/lib/plans/plan";
import { liveOf } from "./live";
import type { Part } from "./part";

type DeploymentBody = { properties: { template: Json; parameters: Json } };

/** Makes a workspace by a template deployment. A workspace of that name that is there already is used as it is. */
export const workspacePart: Part = {
  async read(caller, plan, step) {
    const workspace = liveOf(await getSource(caller, workspaceOf(plan)), "workspace");
    if (workspace !== null) return { state: "done", after: { id: workspace.id, location: workspace.location } };
    const deployment = liveOf(await getDeployment(caller, step.resourceId), "template deployment");
    if (deployment === null) return { state: "not-begun", before: null };
    if (["Failed", "Canceled"].includes(deployment.provisioningState))
      return {
        state: "failed",
        what: deployment.error?.message ?? `The deployment ended as ${deployment.provisioningState}.`,
        before: null,
      };
    // One that succeeded, and whose workspace is gone since, is simply made again.
    return deployment.provisioningState === "Succeeded" ? { state: "not-begun", before: null } : { state: "in-flight", before: null };
  },
  async act(caller, _plan, step) {
    const { template, parameters } = (step.body as DeploymentBody).properties;
    const accepted = await putDeployment(caller, step.resourceId, { template, parameters });
    return { ...accepted, after: null };
  },
};
