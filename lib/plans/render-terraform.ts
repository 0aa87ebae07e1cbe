import type { BindingPlan } from "./plan";
import { commentText, hclQuote, symbolOf } from "./quote";

/**
 * The plan for Terraform (1.7 or newer, provider azurerm 4). A change of an existing binding first imports it. A removal is a `removed`
 * block, which destroys the binding only where the state holds it. A change of the source forces a replacement, as Terraform itself says.
 */
export function renderTerraform(plan: BindingPlan): string {
  return `${plan.after === null ? removal(plan) : presence(plan, plan.after)}\n`;
}

const type = "azurerm_kubernetes_cluster_trusted_access_role_binding";

function presence(plan: BindingPlan, after: NonNullable<BindingPlan["after"]>): string {
  const symbol = symbolOf(plan.target.bindingName);
  const head = [`# ${commentText(plan.sentence)}`, ...timed(plan)];
  // Older providers call an api-version that Azure has retired.
  head.push("# Terraform 1.7 or newer, azurerm 4.21.0 or newer.");
  // The provider builds the binding's id with its own subscription, not with the cluster's.
  head.push("# The provider's subscription must be the cluster's: azurerm takes it from there, not from kubernetes_cluster_id.");
  if (plan.before !== null) {
    if (plan.steps.length > 1) head.push("# Another source forces Terraform to destroy the binding and make it anew.");
    head.push("import {", `  to = ${type}.${symbol}`, `  id = ${hclQuote(plan.target.bindingId)}`, "}", "");
  }
  return [
    ...head,
    `resource "${type}" "${symbol}" {`,
    `  kubernetes_cluster_id = ${hclQuote(plan.target.clusterId)}`,
    `  name                  = ${hclQuote(after.name)}`,
    `  source_resource_id    = ${hclQuote(after.sourceResourceId)}`,
    "  roles = [",
    ...after.roles.map((role) => `    ${hclQuote(role)},`),
    "  ]",
    "}",
  ].join("\n");
}

function removal(plan: BindingPlan): string {
  return [
    `# ${commentText(plan.sentence)}`,
    "# Take the binding's resource block out of your configuration, and put this in its place. It destroys the binding only",
    "# when Terraform's state holds it under this address; a binding that Terraform does not know stays as it is. For that one, use az.",
    "removed {",
    `  from = ${type}.${symbolOf(plan.target.bindingName)}`,
    "  lifecycle {",
    "    destroy = true",
    "  }",
    "}",
  ].join("\n");
}

function timed(plan: BindingPlan): string[] {
  return plan.duration.type === "timed" ? [`# Azure keeps no end for a binding: remove it after ${plan.duration.hours} h.`] : [];
}
