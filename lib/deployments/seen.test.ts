import { beforeEach, describe, expect, test, vi } from "vitest";
import type { KubernetesPod } from "@/lib/azure/deployment-types";
import type { AzureCaller } from "@/lib/azure/types";
import type { Plan } from "@/lib/plans/plan";
import { expectedPods } from "./health/expected-pods";
import { cluster, clusterId, extension, readable, refused } from "./preflight/testing/facts";
import { deploymentSeen } from "./seen";

const azure = vi.hoisted(() => ({
  getCluster: vi.fn(),
  getExtension: vi.fn(),
  openApiServer: vi.fn(),
  listPods: vi.fn(),
  listNamespaces: vi.fn(),
  listClusterRoleBindings: vi.fn(),
  listClusterRoles: vi.fn(),
}));
vi.mock("@/lib/azure/clusters", () => ({ getCluster: azure.getCluster }));
vi.mock("@/lib/azure/extensions", () => ({ getExtension: azure.getExtension }));
vi.mock("@/lib/azure/kubernetes", () => azure);

const caller = {} as AzureCaller;
const live = extension();
const pod = (name: string): KubernetesPod => ({
  namespace: "azureml",
  name,
  phase: "Running",
  reason: null,
  message: null,
  ready: 1,
  containers: 1,
  restarts: 0,
  node: null,
  owner: "ReplicaSet",
  createdAt: null,
  requests: { milliCpu: 0, memoryMi: 0 },
});
const all = expectedPods(live.name, live.settings).flatMap(({ app, count }) =>
  Array.from({ length: count }, (_, index) => pod(`${app}-${index}`)),
);
const planOf = (kind: "ml-deploy" | "ml-teardown", steps: string[], bindings: unknown[] = []): Plan =>
  ({
    kind,
    target: { clusterId, namespace: "ml" },
    steps: steps.map((id) => ({ id, resourceId: live.id })),
    bindings,
    roles: [],
  }) as unknown as Plan;
const deploy = planOf("ml-deploy", ["put-extension"]);
const teardown = planOf("ml-teardown", ["delete-extension"]);
const removed = { name: "ml", id: "x", sourceResourceId: "y", before: { name: "ml", sourceResourceId: "y", roles: ["t/r"] }, after: null };

beforeEach(() => {
  vi.resetAllMocks();
  azure.getCluster.mockResolvedValue(readable(cluster));
  azure.openApiServer.mockResolvedValue(readable({}));
  azure.getExtension.mockResolvedValue(readable(live));
  azure.listPods.mockResolvedValue(readable(all));
  azure.listNamespaces.mockResolvedValue(readable([{ name: "ml", phase: "Active", labels: {} }]));
  azure.listClusterRoles.mockResolvedValue(readable([]));
  azure.listClusterRoleBindings.mockResolvedValue(readable([]));
});

describe("a deployment", () => {
  test("is seen where every pod that the settings ask for is well, and the namespace is there", async () => {
    expect(await deploymentSeen(caller, deploy)).toEqual({ seen: true });
  });

  test("is not seen with a pod missing, without its namespace, or unread", async () => {
    azure.listPods.mockResolvedValue(readable(all.slice(1)));
    expect(await deploymentSeen(caller, deploy)).toMatchObject({
      seen: false,
      why: expect.stringMatching(/^Read at .* UTC, the pods of the extension were not all well \(too few: /),
    });
    azure.listPods.mockResolvedValue(refused("list", "pods"));
    expect(await deploymentSeen(caller, deploy)).toMatchObject({ seen: false });
    azure.listPods.mockResolvedValue(readable(all));
    azure.listNamespaces.mockResolvedValue(readable([{ name: "ml", phase: "Terminating", labels: {} }]));
    expect(await deploymentSeen(caller, deploy)).toMatchObject({ seen: false });
  });
});

describe("a teardown", () => {
  test("is seen once the extension's namespace has no pod, and not before", async () => {
    expect(await deploymentSeen(caller, teardown)).toMatchObject({ seen: false });
    azure.listPods.mockResolvedValue(readable([]));
    expect(await deploymentSeen(caller, teardown)).toEqual({ seen: true });
  });

  test("that also takes a binding away is not seen before the binding is seen gone", async () => {
    azure.listPods.mockResolvedValue(readable([]));
    expect(await deploymentSeen(caller, planOf("ml-teardown", ["delete-extension"], [removed]))).toMatchObject({ seen: false });
    azure.listClusterRoleBindings.mockResolvedValue(
      readable([
        {
          namespace: null,
          name: "b",
          labels: {},
          createdAt: null,
          role: { kind: "ClusterRole", name: "aks:trustedaccessrole:other:r" },
          subjects: [],
        },
      ]),
    );
    expect(await deploymentSeen(caller, planOf("ml-teardown", ["delete-extension"], [removed]))).toEqual({ seen: true });
  });

  test("of computes alone leaves nothing in the cluster to be seen", async () => {
    expect(await deploymentSeen(caller, planOf("ml-teardown", ["detach-k8s"]))).toMatchObject({ seen: false });
    expect(azure.openApiServer).not.toHaveBeenCalled();
  });
});
