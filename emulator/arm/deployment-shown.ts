import type { Deployment } from "../state/extension-shapes";

/** The error of a deployment whose steps failed. */
export function failure(steps: Deployment["steps"]): object {
  const details = steps.flatMap((step) => (step.error === null ? [] : [step.error]));
  return {
    code: "DeploymentFailed",
    message:
      "At least one resource deployment operation failed. Please list deployment operations for details. Please see https://aka.ms/arm-deployment-operations for usage details.",
    details,
  };
}

/** A deployment as ARM answers it. */
export function shown(one: Deployment): object {
  const failed = one.state === "Failed" ? { error: failure(one.steps) } : {};
  const done =
    one.state === "Succeeded" ? { outputs: one.outputs, outputResources: one.steps.map((step) => ({ id: step.resourceId })) } : {};
  const ends = one.steps.at(-1)?.endsAt ?? one.startedAt;
  return {
    id: one.id,
    name: one.name,
    type: "Microsoft.Resources/deployments",
    properties: {
      templateHash: one.templateHash,
      parameters: one.parameters,
      mode: one.mode,
      provisioningState: one.state,
      timestamp: new Date(one.state === "Running" ? one.startedAt : ends).toISOString(),
      correlationId: one.correlationId,
      ...failed,
      ...done,
    },
  };
}
