import { describe, expect, test } from "vitest";
import { podOf } from "./kubernetes-pod";
import { computeOf, quantityOf } from "./kubernetes-quantity";
import { eventOf, ingressClassOf, nodeOf, roleBindingOf, roleOf } from "./kubernetes-shape";

describe("a quantity", () => {
  test.each([
    ["250m", 0.25],
    ["2", 2],
    [4, 4],
    ["1.5", 1.5],
    ["1Ki", 1024],
    ["2Gi", 2 * 1024 ** 3],
    ["1k", 1000],
    ["1E", 1e18],
    ["1e3", 1000],
    ["100n", 1e-7],
  ])("%s is %d", (text, value) => expect(quantityOf(text)).toBeCloseTo(value, 9));

  test("that is none is refused", () => {
    for (const text of ["", "m", "1x", "1 Gi", "0x10", "1KiB", "--1"]) expect(() => quantityOf(text), text).toThrow(/quantity/);
  });

  test("in milli processors and MiB is rounded up, after the fractions of binary numbers", () => {
    expect(computeOf({ cpu: "0.1", memory: "128974848" })).toEqual({ milliCpu: 100, memoryMi: 123 });
    expect(computeOf({ cpu: "1900m", memory: "5368709Ki" })).toEqual({ milliCpu: 1900, memoryMi: 5243 });
    expect(computeOf(null)).toEqual({ milliCpu: 0, memoryMi: 0 });
  });
});

const container = (cpu: string, memory: string, restartPolicy?: string) => ({
  name: "c",
  resources: { requests: { cpu, memory } },
  ...(restartPolicy === undefined ? {} : { restartPolicy }),
});

describe("a pod", () => {
  const pod = (status: object, spec: object = {}) =>
    podOf({ metadata: { name: "p", namespace: "n" }, spec: { containers: [container("100m", "64Mi")], ...spec }, status });

  test("that runs has no reason, and counts what is ready", () => {
    expect(
      podOf({
        metadata: {
          name: "p",
          namespace: "n",
          creationTimestamp: "2026-01-01T00:00:00Z",
          ownerReferences: [
            { kind: "Other", name: "o" },
            { kind: "ReplicaSet", name: "r", controller: true },
          ],
        },
        spec: { nodeName: "node", containers: [container("100m", "64Mi"), container("0.2", "1Gi")] },
        status: {
          phase: "Running",
          containerStatuses: [
            { ready: true, restartCount: 2, state: { running: {} } },
            { ready: false, restartCount: 1 },
          ],
        },
      }),
    ).toEqual({
      namespace: "n",
      name: "p",
      phase: "Running",
      reason: null,
      message: null,
      ready: 1,
      containers: 2,
      restarts: 3,
      node: "node",
      owner: "ReplicaSet",
      createdAt: "2026-01-01T00:00:00Z",
      requests: { milliCpu: 300, memoryMi: 1088 },
    });
  });

  test("in trouble says which, and one that starts or has done its work does not", () => {
    const waiting = (reason: string) => pod({ phase: "Pending", containerStatuses: [{ state: { waiting: { reason, message: "m" } } }] });
    expect(waiting("ImagePullBackOff")).toMatchObject({ reason: "ImagePullBackOff", message: "m" });
    for (const ordinary of ["ContainerCreating", "PodInitializing"])
      expect(waiting(ordinary)).toMatchObject({ reason: null, message: null });
    const ended = (reason: string) => pod({ phase: "Failed", containerStatuses: [{ ready: false, state: { terminated: { reason } } }] });
    expect(ended("OOMKilled").reason).toBe("OOMKilled");
    expect(ended("Completed").reason).toBeNull();
    expect(pod({ phase: "Failed", reason: "Evicted", message: "The node was low on memory." }).reason).toBe("Evicted");
    expect(
      pod({ phase: "Pending", conditions: [{ type: "PodScheduled", status: "False", reason: "Unschedulable", message: "0/2 nodes" }] }),
    ).toMatchObject({ reason: "Unschedulable", message: "0/2 nodes", node: null });
    expect(pod({ initContainerStatuses: [{ state: { waiting: { reason: "CrashLoopBackOff" } } }] })).toMatchObject({
      reason: "CrashLoopBackOff",
      phase: "Unknown",
    });
  });

  test("reserves for its largest init container, or for all that stay", () => {
    const initContainers = [container("500m", "32Mi"), container("50m", "16Mi", "Always")];
    expect(pod({}, { initContainers }).requests).toEqual({ milliCpu: 500, memoryMi: 80 });
  });
});

test("a node tells its taints as AKS writes them, and is ready only when it says so", () => {
  const node = nodeOf({
    metadata: { name: "n", labels: { "kubernetes.io/os": "linux" } },
    spec: {
      unschedulable: true,
      taints: [
        { key: "sku", value: "gpu", effect: "NoSchedule" },
        { key: "node.kubernetes.io/not-ready", effect: "NoExecute" },
      ],
    },
    status: {
      allocatable: { cpu: "1900m", memory: "5368709Ki", pods: "250" },
      conditions: [{ type: "Ready", status: "Unknown" }],
      nodeInfo: { kubeletVersion: "v1.33.5" },
    },
  });
  expect(node).toEqual({
    name: "n",
    labels: { "kubernetes.io/os": "linux" },
    taints: ["sku=gpu:NoSchedule", "node.kubernetes.io/not-ready:NoExecute"],
    ready: false,
    unschedulable: true,
    kubeletVersion: "v1.33.5",
    os: "linux",
    allocatable: { milliCpu: 1900, memoryMi: 5243 },
  });
});

test("an event counts as its reporter does, old or new", () => {
  const about = {
    metadata: { name: "e", namespace: "n" },
    type: "Warning",
    reason: "BackOff",
    message: "m",
    involvedObject: { kind: "Pod", name: "p" },
  };
  expect(eventOf({ ...about, count: 3, lastTimestamp: "2026-01-01T00:00:00Z" })).toEqual({
    namespace: "n",
    type: "Warning",
    reason: "BackOff",
    message: "m",
    object: "Pod/p",
    count: 3,
    lastSeen: "2026-01-01T00:00:00Z",
  });
  const series = { count: 9, lastObservedTime: "2026-01-02T00:00:00Z" };
  expect(eventOf({ ...about, lastTimestamp: null, eventTime: "2026-01-01T00:00:00Z", series })).toMatchObject({
    count: 9,
    lastSeen: "2026-01-02T00:00:00Z",
  });
});

test("roles, bindings and ingress classes are read with what they leave out", () => {
  expect(roleOf({ metadata: { name: "r" }, rules: null })).toEqual({ namespace: null, name: "r", labels: {}, createdAt: null, rules: [] });
  expect(
    roleBindingOf({
      metadata: { name: "b", namespace: "n" },
      roleRef: { kind: "ClusterRole", name: "view" },
      subjects: [{ kind: "User", name: "u" }],
    }),
  ).toMatchObject({
    namespace: "n",
    role: { kind: "ClusterRole", name: "view" },
    subjects: [{ kind: "User", name: "u", namespace: null }],
  });
  expect(roleBindingOf({ metadata: { name: "b" }, roleRef: { kind: "Role", name: "r" } }).subjects).toEqual([]);
  expect(ingressClassOf({ metadata: { name: "nginx" }, spec: { controller: "k8s.io/ingress-nginx" } })).toEqual({
    name: "nginx",
    controller: "k8s.io/ingress-nginx",
  });
});
