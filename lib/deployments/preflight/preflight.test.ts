import type { ApprovedBinding } from "@/lib/bindings/facts";
import { describe, expect, test } from "vitest";
import type { Lock, RoleBinding } from "@/lib/azure/types";
import type { PreflightCheck } from "./check";
import type { DeploymentFacts } from "./facts";
import type { DeploymentInput } from "./input";
import { mayProceed, preflight } from "./preflight";
import { missingProviders } from "./providers";
import { neededRights } from "./rights";
import {
  cluster,
  clusterId,
  compute,
  deploymentFacts,
  deploymentInput,
  extension,
  foreignWorkspaceId,
  node,
  person,
  podOn,
  pool,
  readable,
  refused,
  withSettings,
  workspace,
  workspaceId,
} from "./testing/facts";

type Facts = Partial<DeploymentFacts>;
const checksOf = (facts: Facts = {}, input: DeploymentInput = deploymentInput()): PreflightCheck[] =>
  preflight(input, deploymentFacts(facts));
const check = (key: string, facts: Facts = {}, input: DeploymentInput = deploymentInput()): PreflightCheck => {
  const found = checksOf(facts, input).find((one) => one.key === key);
  if (found === undefined) throw new Error(`There is no check ${key}.`);
  return found;
};
const ofCluster = (changes: Partial<typeof cluster>): Facts => ({ cluster: readable({ ...cluster, nodePools: [pool()], ...changes }) });
const inference = withSettings({
  enableTraining: "True",
  enableInference: "True",
  inferenceRouterServiceType: "loadBalancer",
  internalLoadBalancerProvider: "azure",
  allowInsecureConnections: "True",
});
const no = refused("x/read", "/");

describe("protected values", () => {
  const key = "azure_log_analytics.connection_string";
  const input = deploymentInput({
    extension: { name: "azureml", settings: { enableTraining: "True" }, protected: { [key]: { ref: "ref-1" } } },
  });
  const told = (kept: DeploymentFacts["kept"]) => checksOf({ kept }, input).find((one) => one.field === `extension.protected.${key}`);

  test("that are kept for their key stop nothing", () => {
    const kept = [{ ref: "ref-1", key, hash: "h" }];
    expect(told(kept)).toBeUndefined();
    expect(mayProceed(checksOf({ kept }, input))).toBe(true);
    expect(check("settings", { kept }, input).status).toBe("ok");
  });

  test.each([
    ["wiped, or somebody else's", [{ ref: "ref-2", key, hash: "h" }], /is not kept: it was wiped/],
    ["entered for another key", [{ ref: "ref-1", key: "sslKeyPemFile", hash: "h" }], /was entered for sslKeyPemFile/],
  ])("that are %s stop the request at their field", (_, kept, why) => {
    expect(told(kept)).toMatchObject({
      status: "blocking",
      message: expect.stringMatching(why),
      remedy: expect.stringMatching(/Enter it again/),
    });
    expect(mayProceed(checksOf({ kept }, input))).toBe(false);
    expect(checksOf({ kept }, input).some(({ message }) => message === "The settings are in order.")).toBe(false);
  });
});

test("a sound deployment has nothing in its way, and one thing that nobody can know", () => {
  const checks = checksOf();
  expect(checks.filter(({ status }) => status !== "ok").map(({ key }) => key)).toEqual(["azure-policy"]);
  expect(mayProceed(checks)).toBe(true);
  expect(checks.map(({ key }) => key)).toEqual([
    "cluster",
    "cluster-state",
    "cluster-identity",
    "kubernetes-version",
    "cluster-reach",
    "local-accounts",
    "provider:microsoft.containerservice",
    "provider:microsoft.kubernetesconfiguration",
    "provider:microsoft.machinelearningservices",
    "trusted-access-preview",
    "azure-policy",
    "extension-there",
    "settings",
    "capacity",
    "legacy-router",
    "namespace-azureml",
    "volcano",
    "prometheus",
    "ingress",
    "egress",
    "run-command",
    "locks",
    "workspace",
    "same-subscription",
    "workspace-identity",
    "binding-slot",
    "binding-name",
    "compute-name",
    "namespace",
    "rights:install-the-extension",
    "rights:make-the-role-binding",
    "rights:make-the-namespace",
    "rights:attach-the-compute",
  ]);
});

test("every check that is not ok says what to do, and keys are unique", () => {
  const lock = (level: Lock["level"], name: string): Lock => ({ id: `/l/${name}`, name, level, scope: clusterId, notes: null });
  const worst = checksOf(
    {
      ...ofCluster({ powerState: "Stopped", identityType: null, kubernetesVersion: "1.20.1", outboundType: "userDefinedRouting" }),
      extensions: readable([extension({ name: "other", provisioningState: "Failed" })]),
      locks: readable([lock("CanNotDelete", "a"), lock("ReadOnly", "b"), lock("CanNotDelete", "c")]),
      workspace: { state: "absent" },
      providers: readable([]),
      people: [person({ cluster: readable([]) })],
      nodes: readable([]),
      findings: readable({
        ingressClasses: [{ name: "nginx", controller: "k8s.io/ingress-nginx" }],
        definitions: ["jobs.batch.volcano.sh", "prometheuses.monitoring.coreos.com"],
        legacyRole: true,
        legacyRouter: true,
      }),
    },
    inference,
  );
  expect(worst.filter((one) => one.status !== "ok" && (one.remedy ?? "") === "")).toEqual([]);
  expect(new Set(worst.map((one) => one.key)).size).toBe(worst.length);
  expect(worst.filter(({ key }) => key.startsWith("locks")).map(({ status }) => status)).toEqual(["blocking", "warning", "warning"]);
});

test("nothing that could not be read counts as fine, and none of it stops", () => {
  const checks = checksOf({
    extensions: no,
    providers: no,
    features: no,
    locks: no,
    workspace: no,
    workspaceRoles: no,
    computes: no,
    bindings: no,
    nodes: no,
    pods: no,
    namespaces: no,
    findings: no,
    runCommand: null,
    people: [person({ cluster: no, workspace: no, subscription: no })],
  });
  expect(mayProceed(checks)).toBe(true);
  const fine = checks.filter(({ status }) => status === "ok").map(({ key }) => key);
  expect(fine).toEqual([
    "cluster",
    "cluster-state",
    "cluster-identity",
    "kubernetes-version",
    "cluster-reach",
    "local-accounts",
    "trusted-access-preview",
    "settings",
    "egress",
    "same-subscription",
  ]);
});

test("without a readable cluster nothing else is said", () => {
  expect(checksOf({ cluster: no })).toMatchObject([{ key: "cluster", status: "not-verified" }]);
  expect(checksOf({ cluster: { state: "absent" } })).toMatchObject([{ key: "cluster", status: "blocking" }]);
});

describe("the cluster", () => {
  test.each([
    ["cluster-state", { powerState: "Stopped" }, "blocking"],
    ["cluster-state", { provisioningState: "Updating" }, "warning"],
    ["cluster-state", { provisioningState: "Failed" }, "blocking"],
    ["cluster-state", { provisioningState: "Deleting" }, "blocking"],
    ["cluster-state", { powerState: null }, "not-verified"],
    ["cluster-identity", { identityType: null }, "blocking"],
    ["kubernetes-version", { kubernetesVersion: "1.31.9" }, "warning"],
    ["kubernetes-version", { kubernetesVersion: "1.32.0" }, "ok"],
    ["kubernetes-version", { kubernetesVersion: "1.34.2" }, "ok"],
    ["kubernetes-version", { kubernetesVersion: "1.35.0" }, "warning"],
    ["kubernetes-version", { kubernetesVersion: null }, "not-verified"],
    ["cluster-reach", { isPrivate: true, publicFqdnDisabled: true }, "blocking"],
    ["cluster-reach", { isPrivate: true }, "ok"],
    ["local-accounts", { localAccountsDisabled: true }, "warning"],
  ] as const)("%s of %j is %s", (key, changes, status) => {
    expect(check(key, ofCluster(changes)).status).toBe(status);
  });

  test("minor versions are compared as numbers", () => {
    const offers = (...versions: string[]) => ({
      kubernetesVersions: readable(versions.map((version) => ({ version, isOfficial: true, isPreview: false }))),
    });
    expect(
      check("kubernetes-version", { ...ofCluster({ kubernetesVersion: "1.9.4" }), ...offers("1.9", "1.10", "1.11", "1.12") }),
    ).toMatchObject({
      status: "warning",
      message: expect.stringContaining("in eastus 1.12, 1.11, 1.10."),
    });
    expect(check("kubernetes-version", { ...ofCluster({ kubernetesVersion: "2.0.0" }), ...offers("1.40", "2.0") }).status).toBe("ok");
  });

  test("whether its version is supported is not verified where the region's versions cannot be read", () => {
    expect(check("kubernetes-version", { kubernetesVersions: no }).status).toBe("not-verified");
    expect(check("kubernetes-version", { kubernetesVersions: readable([]) }).status).toBe("not-verified");
  });

  test("a cluster that only the binding opens wants it before the attach", () => {
    const input = deploymentInput({ binding: "made-by-attach" });
    expect(check("local-accounts", ofCluster({ authorizedIpRanges: ["192.0.2.1/32"] }), input)).toMatchObject({
      status: "warning",
      remedy: "Let the plan make the binding before the attach.",
    });
    expect(check("local-accounts", {}, input).status).toBe("ok");
  });
});

describe("the subscription", () => {
  test("a provider that is not registered is registered by the run, with a right of its own", () => {
    const providers = readable([
      { namespace: "microsoft.containerservice", state: "Registered" },
      { namespace: "Microsoft.KubernetesConfiguration", state: "NotRegistered" },
      { namespace: "Microsoft.MachineLearningServices", state: "Registering" },
    ]);
    expect(check("provider:microsoft.kubernetesconfiguration", { providers })).toMatchObject({ status: "warning" });
    expect(check("provider:microsoft.machinelearningservices", { providers }).remedy).toBe("The run waits for it.");
    expect(missingProviders(deploymentInput(), deploymentFacts({ providers }))).toEqual(["Microsoft.KubernetesConfiguration"]);
    expect(check("rights:register-microsoft.kubernetesconfiguration", { providers }).message).toContain(
      "Microsoft.KubernetesConfiguration/register/action on the subscription",
    );
    expect(missingProviders(deploymentInput({ extension: "present" }), deploymentFacts({ providers }))).toEqual([]);
  });

  test("the preview feature of old guides is never asked for", () => {
    const features = readable([{ provider: "Microsoft.ContainerService", name: "TrustedAccessPreview", state: "NotRegistered" }]);
    expect(check("trusted-access-preview", { features })).toMatchObject({ status: "ok" });
    expect(check("trusted-access-preview", { features }).message).toContain("NotRegistered, which changes nothing");
  });
});

describe("the extension", () => {
  test.each([
    ["Succeeded", "Use the extension that is there"],
    ["Creating", "Wait until that is over"],
    ["Updating", "Wait until that is over"],
    ["Deleting", "Wait until it is gone"],
    ["Failed", "Delete it"],
    ["Canceled", "Delete it"],
  ])("one in state %s, of any name, stops an installation and says what to do", (provisioningState, remedy) => {
    const found = extension({ name: "other", extensionType: "microsoft.azureml.kubernetes", provisioningState });
    const said = check("extension-there", { extensions: readable([found]) });
    expect(said.status).toBe("blocking");
    expect(said.remedy).toContain(remedy);
  });

  test("extensions of other types are none of it", () => {
    expect(check("extension-there", { extensions: readable([extension({ extensionType: "microsoft.flux" })]) }).status).toBe("ok");
  });

  test.each([
    ["Succeeded", "ok"],
    ["Creating", "warning"],
    ["Deleting", "blocking"],
    ["Failed", "blocking"],
  ])("one that is to be used in state %s is %s", (provisioningState, status) => {
    const facts = { extensions: readable([extension({ provisioningState, error: { code: "InstallationFailed", message: "x" } })]) };
    expect(check("extension-there", facts, deploymentInput({ extension: "present" })).status).toBe(status);
  });

  test("one that is to be used and not there stops", () => {
    expect(check("extension-there", {}, deploymentInput({ extension: "present" })).status).toBe("blocking");
  });

  test("with one that is there, nothing is said of settings, room or conflicts", () => {
    const groups = new Set(
      checksOf({ extensions: readable([extension()]) }, deploymentInput({ extension: "present" })).map(({ group }) => group),
    );
    expect([...groups]).not.toContain("settings");
    expect([...groups]).not.toContain("capacity");
    expect([...groups]).not.toContain("conflicts");
  });
});

test("errors in the settings stop, warnings do not, notices stay in the form", () => {
  const wrong = withSettings({ enableTraining: "True", InferenceRouterHA: "False" });
  expect(check("settings:misspelt-key:InferenceRouterHA", {}, wrong)).toMatchObject({
    status: "blocking",
    group: "settings",
    field: "extension.settings.InferenceRouterHA",
  });
  expect(checksOf({}, wrong).some(({ key }) => key === "settings")).toBe(false);
  const pinned = deploymentInput({
    extension: { name: "azureml", settings: { enableTraining: "True" }, protected: {}, version: "1.0.51", autoUpgrade: false },
  });
  expect(check("settings:version-pinned:version", {}, pinned)).toMatchObject({ status: "warning", field: "extension.version" });
  expect(checksOf({}, inference).some(({ key }) => key.includes("plain-http"))).toBe(false);
});

describe("room on the nodes", () => {
  const two = (names: string[], milliCpu = 1900) =>
    readable(names.map((name) => node(name, { allocatable: { milliCpu, memoryMi: 5_900 } })));

  test("the field report's small nodes do not carry training and inference", () => {
    const facts = {
      nodes: two(["n1"]),
      pods: readable([podOn("n1", 1_000)]),
      ...ofCluster({ nodePools: [pool({ count: 1 })] }),
      nodePools: null,
    };
    const said = check("capacity", facts, inference);
    expect(said.status).toBe("blocking");
    expect(said.message).toContain("1910m");
    expect(said.message).toContain("azureml-fe-v2 (900m)");
  });

  test("with an autoscaler it is a warning", () => {
    const pools = [pool({ count: 1, minCount: 1, maxCount: 3 })];
    const facts = { nodes: two(["n1"]), pods: readable([podOn("n1", 1_000)]), ...ofCluster({ nodePools: pools }), nodePools: pools };
    expect(check("capacity", facts, inference)).toMatchObject({ status: "warning" });
    expect(check("capacity", facts, inference).message).toContain("autoscaler");
  });

  test("only nodes that the selector and taints leave count", () => {
    const nodes = readable([node("n1", { labels: { disk: "ssd" } }), node("n2"), node("n3", { taints: ["gpu=yes:NoSchedule"] })]);
    const input = withSettings({ enableTraining: "True", "nodeSelector.disk": "ssd" });
    expect(check("capacity", { nodes }, input).message).toContain("1 node may take it");
    expect(check("capacity", { nodes }).message).toContain("2 nodes may take it");
    expect(check("capacity", { nodes }, withSettings({ enableTraining: "True", "nodeSelector.disk": "none" })).status).toBe("blocking");
  });

  test("without the pods it is not known, unless even empty nodes are too small", () => {
    expect(check("capacity", { pods: no })).toMatchObject({ status: "not-verified" });
    expect(check("capacity", { pods: no, nodes: two(["n1"], 300) }).status).toBe("blocking");
  });

  test("three routers want three nodes", () => {
    const facts = { nodes: readable([node("n1"), node("n2")]), pods: readable([]) };
    expect(check("settings:too-few-nodes:inferenceRouterHA", facts, inference)).toMatchObject({ status: "blocking", group: "capacity" });
  });
});

describe("what is in the cluster already", () => {
  const findings = (changes: object) =>
    readable({ ingressClasses: [], definitions: [], legacyRole: false, legacyRouter: false, ...changes });
  const volcano = { findings: findings({ definitions: ["jobs.batch.volcano.sh"] }) };

  test("a Volcano that runs stops; definitions alone are left from before", () => {
    const runs = { ...volcano, namespaces: readable([{ name: "volcano-system", phase: "Active", labels: {} }]) };
    expect(check("settings:volcano-there:installVolcano", runs)).toMatchObject({ status: "blocking", group: "conflicts" });
    const pods = { ...volcano, pods: readable([podOn("n1", 10, { name: "volcano-scheduler-1", namespace: "batch" })]) };
    expect(check("settings:volcano-there:installVolcano", pods).status).toBe("blocking");
    expect(check("definitions-left", volcano)).toMatchObject({ status: "warning" });
    expect(check("volcano", { ...volcano, pods: no }).status).toBe("not-verified");
  });

  test("a Prometheus operator stops, an ingress controller of the same class warns", () => {
    const facts = {
      findings: findings({
        definitions: ["prometheuses.monitoring.coreos.com"],
        ingressClasses: [{ name: "nginx", controller: "k8s.io/ingress-nginx" }],
      }),
    };
    expect(check("settings:prometheus-there:installPromOp", facts).status).toBe("blocking");
    expect(check("settings:ingress-there:nginxIngress.controller", facts).status).toBe("warning");
    const other = { findings: findings({ ingressClasses: [{ name: "nginx", controller: "example.com/other" }] }) };
    expect(check("ingress", other).status).toBe("ok");
  });

  test("leftovers of version 1 and a namespace that is going stop", () => {
    expect(check("legacy-router", { findings: findings({ legacyRole: true }) }).message).toContain("E45004");
    expect(check("legacy-router", { findings: findings({ legacyRouter: true }) }).message).toContain("E45005");
    const namespaces = readable([
      { name: "azureml", phase: "Terminating", labels: {} },
      { name: "ml-dev", phase: "Terminating", labels: {} },
    ]);
    expect(check("namespace-azureml", { namespaces }).status).toBe("blocking");
    expect(check("namespace", { namespaces }).status).toBe("blocking");
  });
});

describe("the network", () => {
  test("any way out but the load balancer lists what must be open", () => {
    const said = check("egress", ofCluster({ outboundType: "userDefinedRouting" }));
    expect(said.status).toBe("warning");
    for (const host of ["eastus.dp.kubernetesconfiguration.azure.com", "mcr.microsoft.com", "eastus.api.azureml.ms", "*.azurecr.io"])
      expect(said.message).toContain(host);
    expect(check("egress", ofCluster({ outboundType: null })).status).toBe("not-verified");
  });

  test("commands are asked for only where they are needed", () => {
    const there = readable([{ name: "ml-dev", phase: "Active", labels: {} }]);
    expect(check("run-command", { runCommand: "off" }).status).toBe("blocking");
    expect(check("run-command", { runCommand: "off", namespaces: there }).status).toBe("warning");
    expect(check("run-command", { runCommand: "off", direct: true }).status).toBe("ok");
    expect(check("run-command", { runCommand: null }).status).toBe("not-verified");
  });
});

describe("the workspace", () => {
  const userAssigned = {
    workspace: readable({ ...workspace, identity: { type: "UserAssigned" as const, principalId: null, tenantId: null } }),
  };
  const ids = {
    reader: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
    extensions: "85cb6faf-e071-4c9b-8136-154b5a04f717",
    admin: "0ab0b1a8-8aac-4efd-b8c2-3ee1fb270be8",
    contributor: "b24988ac-6180-42a0-ab88-20f7382dd24c",
  };

  test("one in another subscription stops", () => {
    const input = deploymentInput({ workspace: { use: "existing", id: foreignWorkspaceId } });
    expect(check("same-subscription", {}, input).status).toBe("blocking");
  });

  test("one that is to be made asks nothing of what is there, and needs rights", () => {
    const input = deploymentInput({ workspace: { use: "new", name: "ml-new", resourceGroup: "ml-rg", location: "eastus" } });
    const checks = checksOf({ workspace: { state: "absent" }, computes: { state: "absent" } }, input);
    expect(checks.filter(({ status }) => status === "blocking")).toEqual([]);
    expect(neededRights(input, deploymentFacts()).map(({ action }) => action)).toContain(
      "Microsoft.MachineLearningServices/workspaces/write",
    );
  });

  test("one that is to be made and is there already stops, and what is not readable is not taken for free", () => {
    const input = deploymentInput({ workspace: { use: "new", name: "ml-new", resourceGroup: "ml-rg", location: "eastus" } });
    expect(check("workspace", {}, input)).toMatchObject({ status: "blocking", field: "workspace.name" });
    expect(check("workspace", { workspace: no }, input).status).toBe("not-verified");
    expect(check("workspace", { workspace: { state: "absent" } }, input).status).toBe("ok");
  });

  test("a name that ends with a hyphen stops", () => {
    const input = deploymentInput({ workspace: { use: "existing", id: workspaceId.replace("ml-dev-rg", "ml-dev-") } });
    expect(check("workspace", {}, input).status).toBe("blocking");
  });

  test("a user-assigned identity is told the role that it lacks", () => {
    const facts = { ...userAssigned, workspaceRoles: readable([ids.reader, ids.extensions]) };
    const said = check("workspace-identity", facts);
    expect(said.status).toBe("blocking");
    expect(said.message).toContain("Azure Kubernetes Service Cluster Admin Role");
    expect(said.message).not.toContain("Reader");
    expect(check("workspace-identity", { ...userAssigned, workspaceRoles: readable([ids.contributor]) }).status).toBe("ok");
    expect(check("workspace-identity", { ...userAssigned, workspaceRoles: no }).status).toBe("not-verified");
    const bare = readable([ids.reader, ids.extensions, ids.admin]);
    expect(check("workspace-identity", { ...userAssigned, workspaceRoles: bare }).status).toBe("warning");
  });

  test("one without an identity stops", () => {
    const bare = { ...workspace, identity: { type: "None" as const, principalId: null, tenantId: null } };
    expect(check("workspace-identity", { workspace: readable(bare) }).status).toBe("blocking");
  });
});

describe("binding and compute", () => {
  const binding = (index: number, changes: Partial<RoleBinding> = {}): RoleBinding => ({
    id: `${clusterId}/trustedAccessRoleBindings/b${index}`,
    name: `b${index}`,
    sourceResourceId: `${workspaceId}-${index}`,
    roles: ["Microsoft.MachineLearningServices/workspaces/mlworkload"],
    provisioningState: "Succeeded",
    ...changes,
  });
  const slots = (count: number) => ({ bindings: readable(Array.from({ length: count }, (_, index) => binding(index))) });

  test("a slot is needed in either way, unless the workspace has the role already", () => {
    expect(check("binding-slot", slots(6)).status).toBe("ok");
    expect(check("binding-slot", slots(7)).status).toBe("warning");
    expect(check("binding-slot", slots(8)).status).toBe("blocking");
    expect(check("binding-slot", slots(8), deploymentInput({ binding: "made-by-attach" })).status).toBe("blocking");
    const held = {
      bindings: readable([
        ...Array.from({ length: 7 }, (_, index) => binding(index)),
        binding(8, { sourceResourceId: workspaceId.toUpperCase() }),
      ]),
    };
    expect(check("binding-slot", held).status).toBe("ok");
    expect(
      check("binding-slot", held, deploymentInput({ binding: { role: "Microsoft.MachineLearningServices/workspaces/inference-v1" } }))
        .status,
    ).toBe("blocking");
  });

  test("a binding that was granted for a time is used with a warning, unless another one lasts", () => {
    const own = { sourceResourceId: workspaceId };
    const timed: ApprovedBinding = { ...own, name: "B1", roles: [], state: "approved-present", remindAt: "2026-11-25T04:10:00.000Z" };
    const one = { bindings: readable([binding(1, { ...own, name: "b1" })]), approved: [timed] };
    expect(check("binding-slot", one)).toMatchObject({
      status: "warning",
      message: expect.stringContaining("b1 was granted until 2026-11-25 04:10 UTC"),
      remedy: "Ask for a change of b1 that lasts as long as the compute.",
    });
    const two = { ...one, bindings: readable([binding(1, { ...own, name: "b1" }), binding(2, { ...own, name: "b2" })]) };
    expect(check("binding-slot", two)).toMatchObject({ status: "ok", message: expect.stringContaining("by the binding b2") });
  });

  test.each<[string, string, Partial<RoleBinding>]>([
    ["of another source", "ML-dev-mlworkload", { name: "ml-DEV-mlworkload" }],
    ["of this source that gives another role", "mine", { name: "mine", sourceResourceId: workspaceId, roles: ["x/y/other"] }],
  ])("the name of a binding %s is taken, and a free one is told", (_, bindingName, changes) => {
    const facts = { bindings: readable([binding(1, changes), binding(2, { name: "ml-dev-mlworkload-2" })]) };
    expect(check("binding-name", facts, deploymentInput({ bindingName }))).toMatchObject({
      status: "blocking",
      field: "bindingName",
      message: expect.stringContaining(`The name ${changes.name} is taken: that binding gives`),
      remedy: `Choose another name, such as ${changes.name === "mine" ? "ml-dev-mlworkload" : "ml-dev-mlworkload-3"}.`,
    });
    expect(mayProceed(checksOf(facts, deploymentInput({ bindingName })))).toBe(false);
    expect(checksOf(facts, deploymentInput({ bindingName, binding: "made-by-attach" })).map(({ key }) => key)).not.toContain(
      "binding-name",
    );
    expect(check("binding-name", facts, deploymentInput({ bindingName: "free" })).status).toBe("ok");
    expect(check("binding-name", { bindings: no }, deploymentInput({ bindingName })).status).toBe("not-verified");
  });

  test("a compute of that name must be this very one", () => {
    const named = (changes: Parameters<typeof compute>[0]) => check("compute-name", { computes: readable([compute(changes)]) });
    expect(named({ name: "K8S-DEV", resourceId: clusterId.replace("resourceGroups", "resourcegroups") }).message).toContain(
      "nothing needs",
    );
    expect(named({ namespace: "other" }).status).toBe("blocking");
    expect(named({ resourceId: `${clusterId}-2` }).status).toBe("blocking");
    expect(named({ computeType: "AmlCompute", resourceId: null }).message).toContain("AmlCompute");
    expect(named({ provisioningState: "Failed" }).status).toBe("warning");
    expect(named({ provisioningState: "Deleting" }).status).toBe("blocking");
    expect(named({ name: "k8s-other" }).status).toBe("ok");
  });
});

describe("rights", () => {
  const none = readable([]);

  test("say who holds them, as a hint", () => {
    const people = [person({ cluster: none, workspace: none, subscription: none }), person({ name: "Ada" })];
    expect(check("rights:install-the-extension", { people }).message).toMatch(/^Ada can do this: a hint, not a promise/);
  });

  test("are asked of no step that the plan does not have", () => {
    const keys = (changes: Partial<DeploymentFacts>): string[] => checksOf(changes).map(({ key }) => key);
    const role = "Microsoft.MachineLearningServices/workspaces/mlworkload";
    const mine: RoleBinding = { id: "b", name: "b", sourceResourceId: workspaceId, roles: [role], provisioningState: "Succeeded" };
    const held = { bindings: readable([mine]) };
    expect(keys({})).toContain("rights:make-the-role-binding");
    expect(keys(held)).not.toContain("rights:make-the-role-binding");
    expect(keys({ bindings: no })).toContain("rights:make-the-role-binding");
    const namespaces = (phase: string) => ({ namespaces: readable([{ name: deploymentInput().compute.namespace, phase, labels: {} }]) });
    expect(keys(namespaces("Active"))).not.toContain("rights:make-the-namespace");
    expect(keys(namespaces("Terminating"))).toContain("rights:make-the-namespace");
  });

  test("that nobody holds are a warning, and never stop", () => {
    const said = check("rights:install-the-extension", { people: [person({ cluster: none })] });
    expect(said).toMatchObject({ status: "warning" });
    expect(said.message).toContain("Microsoft.KubernetesConfiguration/extensions/write on the cluster");
    expect(said.message).toContain("Rosa does not hold it");
  });

  test("that cannot be read are not known", () => {
    expect(check("rights:attach-the-compute", { people: [person({ workspace: no })] }).status).toBe("not-verified");
    expect(check("rights:attach-the-compute", { people: [] }).status).toBe("not-verified");
  });

  test("of one place are not those of another, and a refusal outweighs what cannot be read", () => {
    const people = [person({ workspace: no, cluster: none })];
    expect(check("rights:attach-the-compute", { people }).status).toBe("warning");
  });

  test("on the subscription count for what is registered there, and those on the resource group for what is made in it", () => {
    const providers = readable([{ namespace: "Microsoft.ContainerService", state: "Registered" }]);
    const register = (people: ReturnType<typeof person>[]) =>
      check("rights:register-microsoft.kubernetesconfiguration", { providers, people });
    expect(register([person()]).message).toMatch(
      /^Rosa can do this.*Microsoft.KubernetesConfiguration\/register\/action on the subscription/,
    );
    expect(register([person({ subscription: none })])).toMatchObject({ status: "warning" });
    expect(register([person({ subscription: no })])).toMatchObject({
      status: "not-verified",
      message: expect.stringContaining("Who holds that cannot be read."),
    });
    const input = deploymentInput({ workspace: { use: "new", name: "ml-new", resourceGroup: "ml-rg", location: "eastus" } });
    const made = (changes: Parameters<typeof person>[0]) =>
      check("rights:make-the-workspace", { people: [person({ workspace: { state: "absent" }, ...changes })] }, input);
    expect(made({ subscription: none }).status).toBe("ok");
    expect(made({ resourceGroup: none }).message).toContain("on the workspace's resource group");
    expect(made({ resourceGroup: none }).status).toBe("warning");
  });
});
