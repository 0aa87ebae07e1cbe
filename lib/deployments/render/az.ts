import type { Json } from "@/lib/kernel/json";
import { renderRangesAz } from "@/lib/network/render-ranges";
import { parseResourceId } from "@/lib/kernel/resource-id";
import { type DeploymentPlan, type PlanStep, writes } from "@/lib/plans/plan";
import { commentText, shellQuote } from "@/lib/plans/quote";
import { bindingCommand, commandLines, within } from "@/lib/plans/render-az";
import type { ExtensionBody } from "../settings/body";
import { secretName } from "./values";

/**
 * The plan as commands of the Azure CLI (2.67 or newer, with its extensions k8s-extension and ml) for a POSIX shell, one after the other; each
 * waits until Azure is done. Protected values are taken from variables of the shell and are not in it.
 */
export function renderDeploymentAz(plan: DeploymentPlan): string {
  const lines = [
    `# ${commentText(plan.sentence)}`,
    ...cloudNote(plan),
    "# Needs two extensions of the az CLI: az extension add --name k8s-extension; az extension add --name ml",
    "set -eu",
    ...plan.protectedSettings.map(({ key }) => needed(key)),
    ...plan.steps.map((step) => `\n# ${commentText(step.title)}${writes(step) ? `\n${command(plan, step)}` : waitNote(step)}`),
  ];
  return `${lines.join("\n")}\n`;
}

function cloudNote({ cloud }: DeploymentPlan): string[] {
  if (cloud !== "AzureUSGovernment" && cloud !== "AzureChina") return [];
  return [`# Choose the cloud first: az cloud set --name ${cloud === "AzureChina" ? "AzureChinaCloud" : cloud}`];
}

const waitNote = ({ doneWhen }: PlanStep): string => `: wait until this is so. ${commentText(doneWhen)}`;

/** What must be in the environment: of certificate and key the paths of their PEM files, which the az CLI reads itself. */
function needed(key: string): string {
  const what = key.endsWith("PemFile") ? "path of the PEM file" : "the value";
  return `: "\${${variable(key)}:?${commentText(`${key}, ${what}`).replace(/[}"$`\\]/g, "_")}}"`;
}

const variable = (key: string): string => secretName(key).toUpperCase();

/** The command that does what a step does, by the beginning of the step's id. */
const commands: [string, (step: PlanStep, plan: DeploymentPlan) => string][] = [
  ["register-", register],
  ["make-workspace", makeWorkspace],
  ["put-ranges", ({ resourceId }, { network }) => renderRangesAz(resourceId, network?.list.after ?? []).trimEnd()],
  ["put-extension", createExtension],
  ["delete-extension", (step) => ofExtension("delete", step, [["--yes"]])],
  ["put-binding", (step) => bindingCommand("create", step)],
  ["delete-binding", (step) => bindingCommand("delete", step)],
  ["make-namespace", makeNamespace],
  ["attach-compute", attach],
  ["detach-", ({ resourceId }) => ofCompute("detach", resourceId, [["--yes"]])],
];

function command(plan: DeploymentPlan, step: PlanStep): string {
  return commands.find(([beginning]) => step.id.startsWith(beginning))?.[1](step, plan) ?? rest(step);
}

/** The call itself, for a step that the az CLI has no command for. */
function rest({ method, resourceId, apiVersion, query, body }: PlanStep): string {
  const search = new URLSearchParams({ "api-version": apiVersion, ...query });
  return commandLines([
    ["az", "rest"],
    ["--method", method.toLowerCase()],
    ["--url", `${resourceId}?${search}`],
    ...(body === null ? [] : [["--body", JSON.stringify(body)]]),
  ]);
}

function register({ resourceId }: PlanStep): string {
  const [subscription = "", , namespace = ""] = resourceId.split("/").slice(2);
  return commandLines([["az", "provider", "register"], ["--subscription", subscription], ["--namespace", namespace], ["--wait"]]);
}

/** The template goes through a file: the az CLI takes none as a word. */
function makeWorkspace({ resourceId, body }: PlanStep): string {
  const { template, parameters } = (body as { properties: { template: Json; parameters: Json } }).properties;
  const create = commandLines([
    ["az", "deployment", "group", "create"],
    ...within(resourceId, "--name"),
    ["--mode", "Incremental"],
    ["--parameters", JSON.stringify(parameters)],
  ]);
  return `template=$(mktemp)\nprintf '%s' ${shellQuote(JSON.stringify(template))} > "$template"\n${create} \\\n  --template-file "$template"\nrm "$template"`;
}

/** All settings of the plan are given, those that the az CLI would derive by itself too: so they are the planned ones whatever it finds. */
function createExtension(step: PlanStep, { protectedSettings }: DeploymentPlan): string {
  const { extensionType, autoUpgradeMinorVersion, releaseTrain, version, configurationSettings } = (step.body as ExtensionBody).properties;
  const line = ofExtension("create", step, [
    ["--extension-type", extensionType],
    ["--scope", "cluster"],
    ["--release-train", releaseTrain],
    ["--auto-upgrade-minor-version", autoUpgradeMinorVersion ? "true" : "false"],
    ...(version === undefined ? [] : [["--version", version]]),
    ["--config", ...Object.entries(configurationSettings).map(([key, value]) => `${key}=${value}`)],
  ]);
  if (protectedSettings.length === 0) return line;
  return [line, `--config-protected ${protectedSettings.map(({ key }) => `${shellQuote(`${key}=`)}"$${variable(key)}"`).join(" ")}`].join(
    " \\\n  ",
  );
}

function ofExtension(verb: "create" | "delete", { scope, resourceId }: PlanStep, more: string[][]): string {
  return commandLines([
    ["az", "k8s-extension", verb],
    ...within(scope, "--cluster-name"),
    ["--cluster-type", "managedClusters"],
    ["--name", parseResourceId(resourceId).name],
    ...more,
  ]);
}

/** By kubectl, or by the command in the cluster that waits for its result; both fail harmlessly where the namespace is there. */
function makeNamespace({ via, scope, body }: PlanStep, { target }: DeploymentPlan): string {
  if (via === "kubernetes") return commandLines([["kubectl", "create", "namespace", target.namespace ?? ""]]);
  return commandLines([
    ["az", "aks", "command", "invoke"],
    ...within(scope, "--name"),
    ["--command", (body as { command: string }).command],
  ]);
}

type ComputeBody = {
  identity: { type: "SystemAssigned" | "UserAssigned"; userAssignedIdentities?: Record<string, unknown> };
  properties: { resourceId: string; properties: { namespace: string } };
};

function attach({ resourceId, body }: PlanStep): string {
  const { identity, properties } = body as ComputeBody;
  const identities = Object.keys(identity.userAssignedIdentities ?? {});
  return ofCompute("attach", resourceId, [
    ["--type", "Kubernetes"],
    ["--resource-id", properties.resourceId],
    ["--namespace", properties.properties.namespace],
    ["--identity-type", identity.type],
    ...(identities.length === 0 ? [] : [["--user-assigned-identities", identities.join(",")]]),
  ]);
}

function ofCompute(verb: "attach" | "detach", resourceId: string, more: string[][]): string {
  const { parentId, name } = parseResourceId(resourceId);
  return commandLines([["az", "ml", "compute", verb], ...within(parentId ?? "", "--workspace-name"), ["--name", name], ...more]);
}
