import type { Json } from "@/lib/kernel/json";
import { renderRangesTerraform } from "@/lib/network/render-ranges";
import { type DeploymentPlan, type PlanStep, writes } from "@/lib/plans/plan";
import { commentText, hclQuote, symbolOf } from "@/lib/plans/quote";
import type { ExtensionBody } from "../settings/body";
import { fileKey, hclValue, secretName } from "./values";

/**
 * The plan for Terraform (1.7 or newer, providers azurerm 4 and azapi 2): the extension with every derived setting, since the provider derives
 * none, protected values as sensitive variables. A teardown is words: what is taken out of a configuration is destroyed in the order of its
 * references.
 */
export function renderDeploymentTerraform(plan: DeploymentPlan): string {
  const head = [`# ${commentText(plan.sentence)}`];
  if (plan.kind === "ml-teardown") return `${[...head, ...removal(plan)].join("\n")}\n`;
  head.push(
    "# Terraform 1.7 or newer, azurerm 4.21.0 or newer, azapi 2.2.0 or newer. The provider's subscription must be the cluster's.",
    ...plan.protectedSettings.flatMap(({ key }) => [
      "",
      `variable ${hclQuote(secretName(key))} {`,
      "  type      = string",
      "  sensitive = true",
      "}",
    ]),
  );
  let before: string | null = null;
  const blocks = plan.steps.map((step) => {
    const block = blockOf(plan, step, before);
    before = block.address ?? before;
    return block.text;
  });
  return `${[...head, ...blocks.flatMap((text) => ["", text])].join("\n")}\n`;
}

/** A block, and the address that what comes after it depends on. */
type Block = { text: string; address: string | null };

function blockOf(plan: DeploymentPlan, step: PlanStep, before: string | null): Block {
  const title = `# ${commentText(step.title)}`;
  if (!writes(step)) return { text: `${title}: wait until this is so. ${commentText(step.doneWhen)}`, address: null };
  const after = before === null ? [] : ["", `  depends_on = [${before}]`];
  const block = (type: string, name: string, lines: string[]): Block => ({
    text: [title, `resource ${hclQuote(type)} ${hclQuote(name)} {`, ...lines, ...after, "}"].join("\n"),
    address: `${type}.${name}`,
  });
  switch (step.id) {
    case "make-workspace":
      return block("azurerm_resource_group_template_deployment", "workspace", workspaceLines(step));
    case "put-ranges":
      return {
        text: `${title}: put this block into the azurerm_kubernetes_cluster that you have, in the place of the one there.\n${commented(renderRangesTerraform(plan.network?.list.after ?? []))}`,
        address: null,
      };
    case "put-extension":
      return block("azurerm_kubernetes_cluster_extension", "azureml", extensionLines(plan, step));
    case "put-binding":
      return block("azurerm_kubernetes_cluster_trusted_access_role_binding", symbolOf(lastOf(step.resourceId)), bindingLines(plan, step));
    case "make-namespace":
      return block("kubernetes_namespace_v1", "jobs", [
        "  # With the provider hashicorp/kubernetes, configured for this cluster.",
        "  metadata {",
        `    name = ${hclQuote(plan.target.namespace ?? "")}`,
        "  }",
      ]);
    case "attach-compute":
      return block("azapi_resource", "compute", computeLines(step));
    default:
      return block("azapi_resource_action", symbolOf(step.id), [
        `  type        = ${hclQuote(`Microsoft.Resources/providers@${step.apiVersion}`)}`,
        `  resource_id = ${hclQuote(step.resourceId.replace(/\/register$/, ""))}`,
        '  action      = "register"',
        '  method      = "POST"',
      ]);
  }
}

/** A block that is no resource of this file. */
const commented = (text: string): string =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => `# ${line}`)
    .join("\n");

const lastOf = (id: string): string => id.split("/").at(-1) ?? "";
const groupOf = (id: string): string => id.split("/")[4] ?? "";

function workspaceLines(step: PlanStep): string[] {
  const { template, parameters } = (step.body as { properties: { template: Json; parameters: Json } }).properties;
  return [
    `  name                = ${hclQuote(lastOf(step.resourceId))}`,
    `  resource_group_name = ${hclQuote(groupOf(step.resourceId))}`,
    '  deployment_mode     = "Incremental"',
    `  template_content    = jsonencode(${hclValue(template, 1, noSecret)})`,
    `  parameters_content  = jsonencode(${hclValue(parameters, 1, noSecret)})`,
  ];
}

function extensionLines(plan: DeploymentPlan, step: PlanStep): string[] {
  const { properties } = step.body as ExtensionBody;
  const secrets = properties.configurationProtectedSettings;
  const pinned = properties.version !== undefined;
  return [
    ...(!pinned && !properties.autoUpgradeMinorVersion
      ? ["  # The plan has no automatic upgrades; this provider knows none without a version. Add one, or use az."]
      : []),
    `  name              = ${hclQuote(lastOf(step.resourceId))}`,
    `  cluster_id        = ${hclQuote(plan.target.clusterId)}`,
    `  extension_type    = ${hclQuote(properties.extensionType)}`,
    ...(pinned
      ? [`  version           = ${hclQuote(properties.version ?? "")}`]
      : [`  release_train     = ${hclQuote(properties.releaseTrain)}`]),
    `  release_namespace = ${hclQuote(properties.scope.cluster.releaseNamespace)}`,
    `  configuration_settings = ${hclValue(properties.configurationSettings, 1, noSecret)}`,
    ...(Object.keys(secrets).length === 0
      ? []
      : [`  configuration_protected_settings = ${hclValue(secrets, 1, (key) => secretValue(key))}`]),
  ];
}

/** Certificate and key go to Azure as base64 of their files. */
const secretValue = (key: string): string => {
  const asked = fileKey(key);
  return asked === undefined ? `var.${secretName(key)}` : `base64encode(var.${secretName(asked)})`;
};

function bindingLines(plan: DeploymentPlan, step: PlanStep): string[] {
  const { sourceResourceId, roles } = (step.body as { properties: { sourceResourceId: string; roles: string[] } }).properties;
  return [
    `  kubernetes_cluster_id = ${hclQuote(plan.target.clusterId)}`,
    `  name                  = ${hclQuote(lastOf(step.resourceId))}`,
    `  source_resource_id    = ${hclQuote(sourceResourceId)}`,
    `  roles                 = ${hclValue(roles, 1, noSecret)}`,
  ];
}

type ComputeBody = {
  location: string;
  identity: { type: string; userAssignedIdentities?: Record<string, Json> };
  properties: Json;
};

/** Azure asks each deletion of a compute what becomes of the cluster behind it: it stays. */
function computeLines(step: PlanStep): string[] {
  const { location, identity, properties } = step.body as ComputeBody;
  const ids = Object.keys(identity.userAssignedIdentities ?? {});
  return [
    `  type      = ${hclQuote(`Microsoft.MachineLearningServices/workspaces/computes@${step.apiVersion}`)}`,
    `  name      = ${hclQuote(lastOf(step.resourceId))}`,
    `  parent_id = ${hclQuote(step.scope)}`,
    `  location  = ${hclQuote(location)}`,
    "  identity {",
    `    type = ${hclQuote(identity.type)}`,
    ...(ids.length === 0 ? [] : [`    identity_ids = ${hclValue(ids, 2, noSecret)}`]),
    "  }",
    `  body = ${hclValue({ properties }, 1, noSecret)}`,
    '  delete_query_parameters = { underlyingResourceAction = ["Detach"] }',
  ];
}

const noSecret = (key: string): string => hclQuote(key);

function removal(plan: DeploymentPlan): string[] {
  return [
    "# Take these out of your configuration, in this order and with an apply between them: Terraform destroys only what its state holds.",
    ...plan.steps.map((step, index) => `# ${index + 1}. ${commentText(step.title)}`),
    "# A compute must be detached and never deleted with its cluster: azapi sends that with",
    '#   delete_query_parameters = { underlyingResourceAction = ["Detach"] }',
    "# What Terraform does not know stays as it is. For that, use az.",
  ];
}
