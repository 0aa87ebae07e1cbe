import { deploymentExports } from "@/lib/deployments/render/exports";
import { networkExports } from "@/lib/network/authorize/exports";
import { isBindingPlan, isNetworkPlan, type Plan } from "@/lib/plans/plan";
import { renderAz } from "@/lib/plans/render-az";
import { renderBicep } from "@/lib/plans/render-bicep";
import { renderTerraform } from "@/lib/plans/render-terraform";

/** The same plan as commands and templates that a person can run elsewhere. */
export function exportsOf(plan: Plan): { az: string; terraform: string; bicep: string } {
  if (isNetworkPlan(plan)) return networkExports(plan);
  if (!isBindingPlan(plan)) return deploymentExports(plan);
  return { az: renderAz(plan), terraform: renderTerraform(plan), bicep: renderBicep(plan) };
}
