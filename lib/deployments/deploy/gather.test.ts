import { beforeEach, describe, expect, test, vi } from "vitest";
import { cluster, clusterId, compute, readable, refused, subscriptionId, workspace, workspaceId } from "../preflight/testing/facts";
import { caller, deployInput } from "../testing";
import { gatherDeployFacts } from "./gather";

/** One call to ARM each, but the inside of a cluster, which costs one for its address. */
const azure = vi.hoisted(() => ({
  getCluster: vi.fn(),
  lookIntoCluster: vi.fn(),
  readAndKeep: vi.fn(),
  listKubernetesVersions: vi.fn(),
  listExtensions: vi.fn(),
  getProvider: vi.fn(),
  listLocks: vi.fn(),
  listPermissions: vi.fn(),
  listRolesOf: vi.fn(),
  getSource: vi.fn(),
  listComputes: vi.fn(),
  lookAtBindings: vi.fn(),
}));
vi.mock("@/lib/bindings/store", () => ({ approvedOn: () => Promise.resolve([]) }));
vi.mock("@/lib/azure/clusters", () => azure);
vi.mock("./cluster-look", () => azure);
vi.mock("@/lib/roles/catalogue", () => azure);
vi.mock("@/lib/roles/store", () => ({ latestSnapshot: async () => null }));
vi.mock("@/lib/azure/extensions", () => azure);
vi.mock("@/lib/azure/providers", () => ({
  listProviders: (who: unknown, subscription: string, namespaces: string[]) =>
    Promise.all(namespaces.map((namespace) => azure.getProvider(who, subscription, namespace))),
}));
vi.mock("@/lib/azure/locks", () => azure);
vi.mock("@/lib/azure/access", () => azure);
vi.mock("@/lib/azure/sources", () => azure);
vi.mock("@/lib/azure/computes", () => azure);
vi.mock("@/lib/bindings/look", () => azure);
vi.mock("@/lib/network/authorize/gather", () => ({ gatherList: async () => list }));
vi.mock("../protected-store", async (original) => ({ ...(await original<object>()), keptValues: async () => [] }));

const list = { list: refused("x/read", "/") };
const unread = refused("x/read", "/");
const made = deployInput({ workspace: { use: "new", name: "ml-new", resourceGroup: "ml-rg", location: "eastus" } });
const calls = () => Object.values(azure).reduce((sum, mock) => sum + mock.mock.calls.length, 0);
const scopes = () => azure.listPermissions.mock.calls.map(([, scope]) => scope as string);
const registered = (...missing: string[]) =>
  azure.getProvider.mockImplementation(async (_who, _subscription, namespace: string) =>
    readable({ namespace, state: missing.includes(namespace) ? "NotRegistered" : "Registered" }),
  );
let persons = 0;
/** Somebody for whom nothing is kept yet. */
const somebody = () => ({ ...caller, oid: `o-${persons++}` });
const gather = (input = deployInput(), who = somebody()) => gatherDeployFacts(who, input, who);

beforeEach(() => {
  vi.resetAllMocks();
  azure.getCluster.mockResolvedValue(readable(cluster));
  azure.lookIntoCluster.mockResolvedValue({ direct: true, nodes: unread, pods: unread, namespaces: unread, findings: unread });
  azure.readAndKeep.mockResolvedValue(readable({ subscriptionId, location: "eastus", roles: [] }));
  azure.listKubernetesVersions.mockResolvedValue(readable([{ version: "1.35", isOfficial: true, isPreview: false }]));
  azure.listPermissions.mockResolvedValue(readable([{ actions: ["*"], notActions: [] }]));
  azure.getSource.mockResolvedValue(readable(workspace));
  azure.listComputes.mockResolvedValue(readable([compute()]));
  for (const mock of [azure.listExtensions, azure.listLocks, azure.lookAtBindings, azure.listRolesOf]) mock.mockResolvedValue(readable([]));
  registered();
});

describe("the calls to ARM of one look", () => {
  const userAssigned = readable({ ...workspace, identity: { type: "UserAssigned", principalId: "p", tenantId: "t" } });
  const kubernetes = "Microsoft.KubernetesConfiguration";
  const learning = "Microsoft.MachineLearningServices";

  test.each<[string, () => void, ReturnType<typeof deployInput>]>([
    ["a workspace that is there", () => undefined, deployInput()],
    ["the extension that is there", () => undefined, deployInput({ extension: "present" })],
    ["a provider to be registered", () => registered(kubernetes), deployInput()],
    ["a new workspace", () => undefined, made],
    ["a new workspace, and two providers to be registered", () => registered(kubernetes, learning), made],
    ["a new workspace, and its provider to be registered", () => registered(learning), made],
  ])("are at most twelve: %s", async (_, arrange, input) => {
    arrange();
    await gather(input);
    expect(calls()).toBeGreaterThan(9);
    expect(calls()).toBeLessThanOrEqual(12);
  });

  test("are one more for a user-assigned identity, until the region's versions are known", async () => {
    azure.getSource.mockResolvedValue(userAssigned);
    const who = somebody();
    await gather(deployInput(), who);
    expect(calls()).toBe(13);
    await gather(deployInput(), who);
    expect(calls()).toBe(13 + 12);
  });

  test("ask for the region's versions once, as long as they could be read, and again for another person", async () => {
    const who = somebody();
    await gather(deployInput(), who);
    expect((await gather(deployInput(), who)).kubernetesVersions).toMatchObject({ state: "ok" });
    expect(azure.listKubernetesVersions).toHaveBeenCalledTimes(1);
    await gather();
    expect(azure.listKubernetesVersions).toHaveBeenCalledTimes(2);
  });
});

test("rights are read where a step needs them: on the subscription only where something is registered", async () => {
  await gather();
  expect(scopes()).toEqual([clusterId, workspaceId]);
  azure.listPermissions.mockClear();
  registered("Microsoft.KubernetesConfiguration");
  const { people, extensions } = await gather();
  expect(scopes()).toEqual([clusterId, workspaceId, `/subscriptions/${subscriptionId}`]);
  expect(people).toMatchObject([{ subscription: { state: "ok" }, resourceGroup: { state: "absent" } }]);
  expect(extensions).toMatchObject({ state: "ok", value: [] });
  expect(azure.listExtensions).toHaveBeenCalledTimes(1);
  azure.listPermissions.mockClear();
  registered();
  await gather(made);
  expect(scopes()).toEqual([clusterId, `/subscriptions/${subscriptionId}/resourceGroups/ml-rg`]);
});

test("a provider that cannot be read is taken neither for registered nor for missing", async () => {
  azure.getProvider.mockResolvedValue(unread);
  const { providers } = await gather();
  expect(providers).toMatchObject({ state: "no-permission" });
  expect(azure.listExtensions).toHaveBeenCalledTimes(1);
  expect(scopes()).toEqual([clusterId, workspaceId]);
});

test("the list that an approval rests on is read, also where there is none any more", async () => {
  const who = somebody();
  expect((await gatherDeployFacts(who, deployInput(), who)).network).toBeUndefined();
  expect((await gatherDeployFacts(who, deployInput(), who, true)).network).toBe(list);
});
