import { parseResourceId } from "@/lib/kernel/resource-id";
import type { BindingPlan, PlanStep } from "./plan";
import { commentText, shellQuote } from "./quote";

type Binding = { properties: { sourceResourceId: string; roles: string[] } };

/**
 * The plan as commands of the Azure CLI (2.67 or newer) for a POSIX shell. `create` refuses a binding that exists and `update` keeps the
 * source, so each step has its own verb; roles are separated by commas. The commands wait until Azure is done, one after the other.
 */
export function renderAz(plan: BindingPlan): string {
  const lines = [`# ${commentText(plan.sentence)}`, ...notes(plan), "set -eu", ...plan.steps.map((step) => command(plan, step))];
  return `${lines.join("\n")}\n`;
}

function notes(plan: BindingPlan): string[] {
  const found: string[] = [];
  if (plan.cloud === "AzureUSGovernment" || plan.cloud === "AzureChina")
    found.push(`# Choose the cloud first: az cloud set --name ${plan.cloud === "AzureChina" ? "AzureChinaCloud" : plan.cloud}`);
  if (plan.duration.type === "timed") found.push(`# Azure keeps no end for a binding: revoke it after ${plan.duration.hours} h.`);
  return found;
}

function command(plan: BindingPlan, step: PlanStep): string {
  const cluster = parseResourceId(plan.target.clusterId);
  const verb = step.method === "DELETE" ? "delete" : creates(plan) ? "create" : "update";
  const words: string[][] = [
    ["az", "aks", "trustedaccess", "rolebinding", verb],
    ["--subscription", cluster.subscriptionId ?? ""],
    ["--resource-group", cluster.resourceGroup ?? ""],
    ["--cluster-name", cluster.name],
    ["--name", plan.target.bindingName],
  ];
  if (step.method === "PUT") {
    const { sourceResourceId, roles } = (step.body as Binding).properties;
    if (verb === "create") words.push(["--source-resource-id", sourceResourceId]);
    words.push(["--roles", roles.join(",")]);
  } else words.push(["--yes"]);
  return words.map((part) => part.map(shellQuote).join(" ")).join(" \\\n  ");
}

/** A PUT creates when nothing is there, or when a step before it has removed what was. */
function creates(plan: BindingPlan): boolean {
  return plan.before === null || plan.steps.some((step) => step.method === "DELETE");
}
