import { expect, test } from "vitest";
import { derivedSettings } from "./derived";
import { clusterFacts, insecure, secure, training } from "./testing/samples";

const derived = (...[input, cluster = clusterFacts]: [Parameters<typeof derivedSettings>[0], typeof clusterFacts?]) =>
  Object.fromEntries(derivedSettings(input, cluster).map(({ key, value }) => [key, value]));

test("training on a cluster of five nodes gets what the az CLI adds, and no more", () => {
  expect(derived(training())).toEqual({
    enableInference: "False",
    cluster_name: clusterFacts.id,
    domain: "westeurope.cloudapp.azure.com",
    location: "westeurope",
    jobSchedulerLocation: "westeurope",
    cluster_name_friendly: "ml-prod",
    "servicebus.enabled": "false",
    "relayserver.enabled": "false",
    "nginxIngress.enabled": "true",
    clusterId: clusterFacts.id,
    "prometheus.prometheusSpec.externalLabels.cluster_name": clusterFacts.id,
  });
});

test("every derived value is a text and says where it comes from; no key stands twice", () => {
  const all = derivedSettings(secure({ isAKSMigration: "true", inferenceRouterServiceType: "NodePort" }), {
    ...clusterFacts,
    nodeCount: 1,
  });
  for (const one of all) {
    expect(typeof one.value).toBe("string");
    expect(one.reason).toMatch(/\.$/);
  }
  expect(new Set(all.map(({ key }) => key)).size).toBe(all.length);
});

test("the location is written as Azure names regions", () => {
  expect(derived(training(), { ...clusterFacts, location: "West Europe" })).toMatchObject({
    location: "westeurope",
    domain: "westeurope.cloudapp.azure.com",
  });
});

test("fewer than three nodes mean one router and the small size, unless the person chose", () => {
  const small = { ...clusterFacts, nodeCount: 2 };
  expect(derived(insecure(), small)).toMatchObject({ clusterPurpose: "DevTest", inferenceRouterHA: "false" });
  expect(derived(insecure({ inferenceRouterHA: "True" }), small)).not.toHaveProperty("inferenceRouterHA");
  expect(derived(insecure({ clusterPurpose: "FastProd" }), small)).not.toHaveProperty("clusterPurpose");
  expect(derived(insecure({ InferenceRouterHA: "False" }), small)).toHaveProperty("inferenceRouterHA", "false");
  for (const nodeCount of [3, null]) expect(derived(insecure(), { ...clusterFacts, nodeCount })).not.toHaveProperty("inferenceRouterHA");
});

test("the kind of address is written in the chart's own words", () => {
  expect(derived(insecure())).toHaveProperty(["scoringFe.serviceType.internalLoadBalancer"], "True");
  const nodePort = derived(insecure({ inferenceRouterServiceType: "NodePort" }));
  expect(nodePort).toHaveProperty(["scoringFe.serviceType.nodePort"], "True");
  expect(nodePort).not.toHaveProperty(["scoringFe.serviceType.internalLoadBalancer"]);
  expect(Object.keys(derived(secure())).filter((key) => key.startsWith("scoringFe"))).toEqual([]);
  expect(Object.keys(derived(insecure({ enableInference: "False" }))).filter((key) => key.startsWith("scoringFe"))).toEqual([]);
});

test("the secret is named a second time, unless files win over it or nothing is encrypted", () => {
  const named = { sslSecret: "ml-tls" };
  const key = ["scoringFe.sslSecret"];
  expect(derived(secure(named, { protected: {} }))).toHaveProperty(key, "ml-tls");
  expect(derived(secure(named))).not.toHaveProperty(key);
  expect(derived(insecure(named))).not.toHaveProperty(key);
  expect(derived(training(named))).not.toHaveProperty(key);
});

test("a person's value stays, but for the domain, which is replaced and said to be", () => {
  const own = { cluster_name: "/x", location: "northeurope", "nginxIngress.enabled": "false", domain: "contoso.com", clusterId: "/y" };
  const all = derivedSettings(training(own), clusterFacts);
  expect(all.find(({ key }) => key === "domain")).toMatchObject({ value: "westeurope.cloudapp.azure.com", replaces: "contoso.com" });
  expect(all.map(({ key }) => key)).toEqual(expect.not.arrayContaining(["cluster_name", "location", "nginxIngress.enabled", "clusterId"]));
  expect(all.find(({ key }) => key.startsWith("prometheus"))?.value).toBe("/x");
});

test("a migration takes over the router's old namespace", () => {
  expect(derived(insecure({ isAKSMigration: "True" }))).toHaveProperty(["scoringFe.namespace"], "default");
  expect(derived(training({ isAKSMigration: "True" }))).not.toHaveProperty(["scoringFe.namespace"]);
});
