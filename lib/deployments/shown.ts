import { lastName } from "@/lib/kernel/resource-id";
import type { Answer } from "@/lib/http/contract";
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

type Run = Answer<"GET /api/v1/runs/{id}">;

/**
 * A run of such a plan for the same person: of the steps that read and write the workspace stays what each does and how far it is; what was read
 * there, and what Azure answered, is left out.
 */
export function withoutWorkspaceReads(run: Run, plan: DeploymentPlan): Run {
  const steps = new Set(
    plan.steps.filter(({ id, resourceId }) => id === "make-workspace" || inWorkspace.test(resourceId)).map(({ id }) => id),
  );
  const isOther = ({ stepId }: { stepId: string }): boolean => !steps.has(stepId);
  const failed = run.steps.find(({ state }) => state === "failed");
  const hidesFailure = failed !== undefined && steps.has(failed.stepId);
  return {
    ...run,
    steps: run.steps.map((step) => (isOther(step) ? step : { ...step, message: null, before: null, after: null })),
    calls: run.calls.filter(isOther),
    operations: run.operations.filter(isOther),
    diagnosis: hidesFailure ? [] : run.diagnosis,
    error: hidesFailure && run.error !== null ? { ...run.error, message: kept, remedy: null } : run.error,
  };
}

const inWorkspace = /\/providers\/Microsoft\.MachineLearningServices\/workspaces\//i;
const kept = "What Azure answered is shown to those who can read the workspace in Azure, and to the parties of the request.";
