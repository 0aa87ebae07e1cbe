import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { cliSettings } from "../arm/testing";
import type { KubeObject } from "../state/kubernetes-shapes";
import { clusterId, subscriptionIds, workspaceId } from "../tenant/ids";
import { type TestAzure, testAzure } from "../testing";

const cluster = clusterId(subscriptionIds.dev, "aks-chaos-mesh-rg", "aks-chaos-mesh-aks");
const person = "Priya Raghunathan";
const extension = `${cluster}/providers/Microsoft.KubernetesConfiguration/extensions/azureml?api-version=2023-05-01`;

let azure: TestAzure;
beforeAll(async () => void (azure = await testAzure({ speed: 1 })));
beforeEach(async () => {
  await azure.control("POST", "/reset", {});
  await azure.control("POST", "/role-assignments", { person, role: "Contributor", scope: `/subscriptions/${subscriptionIds.dev}` });
});
afterAll(() => azure.end());

const advance = (ms: number) => azure.control("POST", "/clock/advance", { ms });
const objects = async (query = "") =>
  ((await azure.control("GET", `/kubernetes-objects?cluster=${cluster}${query}`)).body as { items: KubeObject[] }).items;
const pods = async () =>
  (await objects("&kind=Pod&namespace=azureml")).map((one) => [one.metadata.labels?.app, (one.status as { phase: string }).phase]);
const install = (more: Record<string, string>) =>
  azure.as(person, "PUT", extension, {
    properties: {
      extensionType: "Microsoft.AzureML.Kubernetes",
      configurationSettings: cliSettings(cluster, { enableTraining: "True", clusterPurpose: "DevTest", ...more }),
    },
  });
const inference = {
  enableInference: "True",
  inferenceRouterServiceType: "ClusterIP",
  allowInsecureConnections: "True",
  inferenceRouterHA: "False",
};

test("nodes follow from the agent pools, with labels, taints and what a pod may ask for", async () => {
  const nodes = await objects("&kind=Node");
  expect(nodes).toHaveLength(2);
  expect(nodes[0]).toMatchObject({
    metadata: { labels: { agentpool: "agentpool", "node.kubernetes.io/instance-type": "Standard_D2s_v3" } },
    status: { allocatable: { cpu: "1900m" } },
  });
  expect(nodes[0]?.spec).not.toHaveProperty("taints");
  const kept = (await azure.as(person, "GET", `${cluster}?api-version=2026-04-01`)).body as { properties: Record<string, unknown> };
  const tainted = [
    {
      name: "ml",
      count: 1,
      vmSize: "Standard_NC8as_T4_v3",
      mode: "User",
      nodeTaints: ["ml.azure.com/amlarc=true:NoSchedule"],
      nodeLabels: { purpose: "ml" },
    },
  ];
  await azure.control("POST", "/resources", { resource: { ...kept, properties: { ...kept.properties, agentPoolProfiles: tainted } } });
  expect(await objects("&kind=Node")).toMatchObject([
    {
      metadata: { labels: { purpose: "ml" } },
      spec: { taints: [{ key: "ml.azure.com/amlarc", value: "true", effect: "NoSchedule" }] },
      status: { allocatable: { "nvidia.com/gpu": "1" } },
    },
  ]);
  await azure.control("POST", "/clusters", { id: cluster, power: "Stopped" });
  expect(await objects("&kind=Node")).toEqual([]);
});

test("an installation shows its check first, its pods a minute later, and all running some minutes after that", async () => {
  await install({});
  expect(await pods()).toEqual([]);
  await advance(65_000);
  expect(await pods()).toEqual([["healthcheck", "Running"]]);
  await advance(90_000);
  expect(await pods()).toEqual([["healthcheck", "Succeeded"]]);
  await advance(60_000);
  const early = await pods();
  expect(early).toContainEqual(["aml-operator", "Pending"]);
  expect(early.map(([app]) => app)).not.toContain("azureml-fe-v2");
  await advance(180_000);
  const late = await pods();
  expect(late).toHaveLength(early.length);
  expect(new Set(late.map(([, phase]) => phase))).toEqual(new Set(["Running", "Succeeded"]));
  expect(late.filter(([, phase]) => phase === "Succeeded").map(([app]) => app)).toEqual(["healthcheck", "volcano-admission-init"]);
});

test("roles, accounts and definitions come with the release, and only the definitions outlive it", async () => {
  await install(inference);
  await advance(500_000);
  const named = async (kind: string) =>
    (await objects(`&kind=${kind}`)).filter((one) => one.metadata.namespace === "azureml").map((one) => one.metadata.name);
  expect(await named("Role")).toContain("azureml-ingress-nginx");
  expect(await named("RoleBinding")).toContain("azureml-ingress-nginx-binding");
  expect(await named("ServiceAccount")).toEqual(expect.arrayContaining(["default", "azureml-fe-v2", "azureml-kube-state-metrics"]));
  await azure.as(person, "DELETE", extension);
  await advance(40_000);
  expect(await objects("&kind=Namespace")).toContainEqual(expect.objectContaining({ status: { phase: "Terminating" } }));
  expect((await pods()).length).toBeGreaterThan(5);
  await advance(600_000);
  expect(await pods()).toEqual([]);
  expect(await named("Role")).toEqual([]);
  expect((await objects("&kind=Namespace")).map((one) => one.metadata.name)).not.toContain("azureml");
  expect((await objects("&kind=CustomResourceDefinition")).map((one) => one.metadata.name)).toContain("onlineendpoints.amlarc.azureml.com");
});

test("a failed check leaves its report behind, and no pods", async () => {
  await install({ ...inference, inferenceRouterHA: "True" });
  await advance(155_000);
  expect(await pods()).toEqual([["healthcheck", "Failed"]]);
  await advance(20_000);
  expect(await pods()).toEqual([]);
  const [report] = await objects("&kind=ConfigMap&namespace=azureml");
  expect(report).toMatchObject({
    metadata: { name: "arcml-healthcheck" },
    data: { "reports-pre-install": expect.stringMatching(/^Status: Failed Name: node-count ErrorCode: E40002 ErrorMessage: /) as string },
  });
});

test("pods that find no node wait as Unschedulable with an event, and are gone when helm gives up", async () => {
  const [node] = await objects("&kind=Node");
  const busy = (name: string) => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace: "default" },
    spec: { nodeName: node?.metadata.name, containers: [{ name, resources: { requests: { cpu: "1200m" } } }] },
    status: { phase: "Running" },
  });
  await azure.control("POST", "/kubernetes-objects", { cluster, object: busy("heavy") });
  const answer = await install(inference);
  await advance(500_000);
  const waiting = (await objects("&kind=Pod&namespace=azureml")).filter((one) => (one.status as { phase: string }).phase === "Pending");
  expect(waiting.length).toBeGreaterThan(0);
  expect(waiting[0]?.status).toMatchObject({
    conditions: [{ reason: "Unschedulable", message: expect.stringContaining("insufficient cpu") as string }],
  });
  expect(await objects("&kind=Event&namespace=azureml")).toContainEqual(expect.objectContaining({ reason: "FailedScheduling" }));
  await advance(700_000);
  const end = (await azure.as(person, "GET", String(answer.headers["azure-asyncoperation"]))).body as { error: { message: string } };
  expect(end.error.message).toContain("uninstalled due to atomic being set: timed out waiting for the condition");
  expect(await pods()).toEqual([]);
  expect(await objects("&kind=ConfigMap&namespace=azureml")).toMatchObject([
    { data: { "reports-pre-install": expect.any(String) as string, "reports-test": expect.stringContaining("E40005") as string } },
  ]);
});

test("what is there already stands in the way of an installation until its setting is changed", async () => {
  const end = async (more: Record<string, string>) => {
    const answer = await install(more);
    await advance(1_200_000);
    return (await azure.as(person, "GET", String(answer.headers["azure-asyncoperation"]))).body as {
      status: string;
      error?: { message: string };
    };
  };
  const add = (kind: string, name: string, more: object = {}) =>
    azure.control("POST", "/kubernetes-objects", { cluster, object: { apiVersion: "v1", kind, metadata: { name }, ...more } });
  await add("IngressClass", "nginx", { spec: { controller: "k8s.io/ingress-nginx" } });
  expect((await end(inference)).error?.message).toContain('failed calling webhook "validate.nginx.ingress.kubernetes.io"');
  expect((await end({ ...inference, "nginxIngress.controller": "k8s.io/azureml-ingress-nginx" })).status).toBe("Succeeded");
  await azure.as(person, "DELETE", extension);
  await advance(700_000);
  await add("Namespace", "volcano-system");
  await add("CustomResourceDefinition", "jobs.batch.volcano.sh");
  expect((await end({})).error?.message).toContain(
    'CustomResourceDefinition "jobs.batch.volcano.sh" in namespace "" exists and cannot be imported',
  );
  await add("CustomResourceDefinition", "prometheuses.monitoring.coreos.com");
  expect((await end({ installVolcano: "False" })).error?.message).toContain("prometheuses.monitoring.coreos.com");
  expect((await end({ installVolcano: "False", installPromOp: "False" })).status).toBe("Succeeded");
  await add("ClusterRole", "azureml-fe-role");
  expect((await end({ installVolcano: "False", installPromOp: "False" })).error?.message).toContain('ClusterRole "azureml-fe-role"');
});

test("a change of settings keeps the pods that it still needs, and adds and takes the others", async () => {
  await install({});
  await advance(500_000);
  const names = async () => new Set((await objects("&kind=Pod&namespace=azureml")).map((one) => one.metadata.name));
  const before = await names();
  await azure.as(person, "PATCH", extension, { properties: { configurationSettings: inference } });
  await advance(500_000);
  const after = await names();
  expect([...before].filter((name) => !after.has(name)).every((name) => name.startsWith("healthcheck"))).toBe(true);
  expect([...after].some((name) => name.startsWith("azureml-fe-v2"))).toBe(true);
  await azure.as(person, "PATCH", extension, { properties: { configurationSettings: { enableInference: "False" } } });
  await advance(500_000);
  expect([...(await names())].some((name) => name.startsWith("azureml-fe-v2"))).toBe(false);
});

test("a trusted access binding shows in the cluster once it is in effect, with the rules of its role, and goes when it is gone", async () => {
  const trusted = async () => (await objects()).filter((one) => one.metadata.name.startsWith("aks:trustedaccess"));
  const address = `${cluster}/trustedAccessRoleBindings/ml-binding?api-version=2026-04-01`;
  const roles = ["Microsoft.MachineLearningServices/workspaces/mlworkload"];
  await azure.as(person, "PUT", address, {
    properties: { sourceResourceId: workspaceId(subscriptionIds.dev, "aks-chaos-mesh-rg", "aks-chaos-mesh"), roles },
  });
  await advance(376_500);
  expect(await trusted()).toEqual([]);
  await advance(300_000);
  expect(await trusted()).toMatchObject([
    {
      kind: "ClusterRole",
      metadata: { name: "aks:trustedaccessrole:ml-binding:mlworkload" },
      rules: [{ resources: ["services", "services/proxy"] }],
    },
    {
      kind: "ClusterRoleBinding",
      metadata: { name: "aks:trustedaccessrolebinding:ml-binding:mlworkload" },
      roleRef: { name: "aks:trustedaccessrole:ml-binding:mlworkload" },
    },
  ]);
  await azure.as(person, "DELETE", address);
  await advance(191_000);
  expect(await trusted()).toHaveLength(2);
  await advance(300_000);
  expect(await trusted()).toEqual([]);
});

test("a cluster made anew holds nothing of the old one", async () => {
  await install({});
  await advance(500_000);
  await azure.control("POST", "/clusters/recreate", { id: cluster });
  expect(await pods()).toEqual([]);
  expect((await azure.as(person, "GET", extension)).status).toBe(404);
});
