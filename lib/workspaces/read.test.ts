import { beforeEach, describe, expect, test, vi } from "vitest";
import type { WorkspaceDetail } from "@/lib/azure/deployment-types";
import type { Readable, Workspace } from "@/lib/azure/types";
import { clusterIdNamed, testActor, testSubscription, workspaceIdNamed } from "@/lib/clusters/testing";
import { db } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing";
import { compute } from "@/lib/deployments/preflight/testing/facts";
import { newId } from "@/lib/kernel/ids";
import { idKey } from "@/lib/kernel/resource-id";
import { readWorkspace, readWorkspaces } from "./read";

const azure = vi.hoisted(() => ({
  listWorkspaces: vi.fn(),
  listComputes: vi.fn(),
  getWorkspace: vi.fn(),
  listClusters: vi.fn(),
  listSubscriptions: vi.fn(),
}));
vi.mock("@/lib/auth/caller", async () => ({ callerFor: (await import("@/lib/clusters/testing")).testCallerFor }));
vi.mock("@/lib/azure/sources", async (actual) => ({ ...(await actual<object>()), listWorkspaces: azure.listWorkspaces }));
vi.mock("@/lib/azure/computes", () => azure);
vi.mock("@/lib/azure/workspaces", () => azure);
vi.mock("@/lib/azure/subscriptions", () => azure);
vi.mock("@/lib/azure/clusters", async (actual) => ({ ...(await actual<object>()), listClusters: azure.listClusters }));

testDatabase();
const ok = <T>(value: T): Readable<T> => ({ state: "ok", value, at: "2026-11-24T12:00:00Z" });
const no: Readable<never> = { state: "no-permission", message: "No." };
const workspace = (name: string): Workspace => ({
  id: workspaceIdNamed(name),
  name,
  type: "Microsoft.MachineLearningServices/workspaces",
  location: "eastus",
  tenantId: null,
  identity: { type: "SystemAssigned", principalId: "p", tenantId: null },
  subscriptionId: testSubscription,
  resourceGroup: "rg-ml",
  friendlyName: null,
});
const detail: WorkspaceDetail = {
  ...workspace("ws-1"),
  provisioningState: "Succeeded",
  userAssignedIdentities: [],
  primaryUserAssignedIdentity: null,
  storageAccount: null,
  keyVault: null,
  containerRegistry: null,
  applicationInsights: null,
  publicNetworkAccess: "Enabled",
};
const address = { subscription: testSubscription, group: "rg-ml", name: "ws-1" };

beforeEach(async () => {
  vi.resetAllMocks();
  await db().request.deleteMany();
  azure.listSubscriptions.mockResolvedValue([{ id: testSubscription, name: "Contoso Dev", tenantId: "t", state: "Enabled" }]);
  azure.listWorkspaces.mockResolvedValue({ items: [workspace("ws-1"), workspace("ws-2")], failures: [], at: "2026-11-24T12:00:00Z" });
  azure.listClusters.mockResolvedValue({ items: [], failures: [], at: "" });
  azure.listComputes.mockImplementation(async (_caller: unknown, id: string) =>
    id === workspaceIdNamed("ws-1") ? ok([compute(), { ...compute(), computeType: "AmlCompute", resourceId: null }]) : no,
  );
  azure.getWorkspace.mockResolvedValue(ok(detail));
});

/** A person whose scope holds some clusters. */
async function person(clusters: string[] = []) {
  const actor = testActor(["Requester"]);
  const resourceKeys = clusters.map((name) => idKey(clusterIdNamed(name)));
  await db().visibleScope.create({
    data: { tid: actor.tid, oid: actor.oid, subscriptionIds: [], resourceKeys, groupKeys: [], refreshedAt: new Date() },
  });
  return actor;
}

async function request(cluster: string, sentence: string): Promise<void> {
  const at = new Date();
  const clusterId = clusterIdNamed(cluster);
  const sourceId = workspaceIdNamed("ws-1");
  const who = { tid: testActor([]).tid, requesterOid: "o", requesterKey: "o", requesterName: "Ines" };
  const about = { clusterId, clusterKey: idKey(clusterId), sourceId, sourceKey: idKey(sourceId), subscriptionId: testSubscription };
  const what = { kind: "binding-grant", state: "waiting", input: {}, reason: "", bindingName: "ml", sentence };
  await db().request.create({ data: { id: newId(), ...who, ...about, ...what, correlationId: "c", createdAt: at, updatedAt: at } });
}

describe("the list of workspaces", () => {
  test("is searched and paged by id, with the attached clusters that this person may read", async () => {
    const actor = await person();
    const first = await readWorkspaces(actor, { limit: 1 });
    expect(first).toMatchObject({
      total: 2,
      items: [{ name: "ws-1", subscriptionName: "Contoso Dev", clusters: { state: "ok", value: 1 } }],
    });
    const second = await readWorkspaces(actor, { limit: 1, cursor: first.nextCursor ?? "" });
    expect(second).toMatchObject({ items: [{ name: "ws-2", clusters: { state: "no-permission" } }], nextCursor: null });
    expect((await readWorkspaces(actor, { limit: 25, search: "WS-2" })).total).toBe(1);
    expect((await readWorkspaces(actor, { limit: 25, subscription: "another" })).total).toBe(0);
  });
});

describe("one workspace", () => {
  test("has its computes, and only those requests about it that this person may see", async () => {
    await request("seen", "A request that is seen.");
    await request("unseen", "A request that is not.");
    const found = await readWorkspace(await person(["seen"]), address);
    expect(found.requests.map(({ sentence }) => sentence)).toEqual(["A request that is seen."]);
    expect(found.computes).toMatchObject({ state: "ok", value: [{ computeType: "Kubernetes" }, { computeType: "AmlCompute" }] });
    expect(found.workspace).toMatchObject({ name: "ws-1", publicNetworkAccess: "Enabled" });
  });

  test("that Azure does not show reads exactly as an absent one", async () => {
    const actor = await person();
    azure.getWorkspace.mockResolvedValueOnce(no);
    const hidden = await readWorkspace(actor, address).catch((error: unknown) => error);
    azure.getWorkspace.mockResolvedValueOnce({ state: "absent" });
    const absent = await readWorkspace(actor, address).catch((error: unknown) => error);
    expect(hidden).toEqual(absent);
    expect(hidden).toMatchObject({ code: "not_found" });
  });
});
