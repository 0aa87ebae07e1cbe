import { expect, test } from "vitest";
import { deployFacts, deployInput, deployPlan, teardownPlan } from "@/lib/deployments/testing";
import { readable } from "@/lib/deployments/preflight/testing/facts";
import { phasesOf } from "./phases";

const asRun = ({ steps }: { steps: { id: string }[] }) => ["check", ...steps.map(({ id }) => id), "settle"].map((stepId) => ({ stepId }));
const shown = (kind: string, steps: { stepId: string }[]) =>
  phasesOf(kind, steps).map((phase) => `${phase.title}: ${phase.steps.map(({ stepId }) => stepId).join(" ")}`);

test("a deployment has four phases", () => {
  const providers = readable([{ namespace: "Microsoft.ContainerService", state: "Registered" }]);
  const plan = deployPlan(deployInput(), deployFacts({ providers }));
  expect(phasesOf("ml-deploy", asRun(plan)).map(({ title }) => title)).toEqual(["Before", "Install", "Attach", "Proof"]);
  expect(phasesOf("ml-deploy", asRun(plan)).flatMap(({ steps }) => steps)).toEqual(asRun(plan));
});

test("a teardown too, in its own words", () => {
  expect(shown("ml-teardown", asRun(teardownPlan()))).toEqual([
    "Before: check",
    "Detach: detach-k8s-dev",
    "Remove: delete-extension namespace-gone delete-binding-ml-dev-mlworkload",
    "Proof: settle",
  ]);
});

test("the steps of a binding stay together", () => {
  expect(shown("binding-grant", [{ stepId: "check" }, { stepId: "put-binding" }, { stepId: "settle" }])).toEqual([
    ": check put-binding settle",
  ]);
});
