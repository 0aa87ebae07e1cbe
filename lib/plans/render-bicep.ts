import { parseResourceId } from "@/lib/kernel/resource-id";
import type { BindingPlan } from "./plan";
import { bicepQuote, commentText, symbolOf } from "./quote";

const type = "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings";

/**
 * The plan as a Bicep file for a deployment to the cluster's resource group. Bicep only makes and changes: a removal, and the removal
 * that a change of the source needs, are said in words with the command that does them.
 */
export function renderBicep(plan: BindingPlan): string {
  const cluster = parseResourceId(plan.target.clusterId);
  const lines = [`// ${commentText(plan.sentence)}`];
  if (plan.after === null)
    return `${[...lines, ...cannotDelete(plan), "// After that there is nothing to deploy: take the binding out of your template as well."].join("\n")}\n`;
  if (plan.duration.type === "timed") lines.push(`// Azure keeps no end for a binding: remove it after ${plan.duration.hours} h.`);
  if (plan.steps.some((step) => step.method === "DELETE"))
    lines.push("// Azure does not change a binding's source, so the binding has to be deleted first.", ...cannotDelete(plan));
  const put = plan.steps.find((step) => step.method === "PUT");
  const symbol = symbolOf(plan.target.bindingName);
  lines.push(
    `// Deploy: az deployment group create --subscription ${commentText(cluster.subscriptionId ?? "")} --resource-group ${commentText(cluster.resourceGroup ?? "")} --template-file FILE`,
    "targetScope = 'resourceGroup'",
    "",
    `resource cluster 'Microsoft.ContainerService/managedClusters@${put?.apiVersion ?? ""}' existing = {`,
    `  name: ${bicepQuote(cluster.name)}`,
    "}",
    "",
    `resource ${symbol} '${type}@${put?.apiVersion ?? ""}' = {`,
    "  parent: cluster",
    `  name: ${bicepQuote(plan.after.name)}`,
    "  properties: {",
    `    sourceResourceId: ${bicepQuote(plan.after.sourceResourceId)}`,
    "    roles: [",
    ...plan.after.roles.map((role) => `      ${bicepQuote(role)}`),
    "    ]",
    "  }",
    "}",
  );
  return `${lines.join("\n")}\n`;
}

function cannotDelete(plan: BindingPlan): string[] {
  return [
    "// Bicep cannot delete a binding: leaving it out of the template keeps it. Delete it so:",
    `// az resource delete --ids ${commentText(plan.target.bindingId)} --api-version ${plan.steps[0]?.apiVersion ?? ""}`,
  ];
}
