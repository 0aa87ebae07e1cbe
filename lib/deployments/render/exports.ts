import type { DeploymentPlan } from "@/lib/plans/plan";
import { renderDeploymentAz } from "./az";
import { renderDeploymentBicep } from "./bicep";
import { renderDeploymentTerraform } from "./terraform";

/** The plan of a deployment or teardown as commands and templates that a person can run elsewhere. */
export function deploymentExports(plan: DeploymentPlan): { az: string; terraform: string; bicep: string } {
  return { az: renderDeploymentAz(plan), terraform: renderDeploymentTerraform(plan), bicep: renderDeploymentBicep(plan) };
}
