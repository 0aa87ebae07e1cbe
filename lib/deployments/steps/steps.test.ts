import { beforeEach, describe, expect, test, vi } from "vitest";
import { refused } from "@/lib/bindings/testing";
import type { PlanStep } from "@/lib/plans/plan";
import { cluster, clusterId, compute, extension, podOn, readable, workspaceId } from "../preflight/testing/facts";
import { deployFacts, deployInput, deployPlan, stepOf, teardownPlan, caller } from "../testing";
import { deploymentSteps } from "./runner";

const azure = vi.hoisted(() => ({
  getExtension: vi.fn(),
  putExtension: vi.fn(),
  deleteExtension: vi.fn(),
  getCompute: vi.fn(),
  putCompute: vi.fn(),
  detachCompute: vi.fn(),
  getProvider: vi.fn(),
  registerProvider: vi.fn(),
  getSource: vi.fn(),
  getDeployment: vi.fn(),
  putDeployment: vi.fn(),
  listRoleBindings: vi.fn(),
  getCluster: vi.fn(),
  openApiServer: vi.fn(),
  listPods: vi.fn(),
  listEvents: vi.fn(),
  getHealthReports: vi.fn(),
  listNamespaces: vi.fn(),
  createNamespace: vi.fn(),
  startNamespaceCommand: vi.fn(),
  readCommandResult: vi.fn(),
}));
vi.mock("@/lib/azure/extensions", async (original) => ({ ...(await original<object>()), ...azure }));
vi.mock("@/lib/azure/computes", async (original) => ({ ...(await original<object>()), ...azure }));
vi.mock("@/lib/azure/providers", async (original) => ({ ...(await original<object>()), ...azure }));
vi.mock("@/lib/azure/sources", async (original) => ({ ...(await original<object>()), ...azure }));
vi.mock("@/lib/azure/deployments", async (original) => ({ ...(await original<object>()), ...azure }));
vi.mock("@/lib/azure/trusted-access", async (original) => ({ ...(await original<object>()), ...azure }));
vi.mock("@/lib/azure/clusters", async (original) => ({ ...(await original<object>()), ...azure }));
vi.mock("@/lib/azure/kubernetes", async (original) => ({ ...(await original<object>()), ...azure }));
vi.mock("@/lib/azure/run-command", async (original) => ({ ...(await original<object>()), ...azure }));

const absent = { state: "absent" } as const;
const no = refused("some/read", "/scope");
const accepted = { status: 201, operationUrl: "https://arm.test/operations/1" };
const providers = readable([{ namespace: "Microsoft.KubernetesConfiguration", state: "NotRegistered" }]);
const newWorkspace = { use: "new", name: "ml-new", resourceGroup: "ml-rg", location: "eastus" } as const;
const plan = deployPlan(deployInput(), deployFacts({ providers }));
const making = deployPlan(deployInput({ workspace: newWorkspace }), deployFacts({ workspace: absent }));
const direct = deployPlan(deployInput(), deployFacts({ direct: true }));
const teardown = teardownPlan();
const steps = {
  register: stepOf(plan, "register-microsoft-kubernetesconfiguration"),
  put: stepOf(plan, "put-extension"),
  health: stepOf(plan, "extension-health"),
  command: stepOf(plan, "make-namespace"),
  namespace: stepOf(direct, "make-namespace"),
  attach: stepOf(plan, "attach-compute"),
  attached: stepOf(plan, "attached"),
  workspace: stepOf(making, "make-workspace"),
  detach: stepOf(teardown, "detach-k8s-dev"),
  remove: stepOf(teardown, "delete-extension"),
  gone: stepOf(teardown, "namespace-gone"),
} satisfies Record<string, PlanStep>;
type Name = keyof typeof steps;
const planOf = (name: Name) =>
  name === "workspace" ? making : name === "namespace" ? direct : ["detach", "remove", "gone"].includes(name) ? teardown : plan;
const read = (name: Name) => deploymentSteps.read(caller, planOf(name), steps[name]);
const act = (name: Name) => deploymentSteps.act(caller, planOf(name), steps[name]);

/** The extension as the plan sends it, with what Azure adds by itself. */
const installed = (changes: Parameters<typeof extension>[0] = {}) =>
  readable(extension({ settings: { ...settingsOf(steps.put), addedByAzure: "x" }, ...changes }));
const settingsOf = ({ body }: PlanStep) =>
  (body as { properties: { configurationSettings: Record<string, string> } }).properties.configurationSettings;
const running = (name: string) => podOn("n1", 10, { namespace: "azureml", name, phase: "Running", ready: 1, containers: 1 });

beforeEach(() => {
  vi.resetAllMocks();
  azure.getCluster.mockResolvedValue(readable(cluster));
  azure.openApiServer.mockResolvedValue(no);
});

describe("each step that writes", () => {
  test.each<[Name, keyof typeof azure, unknown, string]>([
    ["register", "getProvider", readable({ namespace: "x", state: "NotRegistered" }), "not-begun"],
    ["register", "getProvider", readable({ namespace: "x", state: "Unregistering" }), "not-begun"],
    ["register", "getProvider", readable({ namespace: "x", state: "Registering" }), "in-flight"],
    ["register", "getProvider", readable({ namespace: "x", state: "Registered" }), "done"],
    ["put", "getExtension", absent, "not-begun"],
    ["put", "getExtension", installed({ provisioningState: "Creating" }), "in-flight"],
    ["put", "getExtension", installed(), "done"],
    ["put", "getExtension", installed({ provisioningState: "Failed", error: { code: "x", message: "It broke." } }), "failed"],
    ["put", "getExtension", installed({ provisioningState: "Canceled" }), "failed"],
    ["put", "getExtension", installed({ provisioningState: "Deleting" }), "changed"],
    ["put", "getExtension", installed({ settings: { enableTraining: "False" } }), "changed"],
    ["put", "getExtension", installed({ extensionType: "microsoft.flux" }), "changed"],
    ["attach", "getCompute", absent, "not-begun"],
    ["attach", "getCompute", readable(compute({ provisioningState: "Creating" })), "in-flight"],
    ["attach", "getCompute", readable(compute({ resourceId: clusterId.toUpperCase() })), "done"],
    ["attach", "getCompute", readable(compute({ provisioningState: "Failed" })), "failed"],
    ["attach", "getCompute", readable(compute({ errors: [{ code: "E", message: "Not well." }] })), "failed"],
    ["attach", "getCompute", readable(compute({ provisioningState: "Deleting" })), "changed"],
    ["attach", "getCompute", readable(compute({ resourceId: `${clusterId}-2` })), "changed"],
    ["attach", "getCompute", readable(compute({ namespace: "other" })), "changed"],
    ["detach", "getCompute", absent, "done"],
    ["detach", "getCompute", readable(compute()), "not-begun"],
    ["detach", "getCompute", readable(compute({ provisioningState: "Deleting" })), "in-flight"],
    ["detach", "getCompute", readable(compute({ resourceId: `${clusterId}-2` })), "changed"],
    ["remove", "getExtension", absent, "done"],
    ["remove", "getExtension", readable(extension()), "not-begun"],
    ["remove", "getExtension", readable(extension({ provisioningState: "Failed" })), "not-begun"],
    ["remove", "getExtension", readable(extension({ provisioningState: "Deleting" })), "in-flight"],
  ])("%s: %s %j reads as %s", async (name, gateway, answer, state) => {
    azure[gateway].mockResolvedValue(answer);
    expect(await read(name)).toMatchObject({ state });
    expect(await read(name)).toMatchObject({ state });
  });

  test.each<[Name, keyof typeof azure]>([
    ["register", "getProvider"],
    ["put", "getExtension"],
    ["attach", "getCompute"],
    ["detach", "getCompute"],
    ["remove", "getExtension"],
    ["workspace", "getSource"],
    ["attached", "getCompute"],
    ["health", "getExtension"],
    ["gone", "getExtension"],
  ])("%s takes what is not readable neither for absent nor for done", async (name, gateway) => {
    azure[gateway].mockResolvedValue(no);
    await expect(read(name)).rejects.toMatchObject({ code: "rights_needed" });
  });

  test.each<[Name, keyof typeof azure]>([
    ["register", "registerProvider"],
    ["put", "putExtension"],
    ["attach", "putCompute"],
    ["detach", "detachCompute"],
    ["remove", "deleteExtension"],
    ["workspace", "putDeployment"],
  ])("%s makes its one write", async (name, gateway) => {
    azure[gateway].mockResolvedValue(accepted);
    expect(await act(name)).toMatchObject(accepted);
    expect(azure[gateway]).toHaveBeenCalledTimes(1);
    const others = Object.entries(azure).filter(([other]) => other !== gateway && other !== "getCluster");
    for (const [other, mock] of others) expect(mock, other).not.toHaveBeenCalled();
  });

  test("says what is there instead of the planned thing", async () => {
    azure.getExtension.mockResolvedValue(installed({ settings: { ...settingsOf(steps.put), enableTraining: "False" } }));
    expect(await read("put")).toMatchObject({ what: expect.stringContaining("enableTraining is False and not True") });
    azure.getCompute.mockResolvedValue(readable(compute({ namespace: "other" })));
    expect(await read("attach")).toMatchObject({ what: expect.stringContaining("namespace other") });
    azure.getCompute.mockResolvedValue(readable(compute({ provisioningState: "Failed", errors: [{ code: "E1", message: "No." }] })));
    expect(await read("attach")).toMatchObject({ what: "E1: No." });
  });
});

describe("the namespace before the attachment", () => {
  const phase = (name: string) => readable([{ name: "ml-dev", phase: name, labels: {} }]);
  const failed = readable(compute({ provisioningState: "Failed" }));

  test.each([
    [absent, readable([]), "changed", /is not there.*kubectl create namespace ml-dev/s],
    [absent, phase("Terminating"), "changed", /is being deleted.*kubectl create namespace ml-dev/s],
    [failed, readable([]), "changed", /is not there.*kubectl create namespace ml-dev/s],
    [absent, phase("Active"), "not-begun", /^$/],
    [failed, phase("Active"), "failed", /^$/],
    [absent, no, "not-begun", /^$/],
  ])("%#: is there, or the run says what to do; what is not readable stops nothing", async (live, namespaces, state, what) => {
    azure.getCompute.mockResolvedValue(live);
    azure.openApiServer.mockResolvedValue(readable({}));
    azure.listNamespaces.mockResolvedValue(namespaces);
    const reading = await read("attach");
    expect(reading.state).toBe(state);
    expect(reading.state === "changed" ? reading.what : "").toMatch(what);
  });

  test("is not asked for once the compute is attached", async () => {
    azure.getCompute.mockResolvedValue(readable(compute()));
    expect(await read("attach")).toMatchObject({ state: "done" });
    expect(azure.openApiServer).not.toHaveBeenCalled();
  });
});

describe("a new workspace", () => {
  test.each([
    [readable({ id: workspaceId, location: "eastus" }), absent, "done"],
    [absent, absent, "not-begun"],
    [absent, readable({ provisioningState: "Running", error: null }), "in-flight"],
    [absent, readable({ provisioningState: "Failed", error: { code: "x", message: "Quota." } }), "failed"],
    [absent, readable({ provisioningState: "Succeeded", error: null }), "not-begun"],
  ])("%#: reads as planned", async (workspace, deployment, state) => {
    azure.getSource.mockResolvedValue(workspace);
    azure.getDeployment.mockResolvedValue(deployment);
    expect(await read("workspace")).toMatchObject({ state });
  });
});

describe("the namespace, directly", () => {
  test.each([
    [[], "not-begun"],
    [[{ name: "ml-dev", phase: "Terminating", labels: {} }], "in-flight"],
    [[{ name: "ml-dev", phase: "Active", labels: {} }], "done"],
  ])("%j reads as %s", async (found, state) => {
    azure.openApiServer.mockResolvedValue(readable({}));
    azure.listNamespaces.mockResolvedValue(readable(found));
    expect(await read("namespace")).toMatchObject({ state });
  });

  test("is made by the cluster's own API, and by no command", async () => {
    azure.createNamespace.mockResolvedValue({ status: 201, operationUrl: null });
    await act("namespace");
    expect(azure.createNamespace).toHaveBeenCalledWith(caller, cluster, "ml-dev");
    expect(azure.startNamespaceCommand).not.toHaveBeenCalled();
  });

  test("that cannot be read is told", async () => {
    await expect(read("namespace")).rejects.toMatchObject({ code: "rights_needed" });
  });
});

describe("the namespace, by a command", () => {
  const outcome = async (result: object) => {
    azure.readCommandResult.mockResolvedValue(result);
    return await deploymentSteps.poll?.(caller, plan, steps.command, accepted.operationUrl);
  };

  test("is started once and proven by its own words alone", async () => {
    azure.startNamespaceCommand.mockResolvedValue(accepted);
    expect(await read("command")).toEqual({ state: "not-begun", before: null });
    expect(await act("command")).toMatchObject(accepted);
    expect(await outcome({ state: "running", retryAfterSeconds: 7 })).toMatchObject({ status: "running", retryAfterSeconds: 7 });
    expect(await outcome({ state: "ended", exitCode: 0, logs: "namespace/ml-dev created\n" })).toMatchObject({
      status: "succeeded",
      after: { namespace: "ml-dev" },
    });
  });

  test("that is there already is well", async () => {
    const logs = 'Error from server (AlreadyExists): namespaces "ml-dev" already exists';
    expect(await outcome({ state: "ended", exitCode: 1, logs })).toMatchObject({ status: "succeeded" });
  });

  test.each([
    [{ state: "ended", exitCode: 0, logs: "" }, "RunCommandFailed"],
    [{ state: "ended", exitCode: 0, logs: "namespace/ml-dev-2 created" }, "RunCommandFailed"],
    [{ state: "ended", exitCode: 1, logs: 'namespaces "ml-dev" is forbidden' }, "RunCommandFailed"],
    [{ state: "ended", exitCode: 1, logs: 'AlreadyExists: namespaces "other" already exists' }, "RunCommandFailed"],
    [{ state: "not-started", reason: "ImagePullBackoff" }, "RunCommandNotStarted"],
    [{ state: "gone" }, "RunCommandGone"],
  ])("%j has failed", async (result, code) => {
    expect(await outcome(result)).toMatchObject({ status: "failed", error: { code } });
  });
});

describe("the health of the extension", () => {
  test("waits while Azure works, and fails with it", async () => {
    azure.getExtension.mockResolvedValue(installed({ provisioningState: "Updating" }));
    expect(await read("health")).toMatchObject({ state: "in-flight" });
    azure.getExtension.mockResolvedValue(installed({ provisioningState: "Failed", error: { code: "x", message: "It broke." } }));
    expect(await read("health")).toMatchObject({ state: "changed", what: "It broke." });
    azure.getExtension.mockResolvedValue(absent);
    expect(await read("health")).toMatchObject({ state: "changed" });
  });

  test("rests on Azure's word alone where the cluster cannot be read, and says so", async () => {
    azure.getExtension.mockResolvedValue(installed());
    expect(await read("health")).toMatchObject({ state: "done", after: { pods: expect.stringContaining("not read") } });
  });

  test("waits for the pods where they can be read", async () => {
    azure.getExtension.mockResolvedValue(installed());
    azure.openApiServer.mockResolvedValue(readable({}));
    azure.listPods.mockResolvedValue(readable([]));
    expect(await read("health")).toMatchObject({ state: "in-flight", before: { running: [] } });
  });

  test("keeps what the cluster shows while it is installed, and that it could not be read", async () => {
    const look = () => deploymentSteps.evidence?.(caller, plan, steps.put);
    expect(await look()).toMatchObject({ kind: "cluster-not-read" });
    azure.openApiServer.mockResolvedValue(readable({}));
    azure.getHealthReports.mockResolvedValue(absent);
    azure.listPods.mockResolvedValue(readable([]));
    azure.listEvents.mockResolvedValue(readable([]));
    expect(await look()).toBeNull();
    azure.getHealthReports.mockResolvedValue(
      readable({ "reports-pre-install": "Status: Failed Name: nodes ErrorCode: E40002 ErrorMessage: INSUFFICIENT_NODE" }),
    );
    azure.listPods.mockResolvedValue(readable([running("well"), { ...running("unwell"), phase: "Pending", ready: 0 }]));
    azure.listEvents.mockResolvedValue(
      readable([
        { type: "Normal", object: "Pod/a", reason: "Pulled", message: "m", count: 1, lastSeen: "2026-01-01T00:00:00Z" },
        { type: "Warning", object: "Pod/b", reason: "BackOff", message: "m", count: 3, lastSeen: "2026-01-01T00:00:00Z" },
      ]),
    );
    expect(await look()).toMatchObject({
      kind: "cluster",
      document: {
        reports: [{ phase: "pre-install", checks: [{ code: "E40002", status: "failed" }] }],
        pods: [{ name: "unwell" }, { name: "well" }],
        events: [{ reason: "BackOff" }],
        notRead: [],
      },
    });
  });
});

describe("the end of an attachment", () => {
  const own = { name: "b", sourceResourceId: workspaceId.toUpperCase(), roles: ["r"], provisioningState: "Succeeded" };
  test.each([
    [compute(), [own], "done"],
    [compute(), [], "in-flight"],
    [compute(), [{ ...own, sourceResourceId: `${workspaceId}-2` }], "in-flight"],
    [compute(), [{ ...own, provisioningState: "Updating" }], "in-flight"],
    [compute({ provisioningState: "Creating" }), [own], "in-flight"],
    [compute({ provisioningState: "Failed" }), [own], "changed"],
    [compute({ errors: [{ code: "E", message: "m" }] }), [own], "changed"],
  ])("%#: is the compute and the workspace's binding", async (live, bindings, state) => {
    azure.getCompute.mockResolvedValue(readable(live));
    azure.listRoleBindings.mockResolvedValue(readable(bindings));
    expect(await read("attached")).toMatchObject({ state });
  });

  test("is not there where the compute is gone", async () => {
    azure.getCompute.mockResolvedValue(absent);
    expect(await read("attached")).toMatchObject({ state: "changed" });
  });
});

describe("the end of the extension", () => {
  const azureml = (phase: string) => readable([{ name: "azureml", phase, labels: {} }]);
  test("is ARM's word, and the namespace where it can be read", async () => {
    azure.getExtension.mockResolvedValue(readable(extension({ provisioningState: "Deleting" })));
    expect(await read("gone")).toMatchObject({ state: "in-flight" });
    azure.getExtension.mockResolvedValue(absent);
    expect(await read("gone")).toMatchObject({ state: "done", after: { namespace: expect.stringContaining("not read") } });
    azure.openApiServer.mockResolvedValue(readable({}));
    azure.listNamespaces.mockResolvedValue(azureml("Terminating"));
    azure.listPods.mockResolvedValue(readable([]));
    expect(await read("gone")).toMatchObject({ state: "in-flight" });
    azure.listNamespaces.mockResolvedValue(azureml("Active"));
    azure.listPods.mockResolvedValue(readable([running("left")]));
    expect(await read("gone")).toMatchObject({ state: "in-flight" });
    azure.listPods.mockResolvedValue(no);
    expect(await read("gone")).toMatchObject({ state: "in-flight" });
    azure.listPods.mockResolvedValue(readable([]));
    expect(await read("gone")).toMatchObject({ state: "done", after: { namespace: "empty" } });
    azure.listNamespaces.mockResolvedValue(readable([]));
    expect(await read("gone")).toMatchObject({ state: "done", after: { namespace: "gone" } });
  });
});

test("a step that only waits is never asked to write", async () => {
  for (const name of ["health", "attached", "gone"] as const) await expect(act(name)).rejects.toThrow("writes nothing");
});

test("a step that nobody knows is a fault of our own", () => {
  expect(() => deploymentSteps.read(caller, plan, { ...steps.put, id: "format-disk" })).toThrow("format-disk");
});
