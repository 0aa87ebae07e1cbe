import type { Json } from "@/lib/kernel/json";
import { renderRangesBicep } from "@/lib/network/authorize/render-bicep";
import { lastName, parseResourceId } from "@/lib/kernel/resource-id";
import { type DeploymentPlan, type PlanStep, workspaceOf, writes } from "@/lib/plans/plan";
import { bicepQuote, commentText, symbolOf } from "@/lib/plans/quote";
import type { ExtensionBody } from "../settings/body";
import { bicepValue, fileKey, secretName } from "./values";

/**
 * The plan as two Bicep files: one for the cluster's resource group, and the module that attaches the cluster, since a workspace may lie in
 * another group. What Bicep cannot do (providers, namespaces, deletions) is said in words, with the command that does it.
 */
export function renderDeploymentBicep(plan: DeploymentPlan): string {
  const head = [`// ${commentText(plan.sentence)}`];
  if (plan.kind === "ml-teardown") return `${[...head, ...removal(plan)].join("\n")}\n`;
  const cluster = parseResourceId(plan.target.clusterId);
  const version = plan.steps.find(({ id }) => id === "put-binding")?.apiVersion ?? "2025-10-01";
  head.push(
    "// First file: main.bicep.",
    `// Deploy: az deployment group create --subscription ${commentText(cluster.subscriptionId ?? "")} --resource-group ${commentText(cluster.resourceGroup ?? "")} --template-file main.bicep`,
    "targetScope = 'resourceGroup'",
    ...plan.protectedSettings.flatMap(({ key }) => ["", "@secure()", `param ${secretName(key)} string`]),
    "",
    `resource cluster 'Microsoft.ContainerService/managedClusters@${version}' existing = {`,
    `  name: ${bicepQuote(cluster.name)}`,
    "}",
  );
  let before: string | null = null;
  const blocks = plan.steps.map((step) => {
    const block = blockOf(plan, step, before);
    before = block.symbol ?? before;
    return block.text;
  });
  const attach = plan.steps.find(({ id }) => id === "attach-compute");
  const second = attach === undefined ? [] : ["", "// Second file: attach.bicep.", ...attachModule(plan, attach)];
  return `${[...head, ...blocks.flatMap((text) => ["", text]), ...second].join("\n")}\n`;
}

/** A block, and the symbol that what comes after it depends on. */
type Block = { text: string; symbol: string | null };

function blockOf(plan: DeploymentPlan, step: PlanStep, before: string | null): Block {
  const title = `// ${commentText(step.title)}`;
  const said = (...lines: string[]): Block => ({ text: [title, ...lines].join("\n"), symbol: null });
  if (!writes(step)) return said(`// Wait until this is so. ${commentText(step.doneWhen)}`);
  const after = before === null ? [] : [`  dependsOn: [`, `    ${before}`, "  ]"];
  const block = (symbol: string, head: string, lines: string[]): Block => ({
    text: [title, `${head} = {`, ...lines, ...after, "}"].join("\n"),
    symbol,
  });
  switch (step.id) {
    case "put-ranges":
      return said(
        ...renderRangesBicep(plan.network?.list.after ?? [])
          .trimEnd()
          .split("\n")
          .map((line) => (line.startsWith("//") ? line : `// ${line}`)),
      );
    case "put-extension":
      return block(
        "extension",
        `resource extension 'Microsoft.KubernetesConfiguration/extensions@${step.apiVersion}'`,
        extensionLines(step),
      );
    case "put-binding": {
      const symbol = symbolOf(plan.bindings[0]?.name ?? "binding");
      return block(symbol, `resource ${symbol} 'Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings@${step.apiVersion}'`, [
        "  parent: cluster",
        `  name: ${bicepQuote(lastOf(step.resourceId))}`,
        `  properties: ${bicepValue((step.body as { properties: Json }).properties, 1, noSecret)}`,
      ]);
    }
    case "attach-compute": {
      const { subscriptionId, resourceGroup } = parseResourceId(workspaceOf(plan));
      return block("attach", "module attach 'attach.bicep'", [
        "  name: 'attach-compute'",
        `  scope: resourceGroup(${bicepQuote(subscriptionId ?? "")}, ${bicepQuote(resourceGroup ?? "")})`,
      ]);
    }
    case "make-namespace":
      return said(
        "// Bicep makes no namespace. Make it before the attachment, which needs it:",
        `// az aks command invoke --ids ${commentText(plan.target.clusterId)} --command "kubectl create namespace ${commentText(plan.target.namespace ?? "")}"`,
      );
    case "make-workspace":
      return said(
        "// The workspace and what it cannot be without are a template of their own: deploy that first, as the az commands of this plan do.",
      );
    default:
      return said(
        "// Bicep registers no resource provider:",
        `// az provider register --namespace ${commentText(step.resourceId.split("/").at(-2) ?? "")} --wait`,
      );
  }
}

const lastOf = (id: string): string => id.split("/").at(-1) ?? "";
const noSecret = (key: string): string => bicepQuote(key);

function extensionLines(step: PlanStep): string[] {
  const { identity, properties } = step.body as ExtensionBody;
  return [
    `  name: ${bicepQuote(lastOf(step.resourceId))}`,
    "  scope: cluster",
    `  identity: ${bicepValue(identity, 1, noSecret)}`,
    `  properties: ${bicepValue(properties, 1, secretValue)}`,
  ];
}

/** Certificate and key go to Azure as base64 of their files. */
function secretValue(key: string): string {
  const asked = fileKey(key);
  return asked === undefined ? secretName(key) : `base64(${secretName(asked)})`;
}

function attachModule(plan: DeploymentPlan, step: PlanStep): string[] {
  const { location, identity, properties } = step.body as { location: string; identity: Json; properties: Json };
  return [
    "targetScope = 'resourceGroup'",
    "",
    `resource workspace 'Microsoft.MachineLearningServices/workspaces@${step.apiVersion}' existing = {`,
    `  name: ${bicepQuote(lastName(workspaceOf(plan)))}`,
    "}",
    "",
    `resource compute 'Microsoft.MachineLearningServices/workspaces/computes@${step.apiVersion}' = {`,
    "  parent: workspace",
    `  name: ${bicepQuote(lastOf(step.resourceId))}`,
    `  location: ${bicepQuote(location)}`,
    `  identity: ${bicepValue(identity, 1, noSecret)}`,
    `  properties: ${bicepValue(properties, 1, noSecret)}`,
    "}",
  ];
}

function removal(plan: DeploymentPlan): string[] {
  return [
    "// Bicep cannot take anything away: what is left out of a template stays. In this order, with az:",
    ...plan.steps.map((step, index) => `// ${index + 1}. ${commentText(step.title)}`),
    "// After that there is nothing to deploy: take these out of your template as well.",
  ];
}
