import type { DeploymentPlan } from "@/lib/plans/plan";
import { renderDeploymentAz } from "./az";

/** The plan of a deployment or teardown as commands and templates that a person can run elsewhere. */
export function deploymentExports(plan: DeploymentPlan): { az: string; terraform: string; bicep: string } {
  const az = renderDeploymentAz(plan);
  return { az, terraform: "", bicep: "" };
}
