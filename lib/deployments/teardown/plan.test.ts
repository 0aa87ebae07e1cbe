import { describe, expect, test } from "vitest";
import { planningContext, refused } from "@/lib/bindings/testing";
import { planChanges } from "@/lib/plans/diff";
import { planDigest } from "@/lib/plans/digest";
import type { DeploymentPlan } from "@/lib/plans/plan";
import { unreadableFacts } from "../guarded";
import { cluster, clusterId, compute, extension, pool, readable, workspace, workspaceId } from "../preflight/testing/facts";
import { teardownFacts, teardownInput, teardownPlan } from "../testing";
import type { TeardownPlanFacts } from "./facts";
import { planTeardown } from "./plan";

const again = (approved: DeploymentPlan, changes: Partial<TeardownPlanFacts>) =>
  teardownPlan(teardownInput(), teardownFacts({ ...changes, baseline: approved }));
const approved = teardownPlan();

describe("the plan of a teardown", () => {
  test("detaches, deletes, waits and takes the binding away, and says what stays", () => {
    expect(approved.steps.map(({ id }) => id)).toEqual([
      "detach-k8s-dev",
      "delete-extension",
      "namespace-gone",
      "delete-binding-ml-dev-mlworkload",
    ]);
    expect(approved.bindings).toMatchObject([{ name: "ml-dev-mlworkload", after: null }]);
    expect(approved.target).toMatchObject({ extensionName: "azureml", computeName: "k8s-dev" });
    expect(approved.stays).toContain("The workspace ml-dev with its data, models and history.");
    expect(approved.stays.filter((text) => text.startsWith("Goes on costing money: "))).not.toEqual([]);
    expect(approved.risk.level).toBe("medium");
    expect(approved.verdict.approvals).toBeGreaterThan(0);
  });

  test("keeps the extension where that is asked", () => {
    const plan = teardownPlan(teardownInput({ extension: "keep" }));
    expect(plan.target.extensionName).toBeNull();
    expect(plan.steps.map(({ id }) => id)).toEqual(["detach-k8s-dev", "delete-binding-ml-dev-mlworkload"]);
  });

  test("is refused where nothing goes", () => {
    const empty = teardownFacts({ computes: readable([]), extensions: readable([]), bindings: readable([]) });
    const { blocked, checks } = planTeardown(teardownInput(), empty, planningContext());
    expect(blocked).toBe(true);
    expect(checks.find(({ key }) => key === "change")?.status).toBe("blocking");
  });
});

describe("a plan that names no workspace", () => {
  const facts = teardownFacts({ computes: readable([]), workspace: { state: "absent" } });
  test("deletes the extension, says so, and rests on cluster and extension alone", () => {
    const plan = teardownPlan(teardownInput({ workspaceId: null }), facts);
    expect(plan.sentence).toBe(`Delete the extension azureml from the cluster ${cluster.name}.`);
    expect(plan.target).toMatchObject({ workspaceId: null, workspaceName: null, extensionName: "azureml", computeName: null });
    expect(plan.guardedFacts.map(({ key }) => key)).toEqual(["cluster-id", "cluster-uid", "extension"]);
    expect(plan.bindings).toEqual([]);
  });

  test("is refused where the extension stays", () => {
    const { checks } = planTeardown(teardownInput({ workspaceId: null, extension: "keep" }), facts, planningContext());
    expect(checks.find(({ key }) => key === "change")).toMatchObject({
      status: "blocking",
      remedy: "Name a workspace, or delete the extension.",
    });
  });

  test("a workspace that has nothing on the cluster is not said to lose anything", () => {
    const nothing = teardownFacts({ computes: readable([]), bindings: readable([]) });
    expect(teardownPlan(teardownInput(), nothing).sentence).toBe(`Delete the extension azureml from the cluster ${cluster.name}.`);
  });
});

describe("its digest", () => {
  test.each<[string, Partial<TeardownPlanFacts>]>([
    ["nothing at all", {}],
    ["a cluster that grows", { cluster: readable({ ...cluster, nodePools: [pool({ count: 9 })] }) }],
    ["another version of the extension", { extensions: readable([extension({ currentVersion: "1.2.0" })]) }],
    ["a lock", { locks: readable([{ id: "l", name: "l", level: "CanNotDelete", scope: clusterId, notes: null }]) }],
    ["somebody else's compute", { computes: readable([compute(), compute({ name: "far", resourceId: `${clusterId}-2` })]) }],
  ])("stays under %s", (_what, changes) => {
    expect(planDigest(again(approved, changes))).toBe(planDigest(approved));
  });

  test.each<[string, Partial<TeardownPlanFacts>]>([
    ["another compute of the workspace on the cluster", { computes: readable([compute(), compute({ name: "k8s-two" })]) }],
    ["an extension that is gone", { extensions: readable([]) }],
    ["an extension with other settings", { extensions: readable([extension({ settings: { enableInference: "True" } })]) }],
    ["a binding that is gone", { bindings: readable([]) }],
    [
      "another identity of the workspace",
      { workspace: readable({ ...workspace, identity: { ...workspace.identity, principalId: "ffffffff-0000-0000-0000-000000000001" } }) },
    ],
  ])("changes under %s, and what changed is said", (_what, changes) => {
    const fresh = again(approved, changes);
    expect(planDigest(fresh)).not.toBe(planDigest(approved));
    expect(planChanges(approved, fresh)).not.toEqual([]);
  });

  test.each<[string, Partial<TeardownPlanFacts>]>([
    ["the computes", { computes: refused("some/read", "/scope") }],
    ["the extensions", { extensions: refused("some/read", "/scope") }],
    ["the bindings", { bindings: refused("some/read", "/scope") }],
  ])("stays where a token cannot read %s: that is rights needed", (_what, changes) => {
    const facts = teardownFacts({ ...changes, baseline: approved });
    const fresh = teardownPlan(teardownInput(), facts);
    expect(planDigest(fresh)).toBe(planDigest(approved));
    expect(fresh.bindings).toEqual(approved.bindings);
    expect(unreadableFacts({ clusterId, workspaceId, computeName: null }, facts, approved)).toMatchObject([
      { action: "some/read", scope: "/scope" },
    ]);
  });
});
