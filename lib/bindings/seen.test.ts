import { beforeEach, describe, expect, test, vi } from "vitest";
import type { KubernetesRole, KubernetesRoleBinding } from "@/lib/azure/deployment-types";
import type { AzureCaller } from "@/lib/azure/types";
import type { Plan } from "@/lib/plans/plan";
import { liveRoles } from "@/lib/roles/testing";
import { fullNameOf } from "@/lib/roles/rules";
import { bindingsSeen } from "./seen";
import { cluster, clusterId, inference, mlworkload, readable, refused, workspaceId } from "./testing";

const azure = vi.hoisted(() => ({
  getCluster: vi.fn(),
  openApiServer: vi.fn(),
  listClusterRoleBindings: vi.fn(),
  listClusterRoles: vi.fn(),
}));
vi.mock("@/lib/azure/clusters", () => ({ getCluster: azure.getCluster }));
vi.mock("@/lib/azure/kubernetes", () => azure);

const caller = {} as AzureCaller;
const rulesOf = (fullName: string) => liveRoles.find((one) => fullNameOf(one) === fullName)?.rules ?? [];
const short = (role: string): string => role.slice(role.lastIndexOf("/") + 1);
const nameOf = (binding: string, role: string): string => `aks:trustedaccessrole:${binding}:${short(role)}`;
const plain = { namespace: null, labels: {}, createdAt: null };
const roleOf = (binding: string, role: string, rules = rulesOf(role)): KubernetesRole => ({ ...plain, name: nameOf(binding, role), rules });
const givenBy = (binding: string, role: string): KubernetesRoleBinding => ({
  ...plain,
  name: `given-${binding}-${short(role)}`,
  role: { kind: "ClusterRole", name: nameOf(binding, role) },
  subjects: [{ kind: "User", name: `aks:trustedaccess:${binding}`, namespace: null }],
});
const state = (roles: string[], sourceResourceId = workspaceId) => ({ name: "ml", sourceResourceId, roles });
const planOf = (before: ReturnType<typeof state> | null, after: ReturnType<typeof state> | null, verified = true): Plan =>
  ({
    kind: after === null ? "binding-revoke" : "binding-grant",
    target: { clusterId, bindingName: "ml", bindingId: `${clusterId}/trustedAccessRoleBindings/ml`, sourceResourceId: workspaceId },
    before,
    after,
    roles: (after?.roles ?? []).map((fullName) => ({ fullName, rules: rulesOf(fullName), verified })),
  }) as unknown as Plan;
const showing = (bindings: KubernetesRoleBinding[], roles: KubernetesRole[] = []) => {
  azure.listClusterRoleBindings.mockResolvedValue(readable(bindings));
  azure.listClusterRoles.mockResolvedValue(readable(roles));
};

beforeEach(() => {
  vi.resetAllMocks();
  azure.getCluster.mockResolvedValue(readable(cluster));
  azure.openApiServer.mockResolvedValue(readable({ host: "aks-dev" }));
});

describe("a grant", () => {
  test("is seen where the cluster has a role of its name with exactly its rules, given to somebody", async () => {
    showing([givenBy("ml", mlworkload)], [roleOf("ml", mlworkload)]);
    expect(await bindingsSeen(caller, planOf(null, state([mlworkload])))).toEqual({ seen: true });
  });

  test("is not seen by a role of other rules, by one that nobody holds, or when its own rules are not known", async () => {
    showing([givenBy("ml", mlworkload)], [roleOf("ml", mlworkload, rulesOf(inference))]);
    expect(await bindingsSeen(caller, planOf(null, state([mlworkload])))).toMatchObject({ seen: false });
    showing([], [roleOf("ml", mlworkload)]);
    expect(await bindingsSeen(caller, planOf(null, state([mlworkload])))).toMatchObject({ seen: false });
    showing([givenBy("ml", mlworkload)], [roleOf("ml", mlworkload)]);
    expect(await bindingsSeen(caller, planOf(null, state([mlworkload]), false))).toMatchObject({ seen: false });
  });

  test("that takes a role away is seen once that role is given no more", async () => {
    const plan = planOf(state([mlworkload, inference]), state([mlworkload]));
    showing([givenBy("ml", mlworkload), givenBy("ml", inference)], [roleOf("ml", mlworkload), roleOf("ml", inference)]);
    expect(await bindingsSeen(caller, plan)).toMatchObject({ seen: false });
    showing([givenBy("ml", mlworkload)], [roleOf("ml", mlworkload)]);
    expect(await bindingsSeen(caller, plan)).toEqual({ seen: true });
  });

  test("to another source with the same roles is never seen: the cluster does not show the source", async () => {
    showing([givenBy("ml", mlworkload)], [roleOf("ml", mlworkload)]);
    expect(await bindingsSeen(caller, planOf(state([mlworkload], `${workspaceId}-2`), state([mlworkload])))).toMatchObject({ seen: false });
  });
});

describe("a removal", () => {
  const removal = planOf(state([mlworkload]), null);

  test("is seen where other bindings show under such names and this one does not", async () => {
    showing([givenBy("backup", mlworkload)]);
    expect(await bindingsSeen(caller, removal)).toEqual({ seen: true });
  });

  test("is not seen while the cluster still has it, or where no name vouches for the others", async () => {
    showing([givenBy("backup", mlworkload), givenBy("ML", mlworkload)]);
    expect(await bindingsSeen(caller, removal)).toMatchObject({ seen: false });
    showing([]);
    expect(await bindingsSeen(caller, removal)).toMatchObject({ seen: false });
  });

  test("is not seen by what could not be read", async () => {
    showing([givenBy("backup", mlworkload)]);
    azure.listClusterRoleBindings.mockResolvedValue(refused("list", "clusterrolebindings"));
    expect(await bindingsSeen(caller, removal)).toMatchObject({ seen: false });
    azure.openApiServer.mockResolvedValue({ state: "unavailable", message: "It is private." });
    expect(await bindingsSeen(caller, removal)).toMatchObject({ seen: false });
    azure.getCluster.mockResolvedValue({ state: "absent" });
    expect(await bindingsSeen(caller, removal)).toMatchObject({ seen: false });
  });
});

test("a plan that changes no binding has nothing to be seen", async () => {
  showing([givenBy("ml", mlworkload)], [roleOf("ml", mlworkload)]);
  expect(await bindingsSeen(caller, planOf(state([mlworkload]), state([mlworkload])))).toMatchObject({ seen: false });
});

test("why it was not seen is said, with the time of the reading", async () => {
  const why = async (plan: Plan): Promise<string> => {
    const sighting = await bindingsSeen(caller, plan);
    return sighting.seen ? "seen" : sighting.why;
  };
  const removal = planOf(state([mlworkload]), null);
  showing([givenBy("ml", mlworkload)]);
  expect(await why(removal)).toMatch(/^Read at \d\d:\d\d:\d\d UTC, the rule of the binding ml was still there\.$/);
  showing([]);
  expect(await why(removal)).toContain("the absence of ml proves nothing");
  showing([givenBy("ml", mlworkload), givenBy("ml", inference)], [roleOf("ml", mlworkload)]);
  expect(await why(planOf(state([mlworkload, inference]), state([mlworkload])))).toContain("of the binding ml was still given");
  azure.openApiServer.mockResolvedValue({ state: "unavailable", message: "The API server did not answer." });
  expect(await why(removal)).toBe("The API server could not be read: The API server did not answer.");
});
