import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Compute, Extension, KubernetesPod, KubernetesRole, KubernetesRoleBinding } from "@/lib/azure/deployment-types";
import { testCluster } from "@/lib/azure/testing";
import type { Readable } from "@/lib/azure/types";
import { testDatabase } from "@/lib/db/testing";
import { compute, extension } from "@/lib/deployments/preflight/testing/facts";
import { rule } from "@/lib/roles/testing";
import { readAccess } from "./access";
import { readAzureMl } from "./azureml";
import { readPods } from "./pods";
import { clusterIdNamed, testActor, testSubscription, workspaceIdNamed } from "./testing";

const azure = vi.hoisted(() => ({
  getCluster: vi.fn(),
  openApiServer: vi.fn(),
  directObstacle: vi.fn(),
  listPods: vi.fn(),
  getHealthReports: vi.fn(),
  listRoles: vi.fn(),
  listNamespaceRoleBindings: vi.fn(),
  listServiceAccounts: vi.fn(),
  listClusterRoles: vi.fn(),
  listClusterRoleBindings: vi.fn(),
  listExtensions: vi.fn(),
  listComputes: vi.fn(),
  listWorkspaces: vi.fn(),
}));
vi.mock("@/lib/auth/caller", async () => ({ callerFor: (await import("./testing")).testCallerFor }));
vi.mock("@/lib/azure/clusters", async (actual) => ({ ...(await actual<object>()), getCluster: azure.getCluster }));
vi.mock("@/lib/azure/kubernetes", () => azure);
vi.mock("@/lib/azure/extensions", () => azure);
vi.mock("@/lib/azure/computes", () => azure);
vi.mock("@/lib/azure/sources", () => azure);

testDatabase();
const address = { subscription: testSubscription, group: "rg-ml", name: "aks" };
const clusterId = clusterIdNamed("aks");
const ok = <T>(value: T): Readable<T> => ({ state: "ok", value, at: "2026-11-24T12:00:00Z" });
const no: Readable<never> = { state: "no-permission", message: "Kubernetes does not allow it." };
const pod = (name: string, changes: Partial<KubernetesPod> = {}): KubernetesPod => ({
  namespace: "azureml",
  name,
  phase: "Running",
  reason: null,
  message: null,
  ready: 1,
  containers: 1,
  restarts: 0,
  node: "node-1",
  owner: null,
  createdAt: null,
  requests: { milliCpu: 0, memoryMi: 0 },
  ...changes,
});
const plain = { labels: {}, createdAt: null };
const role = (name: string, namespace: string | null, rules: KubernetesRole["rules"]): KubernetesRole => ({
  ...plain,
  name,
  namespace,
  rules,
});
const bindingTo = (to: KubernetesRole, account: string, namespace: string | null): KubernetesRoleBinding => ({
  ...plain,
  namespace,
  name: `${to.name}-binding`,
  role: { kind: to.namespace === null ? "ClusterRole" : "Role", name: to.name },
  subjects: [{ kind: "ServiceAccount", name: account, namespace: "azureml" }],
});
const secrets = role("secret-reader", null, [rule("get list", "core", "secrets")]);
const leases = role("leader", "azureml", [rule("get update", "coordination.k8s.io", "leases")]);
const kubernetes = role("system:node", null, [rule("get", "core", "nodes")]);
const systemBinding: KubernetesRoleBinding = {
  ...bindingTo(kubernetes, "", null),
  subjects: [{ kind: "Group", name: "system:nodes", namespace: null }],
};

beforeEach(() => {
  vi.resetAllMocks();
  azure.getCluster.mockResolvedValue(ok(testCluster({ id: clusterId, name: "aks" })));
  azure.directObstacle.mockReturnValue(null);
  azure.openApiServer.mockResolvedValue(ok({}));
  azure.getHealthReports.mockResolvedValue({ state: "absent" });
  azure.listRoles.mockResolvedValue(ok([leases]));
  azure.listNamespaceRoleBindings.mockResolvedValue(ok([bindingTo(leases, "gateway", "azureml"), bindingTo(secrets, "prom", "azureml")]));
  azure.listServiceAccounts.mockResolvedValue(ok([{ namespace: "azureml", name: "gateway", labels: {} }]));
  azure.listClusterRoles.mockResolvedValue(ok([secrets, kubernetes]));
  azure.listClusterRoleBindings.mockResolvedValue(ok([bindingTo(secrets, "operator", null), systemBinding]));
  azure.listWorkspaces.mockResolvedValue({ items: [], failures: [], at: "" });
});
const someone = () => testActor(["Requester"]);
const valueOf = <T>(read: { state: string; value?: T } | null): T => {
  if (read?.state !== "ok") throw new Error(`Not read: ${JSON.stringify(read)}`);
  return read.value as T;
};
const podsOf = async (query: Partial<Parameters<typeof readPods>[2]>, actor = someone()) =>
  valueOf((await readPods(actor, address, { via: "direct", limit: 50, ...query })).pods);
const accessOf = (query: Partial<Parameters<typeof readAccess>[2]> = {}) =>
  readAccess(someone(), address, { via: "direct", limit: 50, ...query });

describe("pods", () => {
  test("are sorted, searched and paged, with counts over all of them", async () => {
    azure.listPods.mockResolvedValue(
      ok([pod("b"), pod("a", { phase: "Pending", ready: 0, reason: "Unschedulable" }), pod("z", { namespace: "ml" })]),
    );
    const actor = someone();
    const first = await podsOf({ limit: 2 }, actor);
    expect(first).toMatchObject({ total: 3, all: 3, unwell: 1, namespaces: ["azureml", "ml"], truncated: false });
    expect(first.items.map(({ name }) => name)).toEqual(["a", "b"]);
    expect((await podsOf({ limit: 2, cursor: first.nextCursor ?? "" }, actor)).items.map(({ name }) => name)).toEqual(["z"]);
    expect((await podsOf({ search: "unsched" }, actor)).items.map(({ name }) => name)).toEqual(["a"]);
    expect((await podsOf({ show: "unwell" }, actor)).total).toBe(1);
    expect((await podsOf({ namespace: "ml" }, actor)).total).toBe(1);
    expect(azure.listPods).toHaveBeenCalledTimes(1);
  });

  test("are one person's own reading: another asks the cluster with its own token", async () => {
    azure.listPods.mockResolvedValueOnce(ok([pod("a")])).mockResolvedValueOnce(no);
    expect((await podsOf({})).total).toBe(1);
    expect((await readPods(someone(), address, { via: "direct", limit: 50 })).pods).toEqual(no);
  });

  test("beyond 5,000 are said not to be looked at", async () => {
    azure.listPods.mockResolvedValue(ok(Array.from({ length: 5001 }, (_, index) => pod(`p-${index}`))));
    expect(await podsOf({})).toMatchObject({ all: 5000, truncated: true });
  });

  test("of a cluster that nobody reads directly are not read, and the reason is told", async () => {
    azure.directObstacle.mockReturnValue("aks is private.");
    expect(await readPods(someone(), address, { via: "direct", limit: 50 })).toMatchObject({
      way: { obstacle: "aks is private." },
      pods: null,
    });
    expect(azure.openApiServer).not.toHaveBeenCalled();
  });
});

describe("access", () => {
  test("tells each subject once, the highest risk first, without Kubernetes' own parts", async () => {
    const { subjects, namespace, cluster } = await accessOf();
    expect(subjects?.items.map(({ name, risk }) => [name, risk])).toEqual([
      ["operator", "critical"],
      ["prom", "critical"],
      ["gateway", "low"],
    ]);
    expect(subjects).toMatchObject({ total: 3, hidden: 1, counts: { critical: 2, medium: 0, low: 1 } });
    expect(valueOf(namespace)).toMatchObject({ roles: [{ name: "leader", risk: "low" }], serviceAccounts: ["gateway"] });
    expect(valueOf(cluster)).toEqual({ roles: 2, bindings: 2 });
    expect((await accessOf({ system: "show" })).subjects?.total).toBe(4);
    expect((await accessOf({ risk: "low" })).subjects?.items.map(({ name }) => name)).toEqual(["gateway"]);
    expect((await accessOf({ search: "LEADER" })).subjects?.total).toBe(1);
  });

  test("is paged without losing or repeating anybody", async () => {
    const first = (await accessOf({ limit: 2 })).subjects;
    const second = (await accessOf({ limit: 2, cursor: first?.nextCursor ?? "" })).subjects;
    expect([...(first?.items ?? []), ...(second?.items ?? [])].map(({ name }) => name)).toEqual(["operator", "prom", "gateway"]);
  });

  test("without the right to cluster roles judges the namespace alone, and never a role that it could not read", async () => {
    azure.listClusterRoles.mockResolvedValue(no);
    const { subjects, cluster } = await accessOf();
    expect(cluster).toEqual(no);
    expect(subjects?.items.map(({ name }) => name)).toEqual(["gateway"]);
  });

  test("of which nothing could be read has nobody, and not none", async () => {
    azure.openApiServer.mockResolvedValue(no);
    expect(await accessOf()).toMatchObject({ subjects: null, namespace: no, cluster: no });
  });
});

describe("Azure ML", () => {
  const read = () => readAzureMl(someone(), address, { via: "direct" });
  const failed: Extension = {
    ...extension(),
    provisioningState: "Failed",
    error: { code: "ExtensionOperationFailed", message: "failed pre-install: pod healthcheck failed" },
  };
  const own = workspaceIdNamed("ws");
  const broken: Compute = {
    ...compute(),
    resourceId: clusterId.toUpperCase(),
    errors: [{ code: "ClusterNotReachable", message: "No way in." }],
  };

  test("tells what a failure of the extension means, and what is expected and missing", async () => {
    azure.listExtensions.mockResolvedValue(ok([failed, { ...extension(), name: "flux", extensionType: "microsoft.flux" }]));
    azure.listPods.mockResolvedValue(ok([pod("gateway-1"), pod("stray")]));
    const { extensions, pods } = await read();
    expect(valueOf(extensions)).toHaveLength(1);
    expect(valueOf(extensions)[0]?.diagnosis.length).toBeGreaterThan(0);
    expect(valueOf(pods).well.map(({ app }) => app)).toEqual(["gateway"]);
    expect(valueOf(pods).missing.map(({ app }) => app)).toContain("aml-operator");
    expect(valueOf(pods).other).toEqual(["stray"]);
  });

  test("has the computes of the workspaces that the person sees, and names those that were not readable", async () => {
    azure.listExtensions.mockResolvedValue(ok([]));
    azure.listPods.mockResolvedValue(ok([]));
    azure.listWorkspaces.mockResolvedValue({ items: [{ id: own }, { id: workspaceIdNamed("closed") }], failures: [], at: "" });
    azure.listComputes.mockImplementation(async (_caller: unknown, id: string) => (id === own ? ok([broken, compute()]) : no));
    const { computes, extensions } = await read();
    expect(computes.items).toMatchObject([{ workspaceName: "ws", diagnosis: [{ id: expect.any(String) }] }]);
    expect(computes.failures).toMatchObject([{ scopeName: "closed", state: "no-permission" }]);
    expect(extensions).toMatchObject({ state: "ok", value: [] });
  });

  test("keeps its parts apart: what one token cannot read does not hide the rest", async () => {
    azure.listExtensions.mockResolvedValue(no);
    azure.openApiServer.mockResolvedValue({ state: "sign-in", message: "Again.", claims: "secret" });
    expect(await read()).toMatchObject({ extensions: no, pods: { state: "sign-in", message: "Again." }, computes: { items: [] } });
    expect(JSON.stringify(await read())).not.toContain("secret");
  });
});
