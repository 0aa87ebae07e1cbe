import { lastName } from "@/lib/kernel/resource-id";
import type { DeploymentPlan } from "@/lib/plans/plan";
import { isOfWorkspace } from "./guarded";

/** Checks that tell what was read of the workspace, or of others that use the extension. */
const checksOfWorkspaces = new Set(["workspace", "workspace-identity", "compute-name", "computes", "running-work", "extension-users"]);

/**
 * A frozen plan for somebody who is no party to its request and to whom Azure does not show the workspace: what will be done stays, and what
 * the planner's token read of workspaces is left out, each place saying so. Its digest remains that of the whole plan.
 */
export function withoutWorkspaceFacts(plan: DeploymentPlan): DeploymentPlan {
  const { workspaceId } = plan.target;
  const others = workspaceId === null ? "" : `to those who can read the workspace ${lastName(workspaceId)} in Azure, and `;
  const who = `is shown ${others}to the parties of this request`;
  return {
    ...plan,
    guardedFacts: plan.guardedFacts.map((fact) => (isOfWorkspace(fact.key) && fact.verified ? { ...fact, value: `(${who})` } : fact)),
    preconditions: plan.preconditions.map((check) =>
      checksOfWorkspaces.has(check.key) ? { ...check, message: `What was read ${who}.`, remedy: undefined } : check,
    ),
  };
}
