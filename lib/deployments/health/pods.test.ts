import { describe, expect, test } from "vitest";
import type { KubernetesPod } from "@/lib/azure/deployment-types";
import { comparePods } from "./compare-pods";
import { expectedPods } from "./expected-pods";

const pod = (name: string, changes: Partial<KubernetesPod> = {}): KubernetesPod => ({
  namespace: "azureml",
  name,
  phase: "Running",
  reason: null,
  message: null,
  ready: 1,
  containers: 1,
  restarts: 0,
  node: "aks-user-1",
  owner: "ReplicaSet",
  createdAt: "2026-09-02T09:00:00Z",
  requests: { milliCpu: 50, memoryMi: 64 },
  ...changes,
});
const apps = (settings: Record<string, string>, name = "azureml"): string[] => expectedPods(name, settings).map(({ app }) => app);
const base = ["gateway", "healthcheck", "metrics-controller-manager", "azureml-kube-state-metrics"];
const prometheus = ["azureml-prometheus-operator", "prometheus-prom-prometheus"];
const volcano = ["volcano-admission-init", "volcano-admission", "volcano-controllers", "volcano-scheduler"];

describe("the pods that the settings ask for", () => {
  test("training brings its operator and Volcano", () => {
    expect(apps({ enableTraining: "True" })).toEqual([...base, ...prometheus, "aml-operator", ...volcano]);
    expect(apps({ enableTraining: "true", installVolcano: "False", installPromOp: "false" })).toEqual([...base, "aml-operator"]);
  });

  test("inference brings three routers, or one", () => {
    const routers = (settings: Record<string, string>) =>
      expectedPods("azureml", { enableInference: "True", ...settings }).find(({ app }) => app === "azureml-fe-v2")?.count;
    expect(routers({})).toBe(3);
    expect(routers({ inferenceRouterHA: "false" })).toBe(1);
    expect(routers({ InferenceRouterHA: "False" })).toBe(3);
    expect(apps({ enableInference: "True", installPromOp: "False", "nginxIngress.enabled": "false" })).toEqual([
      ...base,
      "amlarc-identity-controller",
      "amlarc-identity-proxy",
      "azureml-fe-v2",
      "inference-operator-controller-manager",
    ]);
  });

  test("names follow the extension's, in lower case, and GPU parts are asked for by name", () => {
    const found = apps({ installDcgmExporter: "True", installNvidiaDevicePlugin: "True" }, "ML-One");
    expect(found).toEqual([
      "gateway",
      "healthcheck",
      "metrics-controller-manager",
      "ml-one-kube-state-metrics",
      "ml-one-prometheus-operator",
      "prometheus-prom-prometheus",
      "ml-one-dcgm-exporter",
      "nvidia-device-plugin-daemonset",
    ]);
  });
});

describe("against the pods of a cluster", () => {
  const expected = expectedPods("azureml", { enableTraining: "True" });
  const well = [
    "gateway-6d8f-abcde",
    "metrics-controller-manager-1-a",
    "azureml-kube-state-metrics-1-a",
    "azureml-prometheus-operator-1-a",
    "prometheus-prom-prometheus-0",
    "aml-operator-1-a",
    "volcano-admission-1-a",
    "volcano-controllers-1-a",
    "volcano-scheduler-1-a",
  ].map((name) => pod(name));
  const ended = pod("volcano-admission-init-x1", { phase: "Succeeded", ready: 0, owner: "Job" });

  test("a whole installation matches, with a job that ended and one whose pod is gone", () => {
    const found = comparePods(expected, [...well, ended]);
    expect(found.missing).toEqual([]);
    expect(found.unhealthy).toEqual([]);
    expect(found.other).toEqual([]);
    expect(found.matched).toHaveLength(10);
    expect(found.matched.find((one) => one.expected.app === "volcano-admission")?.pods.map(({ name }) => name)).toEqual([
      "volcano-admission-1-a",
    ]);
  });

  test("what is not there is missing only when the settings ask for it", () => {
    const found = comparePods(expected, well.slice(0, 5));
    expect(found.missing.map((one) => one.expected.app)).toEqual([
      "aml-operator",
      "volcano-admission",
      "volcano-controllers",
      "volcano-scheduler",
    ]);
  });

  test("two of three routers are one missing", () => {
    const inference = expectedPods("azureml", { enableInference: "True" });
    const routers = [pod("azureml-fe-v2-1-a"), pod("azureml-fe-v2-1-b")];
    expect(comparePods(inference, routers).missing.find((one) => one.expected.app === "azureml-fe-v2")?.found).toBe(2);
  });

  test("a pod that is not well says why, and is not missing", () => {
    const pending = pod("aml-operator-1-a", { phase: "Pending", ready: 0, reason: "Unschedulable", message: "insufficient cpu" });
    const notReady = pod("gateway-1-a", { containers: 2 });
    const silent = pod("volcano-scheduler-1-a", { phase: "Pending", ready: 0 });
    const failed = pod("healthcheck-a1b2c", { phase: "Failed", ready: 0, owner: "Job" });
    const found = comparePods(expected, [pending, notReady, silent, failed]);
    expect(found.unhealthy.map(({ pod: one, why }) => [one.name, why])).toEqual([
      ["gateway-1-a", "1 of 2 containers are ready."],
      ["healthcheck-a1b2c", "The job failed."],
      ["aml-operator-1-a", "Unschedulable: insufficient cpu"],
      ["volcano-scheduler-1-a", "The pod is Pending."],
    ]);
    expect(found.missing.map((one) => one.expected.app)).not.toContain("aml-operator");
  });

  test("a job whose pod cannot start is not well, one that runs is", () => {
    const pulls = pod("healthcheck-1", { phase: "Pending", ready: 0, reason: "ImagePullBackOff" });
    expect(comparePods(expected, [pulls]).unhealthy[0]?.why).toBe("ImagePullBackOff");
    expect(comparePods(expected, [pod("healthcheck-1", { ready: 0 })]).unhealthy).toEqual([]);
    const begins = pod("healthcheck-1", { phase: "Pending", ready: 0, reason: "ContainerCreating" });
    expect(comparePods(expected, [begins]).unhealthy).toEqual([]);
  });

  test("pods that nothing explains are other, and those of other namespaces are none of it", () => {
    const found = comparePods(expected, [pod("fluent-bit-x9z"), pod("gatewayed-1"), pod("gateway-1", { namespace: "default" })]);
    expect(found.other.map(({ name }) => name)).toEqual(["fluent-bit-x9z", "gatewayed-1"]);
    expect(found.matched).toEqual([]);
  });
});
