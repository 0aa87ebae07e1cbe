import { describe, expect, test } from "vitest";
import type { Lock, RoleBinding } from "@/lib/azure/types";
import type { ApprovedBinding } from "@/lib/bindings/facts";
import { cluster, clusterId, compute, extension, pool, readable, refused, workspaceId } from "../preflight/testing/facts";
import { aftermath } from "./aftermath";
import { checkTeardown } from "./checks";
import type { TeardownFacts, TeardownInput } from "./input";
import { teardownSteps } from "./order";

const binding = (name: string, sourceResourceId = workspaceId): RoleBinding => ({
  id: `${clusterId}/trustedAccessRoleBindings/${name}`,
  name,
  sourceResourceId,
  roles: ["Microsoft.MachineLearningServices/workspaces/mlworkload"],
  provisioningState: "Succeeded",
});
const other = compute({ id: `${workspaceId}/computes/k8s-two`, name: "k8s-two", namespace: "ml-two" });
const elsewhere = compute({ id: `${workspaceId}/computes/k8s-far`, name: "k8s-far", resourceId: `${clusterId}-2` });
const vm = compute({ id: `${workspaceId}/computes/cpu`, name: "cpu", computeType: "AmlCompute", resourceId: null });
const input = (changes: Partial<TeardownInput> = {}): TeardownInput => ({
  clusterId,
  workspaceId,
  computes: "all",
  extension: "delete",
  ...changes,
});
const facts = (changes: Partial<TeardownFacts> = {}): TeardownFacts => ({
  cluster: readable({ ...cluster, nodePools: [pool(), pool({ name: "gpu", count: 0 })] }),
  extensions: readable([extension()]),
  computes: readable([compute({ resourceId: clusterId.toLowerCase() }), other, elsewhere, vm]),
  bindings: readable([binding("ml-dev-mlworkload"), binding("theirs", `${workspaceId}-2`)]),
  locks: readable([]),
  otherComputes: readable([]),
  ...changes,
});
const ids = (...args: [Partial<TeardownInput>?, Partial<TeardownFacts>?]): string[] =>
  teardownSteps(input(args[0]), facts(args[1]), where).map(({ id }) => id);
const check = (key: string, wanted: Partial<TeardownInput> = {}, changes: Partial<TeardownFacts> = {}) =>
  checkTeardown(input(wanted), facts(changes)).find((one) => one.key === key);
const where = { id: clusterId, name: cluster.name, bindingApiVersion: "2025-10-01" };
const no = refused("x/read", "/");

describe("the order", () => {
  test("is computes, extension, wait, bindings of this workspace", () => {
    expect(ids()).toEqual(["detach-k8s-dev", "detach-k8s-two", "delete-extension", "namespace-gone", "delete-binding-ml-dev-mlworkload"]);
  });

  test("leaves the binding to a workspace that keeps a compute on the cluster", () => {
    expect(ids({ computes: ["K8S-DEV"], extension: "keep" })).toEqual(["detach-k8s-dev"]);
    expect(ids({ extension: "keep" })).toEqual(["detach-k8s-dev", "detach-k8s-two", "delete-binding-ml-dev-mlworkload"]);
  });

  test("has no step for what is not there, and only waits for what goes already", () => {
    expect(ids({}, { computes: readable([]), extensions: readable([]), bindings: readable([]) })).toEqual([]);
    expect(ids({}, { computes: readable([]), extensions: readable([extension({ provisioningState: "Deleting" })]) })).toEqual([
      "namespace-gone",
      "delete-binding-ml-dev-mlworkload",
    ]);
  });

  test("never takes a binding away while it is not known what the workspace has on the cluster", () => {
    expect(ids({ extension: "keep" }, { computes: no })).toEqual([]);
  });

  test("names what each step is about and the right that it needs", () => {
    const steps = teardownSteps(input(), facts(), where);
    expect(steps[0]).toMatchObject({ resourceId: compute().id, action: "Microsoft.MachineLearningServices/workspaces/computes/delete" });
    expect(steps[0]).toMatchObject({ method: "DELETE", query: { underlyingResourceAction: "Detach" }, body: null });
    expect(steps.find((one) => one.id === "namespace-gone")).toMatchObject({ via: "wait", method: "GET", resourceId: extension().id });
  });
});

describe("what stands in the way", () => {
  test("nothing does by itself, but running work is cut off", () => {
    const found = checkTeardown(input(), facts());
    expect(found.filter(({ status }) => status !== "ok").map(({ key }) => key)).toEqual(["running-work"]);
    expect(found.filter((one) => one.status !== "ok" && (one.remedy ?? "") === "")).toEqual([]);
  });

  test("an extension that others need stays", () => {
    expect(check("extension", { computes: ["k8s-dev"] })).toMatchObject({ status: "blocking" });
    const others = { otherComputes: readable([{ workspaceId: `${workspaceId}-2`, name: "k8s-b" }]) };
    expect(check("extension-users", {}, others)).toMatchObject({ status: "blocking" });
    expect(check("extension-users", {}, others)?.message).toContain("k8s-b of ml-dev-2");
    expect(check("extension", {}, { otherComputes: no })?.status).toBe("not-verified");
    expect(check("extension-users", { extension: "keep" }, others)).toBeUndefined();
  });

  test("an extension that Azure is at work on is waited for", () => {
    expect(check("extension", {}, { extensions: readable([extension({ provisioningState: "Updating" })]) })?.status).toBe("blocking");
  });

  test("computes must be known, and be there", () => {
    expect(check("computes", {}, { computes: no })?.status).toBe("blocking");
    expect(check("computes", { computes: ["k8s-far"] })?.message).toContain("k8s-far");
  });

  test("a lock of either level stops what it holds on, and nothing else", () => {
    const lock = (scope: string, level: Lock["level"] = "CanNotDelete"): Lock => ({
      id: `${scope}/l`,
      name: "keep",
      level,
      scope,
      notes: null,
    });
    const group = clusterId.split("/providers/")[0] ?? "";
    expect(check("locks", {}, { locks: readable([lock(group)]) })?.status).toBe("blocking");
    expect(check("locks", {}, { locks: readable([lock(clusterId.toUpperCase(), "ReadOnly")]) })?.status).toBe("blocking");
    expect(check("locks", {}, { locks: readable([lock(`${clusterId}-2`)]) })?.status).toBe("ok");
    expect(check("locks", { computes: ["k8s-dev"], extension: "keep" }, { locks: readable([lock(clusterId)]) })?.status).toBe("ok");
    expect(check("locks", {}, { locks: no })?.status).toBe("not-verified");
  });

  test("a stopped cluster is told, since nothing in it goes", () => {
    expect(check("cluster-state", {}, { cluster: readable({ ...cluster, powerState: "Stopped" }) })?.status).toBe("warning");
    expect(check("cluster-state", {}, { cluster: no })?.status).toBe("not-verified");
  });

  test("what cannot be read is never fine", () => {
    expect(check("bindings", {}, { bindings: no })?.status).toBe("not-verified");
    expect(check("extension", {}, { extensions: no })?.status).toBe("not-verified");
  });
});

describe("what is left", () => {
  test("stays and costs, in sentences", () => {
    const { stays, costs } = aftermath(input(), facts());
    expect(stays.join(" ")).toContain("namespaces ml-dev and ml-two with everything in them");
    expect(stays.join(" ")).toContain("custom resource definitions");
    expect(costs.join(" ")).toContain("3 × Standard_D4s_v5");
    expect(costs.join(" ")).not.toContain("0 ×");
  });

  test("depends on what is kept", () => {
    const serving = extension({ settings: { enableInference: "True", logAnalyticsWS: "true" } });
    const { stays, costs } = aftermath(input({ computes: ["k8s-dev"], extension: "keep" }), facts({ extensions: readable([serving]) }));
    expect(stays).toContain("The computes k8s-two.");
    expect(stays.join(" ")).toContain("The extension azureml");
    expect(stays.join(" ")).not.toContain("definitions");
    expect(costs).toContain("The load balancer and address of the inference router.");
    expect(costs.join(" ")).toContain("Log Analytics");
  });

  test("tells of ranges only where there are some", () => {
    const ranged = { cluster: readable({ ...cluster, authorizedIpRanges: ["192.0.2.0/24"] }) };
    expect(aftermath(input(), facts(ranged)).stays.join(" ")).toContain("an empty list would open the API server");
    expect(aftermath(input(), facts()).stays.join(" ")).not.toContain("ranges");
  });
});

describe("the extension alone", () => {
  const alone = { workspaceId: null };
  test("is deleted without a workspace, whatever bindings others have", () => {
    expect(ids(alone, { computes: readable([]) })).toEqual(["delete-extension", "namespace-gone"]);
    expect(checkTeardown(input(alone), facts({ computes: readable([]) })).every(({ status }) => status === "ok")).toBe(true);
    expect(aftermath(input(alone), facts({ computes: readable([]) })).stays.join(" ")).not.toMatch(/workspace/i);
  });

  test("stays where any workspace has a compute on the cluster, and where that cannot be read it is not said to be unused", () => {
    const used = { computes: readable([]), otherComputes: readable([{ workspaceId, name: "k8s-dev" }]) };
    expect(check("extension-users", alone, used)).toMatchObject({
      status: "blocking",
      message: expect.stringMatching(/^Workspaces use it: k8s-dev of /),
    });
    expect(check("extension", alone, { computes: readable([]), otherComputes: no })?.status).toBe("not-verified");
  });
});

describe("a binding that goes", () => {
  const own: ApprovedBinding = {
    name: "ML-dev-mlworkload",
    sourceResourceId: workspaceId,
    roles: [],
    state: "approved-present",
    remindAt: null,
  };
  test.each<[string, ApprovedBinding[]]>([
    ["was never approved here", []],
    ["is known here for another source alone", [{ ...own, sourceResourceId: `${workspaceId}-2` }]],
    ["was approved to be away", [{ ...own, state: "approved-absent" }]],
  ])("and %s is said to be made outside", (_what, approved) => {
    expect(check("bindings", {}, { approved })).toMatchObject({
      status: "warning",
      message: expect.stringContaining("ml-dev-mlworkload was made outside Bindery"),
    });
  });

  test("is not, where it was approved here, or where that was not looked up", () => {
    expect(check("bindings", {}, { approved: [own] })?.status).toBe("ok");
    expect(check("bindings")?.status).toBe("ok");
  });
});
