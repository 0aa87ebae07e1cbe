import type { Json } from "@/lib/kernel/json";
import { parseResourceId } from "@/lib/kernel/resource-id";
import { type DeploymentPlan, type PlanStep, writes } from "@/lib/plans/plan";
import { commentText, shellQuote } from "@/lib/plans/quote";
import { fileKey, refOf, secretName } from "./values";

/**
 * The plan as commands of the Azure CLI (2.67 or newer) for a POSIX shell, one after the other. What the run sends to ARM is sent as it stands, by
 * `az rest`: `az k8s-extension create` and `az ml compute attach` would add settings of their own. As `az rest` does not wait, a wait follows.
 * Protected values are taken from variables of the shell and are not in it.
 */
export function renderDeploymentAz(plan: DeploymentPlan): string {
  const lines = [
    `# ${commentText(plan.sentence)}`,
    ...cloudNote(plan),
    "# Each call to Azure is the very one of the plan: derived settings are in it, and the az CLI adds none.",
    "set -eu",
    ...plan.protectedSettings.map(({ key }) => needed(key)),
    ...plan.steps.map((step) => command(plan, step)),
  ];
  return `${lines.join("\n")}\n`;
}

function cloudNote({ cloud }: DeploymentPlan): string[] {
  if (cloud !== "AzureUSGovernment" && cloud !== "AzureChina") return [];
  return [`# Choose the cloud first: az cloud set --name ${cloud === "AzureChina" ? "AzureChinaCloud" : cloud}`];
}

/** What must be in the environment: a certificate and its key as base64 of their PEM files. */
function needed(key: string): string {
  const name = variable(key);
  const file = key.endsWith("PemFile") ? "base64 of the PEM file, in one line" : "as text of a JSON string";
  return `: "\${${name}:?${commentText(`${key}, ${file}`).replace(/[}"$`\\]/g, "_")}}"`;
}

const variable = (key: string): string => secretName(key).toUpperCase();

function command(plan: DeploymentPlan, step: PlanStep): string {
  const note = `\n# ${commentText(step.title)}`;
  if (!writes(step)) return `${note}: wait until this is so. ${commentText(step.doneWhen)}`;
  if (step.via === "run-command") return `${note}\n${invoke(step)}`;
  if (step.via === "kubernetes") return `${note}\n${words(["kubectl", "create", "namespace", plan.target.namespace ?? ""])}`;
  if (step.method === "POST") return `${note}\n${register(step)}`;
  const query = new URLSearchParams({ "api-version": step.apiVersion, ...step.query });
  const call = words(["az", "rest", "--method", step.method.toLowerCase(), "--url", `${step.resourceId}?${query}`]);
  const body = step.body === null ? "" : ` \\\n  --body ${bodyWord(step.body)}`;
  const wait = words([
    "az",
    "resource",
    "wait",
    "--ids",
    step.resourceId,
    "--api-version",
    step.apiVersion,
    step.method === "DELETE" ? "--deleted" : "--created",
  ]);
  return `${note}\n${call}${body}\n${wait}`;
}

const words = (all: readonly string[]): string => all.map(shellQuote).join(" ");

/** The same POST, by the command that waits for it. */
function register({ resourceId }: PlanStep): string {
  const [subscription = "", , namespace = ""] = resourceId.split("/").slice(2);
  return words(["az", "provider", "register", "--subscription", subscription, "--namespace", namespace, "--wait"]);
}

/** The same command in the cluster, by the command that waits for its result; it fails harmlessly where the namespace is there. */
function invoke({ scope, body }: PlanStep): string {
  const { subscriptionId, resourceGroup, name } = parseResourceId(scope);
  const text = (body as { command: string }).command;
  return words([
    "az",
    "aks",
    "command",
    "invoke",
    "--subscription",
    subscriptionId ?? "",
    "--resource-group",
    resourceGroup ?? "",
    "--name",
    name,
    "--command",
    text,
  ]);
}

/** The body as one word of the shell, with a variable in the place of each secret. */
function bodyWord(body: Json): string {
  const marker = (key: string): string => `\u0000${key}\u0000`;
  const text = JSON.stringify(body, (key, value: Json) => (refOf(value) === null ? value : marker(key)));
  return (
    text
      // Where a backslash stands before it, it is the text of a value.
      .split(/(?<=(?<!\\)(?:\\\\)*)\\u0000(.*?)\\u0000/)
      .map((part, index) => (index % 2 === 0 ? shellQuote(part) : `"$${variable(fileKey(part) ?? part)}"`))
      .join("")
  );
}
