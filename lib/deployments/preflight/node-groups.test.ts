import { expect, test } from "vitest";
import { labelsByAks, nodeGroups } from "./node-groups";
import { node, pool } from "./testing/facts";

test("AKS gives every node of a pool labels by itself", () => {
  expect(labelsByAks(pool({ mode: "System", osType: "Windows" }), "westeurope")).toEqual({
    agentpool: "user",
    "kubernetes.azure.com/agentpool": "user",
    "kubernetes.azure.com/mode": "system",
    "kubernetes.azure.com/role": "agent",
    "kubernetes.io/os": "windows",
    "node.kubernetes.io/instance-type": "Standard_D4s_v5",
    "topology.kubernetes.io/region": "westeurope",
  });
});

test("live nodes stand for themselves; those that take no pods count as none", () => {
  const groups = nodeGroups(
    [pool()],
    [
      node("n1"),
      node("n2", { ready: false }),
      node("n3", { unschedulable: true }),
      node("n4", { labels: { "kubernetes.io/os": "windows" } }),
    ],
    "eastus",
  );
  expect(groups.map(({ name, count, os }) => [name, count, os])).toEqual([
    ["n1", 1, "Linux"],
    ["n2", 0, "Linux"],
    ["n3", 0, "Linux"],
    ["n4", 1, "Windows"],
  ]);
});

test("what an autoscaler may add looks like the nodes of its pool", () => {
  const labels = { agentpool: "user", disk: "ssd" };
  const nodes = [
    node("n1", { labels: { ...labels, host: "n1" }, taints: ["gpu=yes:NoSchedule", "node.kubernetes.io/not-ready:NoExecute"] }),
    node("n2", { labels: { ...labels, host: "n2" }, taints: ["gpu=yes:NoSchedule"] }),
  ];
  expect(nodeGroups([pool({ minCount: 1, maxCount: 5 })], nodes, "eastus").at(-1)).toEqual({
    name: "user",
    count: 0,
    maxCount: 3,
    labels,
    taints: ["gpu=yes:NoSchedule"],
    os: "Linux",
  });
  expect(nodeGroups([pool({ minCount: 1, maxCount: 2 })], nodes, "eastus")).toHaveLength(2);
  expect(nodeGroups([pool({ minCount: 1, maxCount: 9, powerState: "Stopped" })], nodes, "eastus")).toHaveLength(2);
});

test("a pool scaled to nothing may come with its own labels and taints", () => {
  const empty = pool({ name: "gpu", count: 0, minCount: 0, maxCount: 4, nodeLabels: { sku: "gpu" }, nodeTaints: ["sku=gpu:NoSchedule"] });
  expect(nodeGroups([empty], [], "eastus")).toMatchObject([
    { name: "gpu", count: 0, maxCount: 4, labels: { sku: "gpu", agentpool: "gpu" }, taints: ["sku=gpu:NoSchedule"] },
  ]);
});

test("without live nodes a pool counts, unless its taints are not known", () => {
  expect(nodeGroups([pool({ nodeTaints: [] })], null, "eastus")).toMatchObject([{ count: 3, taints: [] }]);
  expect(nodeGroups([pool({ nodeTaints: [] })], null, "eastus")[0]).not.toHaveProperty("maxCount");
  const { nodeTaints: _unknown, ...untold } = pool();
  expect(nodeGroups([untold], null, "eastus")).toMatchObject([{ count: 0, maxCount: 3 }]);
  expect(nodeGroups([{ ...untold, powerState: "Stopped" }], null, "eastus")).toMatchObject([{ count: 0, maxCount: 0 }]);
  expect(nodeGroups([pool({ powerState: "Stopped" })], null, "eastus")).toMatchObject([{ count: 0 }]);
});
