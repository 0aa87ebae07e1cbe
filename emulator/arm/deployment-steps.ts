import type { Deployment, DeploymentStep } from "../state/extension-shapes";
import { keyOf } from "../tenant/ids";
import type { World } from "../world";
import { makeResource } from "./template-resources";

/** Brings deployments forward: each resource whose time has come is made or refused, and with one refusal the deployment is over. */
export function settleDeployments(world: World): void {
  const now = world.clock.now();
  const table = world.store.table("deployments");
  for (const [key, one] of table.entries()) {
    const next = one.steps.find((step) => step.state === "Running");
    if (one.state !== "Running" || one.hangs || (next !== undefined && next.endsAt > now)) continue;
    table.set(key, forward(world, one, now));
  }
}

function forward(world: World, deployment: Deployment, now: number): Deployment {
  const steps: DeploymentStep[] = [];
  let failed = false;
  for (const step of deployment.steps) {
    if (step.state !== "Running" || step.endsAt > now || failed) steps.push(step);
    else {
      const made = step.told ?? makeResource(world, step.wanted);
      const error = "code" in made ? { code: String(made.code), message: String(made.message) } : null;
      if (!("code" in made)) world.store.table("resources").set(keyOf(made.id), made);
      steps.push({ ...step, error, state: error === null ? "Succeeded" : "Failed" });
      failed ||= error !== null;
    }
  }
  if (failed) return { ...deployment, steps: steps.filter((step) => step.state !== "Running"), state: "Failed" };
  return { ...deployment, steps, state: steps.every((step) => step.state === "Succeeded") ? "Succeeded" : "Running" };
}
