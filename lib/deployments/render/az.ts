import { type DeploymentPlan, type PlanStep, writes } from "@/lib/plans/plan";
import { commentText, shellQuote } from "@/lib/plans/quote";

/**
 * The plan as commands of the Azure CLI for a POSIX shell: each write as the exact call that the run makes, each wait as a comment. Secrets
 * are not in it: where the body has a reference, the command says what to put there.
 */
export function renderDeploymentAz(plan: DeploymentPlan): string {
  return `${[`# ${commentText(plan.sentence)}`, "set -eu", ...plan.steps.map(command)].join("\n")}\n`;
}

function command(step: PlanStep): string {
  const note = `# ${commentText(step.title)}`;
  if (!writes(step)) return `${note}: wait until ${commentText(step.doneWhen)}`;
  if (step.via === "kubernetes")
    return `${note}\nkubectl create namespace ${shellQuote((step.body as { metadata: { name: string } }).metadata.name)}`;
  const query = new URLSearchParams({ "api-version": step.apiVersion, ...step.query });
  const words = ["az", "rest", "--method", step.method.toLowerCase(), "--url", `${step.resourceId}?${query}`];
  const body = step.body === null ? [] : ["--body", JSON.stringify(step.body)];
  return `${note}\n${[...words, ...body].map(shellQuote).join(" ")}`;
}
