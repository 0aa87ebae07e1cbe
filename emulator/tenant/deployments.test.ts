import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { factsOf } from "../arm/cluster-facts";
import { accepts } from "../arm/extension-rules";
import { cliSettings } from "../arm/testing";
import type { KubeObject } from "../state/kubernetes-shapes";
import { type TestAzure, testAzure } from "../testing";
import { clusterId, subscriptionIds, workspaceId } from "./ids";

const { dev, prod, data } = subscriptionIds;
const person = "Wanjiru Mbeki";
const payments = clusterId(prod, "rg-payments-prod", "aks-payments-prod");
const ci = clusterId(dev, "rg-ml-ci", "aks-ml-ci");

let azure: TestAzure;
beforeAll(async () => void (azure = await testAzure({ speed: 1 })));
beforeEach(async () => void (await azure.control("POST", "/reset", {})));
afterAll(() => azure.end());

const extension = (cluster: string) => `${cluster}/providers/Microsoft.KubernetesConfiguration/extensions/azureml?api-version=2023-05-01`;
const objects = async (cluster: string, kind: string) =>
  ((await azure.control("GET", `/kubernetes-objects?cluster=${cluster}&kind=${kind}`)).body as { items: KubeObject[] }).items;
const install = async (cluster: string, more: Record<string, string>) => {
  const settings = cliSettings(cluster, { enableTraining: "True", ...more });
  const answer = await azure.as(person, "PUT", extension(cluster), {
    properties: { extensionType: "Microsoft.AzureML.Kubernetes", configurationSettings: settings },
  });
  await azure.control("POST", "/clock/advance", { ms: 1_200_000 });
  return (await azure.as(person, "GET", String(answer.headers["azure-asyncoperation"]))).body as {
    status: string;
    error?: { message: string };
  };
};

test("what is deployed is what its cluster would have taken, with its pods running", async () => {
  const { store } = azure.world;
  for (const one of store.table("extensions").values()) {
    const cluster = store.table("resources").get(one.clusterId);
    if (cluster === undefined) throw new Error(`There is no cluster of ${one.id}.`);
    const stopped = (cluster.properties.powerState as { code: string }).code === "Stopped";
    const taken = accepts(one.settings, {}, factsOf(cluster)).accepted;
    expect({ id: one.id, taken }).toEqual({ id: one.id, taken: one.state === "Succeeded" && !stopped });
    const pods = (await objects(cluster.id, "Pod")).filter((pod) => pod.metadata.namespace === "azureml");
    expect({ id: one.id, has: pods.length > 0 }).toEqual({ id: one.id, has: one.state === "Succeeded" && !stopped });
  }
});

test("every compute has the binding of its workspace, and one its namespace missing", async () => {
  const { store } = azure.world;
  const missing: string[] = [];
  for (const one of store.table("computes").values()) {
    const cluster = String(one.body.resourceId);
    const bound = [...store.table("bindings").values()].some(
      (binding) => binding.clusterId === cluster && binding.sourceResourceId === one.workspaceId,
    );
    expect({ id: one.id, bound }).toEqual({ id: one.id, bound: true });
    const namespaces = (await objects(cluster, "Namespace")).map((space) => space.metadata.name);
    const wanted = (one.body.properties as { namespace: string }).namespace;
    if (!namespaces.includes(wanted)) missing.push(one.name);
  }
  expect(missing).toEqual(["k8s-vision"]);
  const listed = await azure.as(person, "GET", `${workspaceId(prod, "rg-ml-shared", "mlw-vision")}/computes?api-version=2024-04-01`);
  expect(listed.body).toMatchObject({ value: [{ name: "k8s-vision", properties: { provisioningState: "Succeeded" } }] });
});

test("an installation that failed its check is there with its report, and fits when its settings are put right", async () => {
  expect((await azure.as(person, "GET", extension(ci))).body).toMatchObject({
    properties: { provisioningState: "Failed", errorInfo: { code: "InstallationFailed" } },
  });
  expect(JSON.stringify(await objects(ci, "ConfigMap"))).toContain("ErrorCode: E40002");
  const inference = {
    enableInference: "True",
    inferenceRouterServiceType: "ClusterIP",
    allowInsecureConnections: "True",
    inferenceRouterHA: "False",
    clusterPurpose: "DevTest",
  };
  expect((await install(ci, inference)).error?.message).toContain("timed out waiting for the condition");
  expect(await install(ci, {})).toMatchObject({ status: "Succeeded" });
});

test("clusters show what stands in the way: an ingress-nginx, Volcano, a Prometheus operator, an old Azure ML", async () => {
  const inference = { enableInference: "True", inferenceRouterServiceType: "ClusterIP", allowInsecureConnections: "True" };
  expect((await install(payments, inference)).error?.message).toContain("validate.nginx.ingress.kubernetes.io");
  expect(await install(payments, { ...inference, "nginxIngress.controller": "k8s.io/azureml" })).toMatchObject({ status: "Succeeded" });
  const science = clusterId(data, "rg-data-science", "aks-data-science");
  expect((await install(science, {})).error?.message).toContain("extensionaddons/read");
  await azure.as(person, "POST", `/subscriptions/${data}/providers/Microsoft.KubernetesConfiguration/register?api-version=2022-12-01`);
  await azure.control("POST", "/clock/advance", { ms: 130_000 });
  expect((await install(science, {})).error?.message).toContain("jobs.batch.volcano.sh");
  expect((await install(clusterId(data, "rg-feature-store", "aks-feature-store"), {})).error?.message).toContain(
    "prometheuses.monitoring.coreos.com",
  );
  const legacy = clusterId(dev, "rg-legacy", "aks-legacy-batch");
  await azure.control("DELETE", "/locks", { scope: legacy, name: "legacy-frozen" });
  expect((await install(legacy, {})).error?.message).toContain("InvalidAuthenticationToken");
  expect((await objects(legacy, "ClusterRole")).map((one) => one.metadata.name)).toContain("azureml-fe-role");
});
