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
  return bindingCommand(step.method === "DELETE" ? "delete" : creates(plan) ? "create" : "update", step);
}

/** The step of a role binding as the command that does the same. */
export function bindingCommand(verb: "create" | "update" | "delete", { resourceId, body }: PlanStep): string {
  const { parentId, name } = parseResourceId(resourceId);
  const parts = [["az", "aks", "trustedaccess", "rolebinding", verb], ...within(parentId ?? "", "--cluster-name"), ["--name", name]];
  if (verb === "delete") return commandLines([...parts, ["--yes"]]);
  const { sourceResourceId, roles } = (body as Binding).properties;
  return commandLines([...parts, ...(verb === "create" ? [["--source-resource-id", sourceResourceId]] : []), ["--roles", roles.join(",")]]);
}

/** Where a command works: subscription and resource group of a resource, and its name under the option that the command has for it. */
export function within(resourceId: string, option: string): string[][] {
  const { subscriptionId, resourceGroup, name } = parseResourceId(resourceId);
  return [
    ["--subscription", subscriptionId ?? ""],
    ["--resource-group", resourceGroup ?? ""],
    [option, name],
  ];
}

/** Options with their values, one on each line, quoted for a POSIX shell. */
export const commandLines = (parts: readonly (readonly string[])[]): string =>
  parts.map((part) => part.map(shellQuote).join(" ")).join(" \\\n  ");

/** A PUT creates when nothing is there, or when a step before it has removed what was. */
function creates(plan: BindingPlan): boolean {
  return plan.before === null || plan.steps.some((step) => step.method === "DELETE");
}
