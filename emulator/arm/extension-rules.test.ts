import { expect, test } from "vitest";
import type { ClusterFacts } from "./cluster-facts";
import { accepts } from "./extension-rules";

const node = (name: string, more: Partial<ClusterFacts["nodes"][number]> = {}) => ({
  name,
  labels: { agentpool: "nodes" },
  taints: [],
  milliCpu: 3860,
  memoryMi: 13_000,
  ...more,
});
const cluster: ClusterFacts = {
  id: "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/c",
  name: "c",
  location: "eastus",
  nodes: [node("1"), node("2"), node("3")],
};
const derived = {
  cluster_name: cluster.id,
  clusterId: cluster.id,
  "prometheus.prometheusSpec.externalLabels.cluster_name": cluster.id,
  cluster_name_friendly: "c",
  location: "eastus",
  jobSchedulerLocation: "eastus",
  domain: "eastus.cloudapp.azure.com",
  "servicebus.enabled": "false",
  "relayserver.enabled": "false",
  "nginxIngress.enabled": "true",
};
const training = { ...derived, enableTraining: "True" };
const inference = { ...derived, enableInference: "True", inferenceRouterServiceType: "LoadBalancer", allowInsecureConnections: "True" };
const secure = { ...inference, allowInsecureConnections: "False", sslCname: "ml.contoso.example" };

test.each([
  ["training alone", training, {}],
  ["insecure inference on three nodes", inference, {}],
  ["a service type in any case", { ...inference, inferenceRouterServiceType: "clusterip" }, {}],
  ["TLS by the name of a secret", { ...secure, sslSecret: "tls", "scoringFe.sslSecret": "tls" }, {}],
  ["TLS by certificate and key", secure, { "scoringFe.sslCert": "Y2VydA==", "scoringFe.sslKey": "a2V5" }],
  [
    "sslCname among the protected settings",
    { ...secure, sslCname: "" },
    { "scoringFe.sslCert": "Y2VydA==", "scoringFe.sslKey": "a2V5" },
    "E40007",
  ],
  ["a key that nobody knows", { ...training, InferenceRouterHA: "False" }, {}],
  [
    "an internal load balancer with its derived key",
    { ...inference, internalLoadBalancerProvider: "azure", "scoringFe.serviceType.internalLoadBalancer": "True" },
    {},
  ],
])("%s", (_what, settings, secret, code?: string) => {
  const verdict = accepts(settings, secret, cluster);
  expect(verdict.accepted ? "accepted" : verdict.code).toBe(code ?? "accepted");
});

const two = { ...cluster, nodes: cluster.nodes.slice(0, 2) };
const tainted = {
  ...cluster,
  nodes: cluster.nodes.map((one) => ({ ...one, taints: [{ key: "ml.azure.com/amlarc", value: "true", effect: "NoSchedule" }] })),
};

test.each([
  ["nothing enabled", { ...derived, enableTraining: "False" }, {}, cluster, "RequiredArgumentMissing"],
  ["a value in quotes of another word", { ...derived, enableTraining: "yes" }, {}, cluster, "RequiredArgumentMissing"],
  ["inference without a service type", { ...inference, inferenceRouterServiceType: "" }, {}, cluster, "RequiredArgumentMissing"],
  ["a service type that is none", { ...inference, inferenceRouterServiceType: "Gateway" }, {}, cluster, "E40001"],
  ["another internal load balancer", { ...inference, internalLoadBalancerProvider: "aws" }, {}, cluster, "E40003"],
  [
    "an internal load balancer with node ports",
    { ...inference, inferenceRouterServiceType: "NodePort", internalLoadBalancerProvider: "azure" },
    {},
    cluster,
    "MutuallyExclusiveArgument",
  ],
  ["node ports without the derived key", { ...inference, inferenceRouterServiceType: "NodePort" }, {}, cluster, "E40000"],
  ["TLS with no material", secure, {}, cluster, "E40007"],
  [
    "the file names that only the az CLI can read",
    { ...secure, sslCertPemFile: "cert.pem", sslKeyPemFile: "key.pem" },
    {},
    cluster,
    "E40007",
  ],
  ["a certificate without its key", secure, { "scoringFe.sslCert": "Y2VydA==" }, cluster, "E40007"],
  ["one key in both maps", { ...training, sslCname: "a" }, { sslCname: "a" }, cluster, "MutuallyExclusiveArgument"],
  ["a derived key of another cluster", { ...training, clusterId: `${cluster.id}x` }, {}, cluster, "E40000"],
  ["a location in another case", { ...training, location: "EastUS" }, {}, cluster, "E40000"],
  ["a relay", { ...training, relayServerConnectionString: "Endpoint=…" }, {}, cluster, "InvalidArgumentValue"],
  ["a purpose that is none", { ...training, clusterPurpose: "Prod" }, {}, cluster, "InvalidArgumentValue"],
  ["high availability on two nodes", inference, {}, two, "E40002"],
  ["high availability switched off in the wrong case", { ...inference, InferenceRouterHA: "False" }, {}, two, "E40002"],
  ["a selector that no node fits", { ...training, "nodeSelector.pool": "gpu" }, {}, cluster, "E40002"],
  ["tainted nodes", training, {}, tainted, "E40002"],
] as const)("%s is refused", (_what, settings, secret, where, code) => {
  expect(accepts(settings, secret, where)).toMatchObject({ accepted: false, code });
});

test("switching high availability off, or tolerating the taints, is enough", () => {
  expect(accepts({ ...inference, inferenceRouterHA: "False" }, {}, two)).toEqual({ accepted: true });
  const tolerant = {
    "workLoadToleration[0].key": "ml.azure.com/amlarc",
    "workLoadToleration[0].operator": "Exists",
    "workLoadToleration[0].effect": "NoSchedule",
  };
  expect(accepts({ ...training, ...tolerant }, {}, tainted)).toEqual({ accepted: true });
});
