import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { resetBudget } from "@/lib/azure/budget";
import { startTestCloud } from "@/lib/azure/testing";
import { readBindings } from "@/lib/bindings/read";
import { recordLook } from "@/lib/bindings/store";
import { db } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing";
import { newId } from "@/lib/kernel/ids";
import { idKey } from "@/lib/kernel/resource-id";
import { readRegions, readRoles } from "@/lib/roles/read";
import { readCluster, readClusters } from "./read";
import { readSource, readSources } from "./sources";
import { clusterIdNamed, fleetArm, testActor, type TestFleet, testSubscription, workspaceIdNamed } from "./testing";

vi.mock("@/lib/auth/caller", async () => ({ callerFor: (await import("./testing")).testCallerFor }));

testDatabase();
const mlworkload = "Microsoft.MachineLearningServices/workspaces/mlworkload";
let testCloud: Awaited<ReturnType<typeof startTestCloud>>;
let fleet: TestFleet;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());
beforeEach(async () => {
  resetBudget();
  for (const table of [db().binding, db().bindingObservation, db().clusterLook, db().request, db().roleSnapshot] as {
    deleteMany(): Promise<unknown>;
  }[])
    await table.deleteMany();
  fleet = {
    clusters: [{ name: "aks-b", tags: { Environment: "Production" } }, { name: "aks-a" }, { name: "aks-c" }],
    workspaces: ["ws-1", "ws-2"],
    bindings: {
      "aks-a": [
        { name: "ml", sourceResourceId: workspaceIdNamed("ws-1"), roles: [mlworkload] },
        { name: "old", sourceResourceId: workspaceIdNamed("gone"), roles: [mlworkload] },
      ],
    },
    roles: [
      {
        sourceResourceType: "Microsoft.MachineLearningServices/workspaces",
        name: "mlworkload",
        rules: [{ verbs: ["get"], apiGroups: [""], resources: ["secrets"], resourceNames: [], nonResourceURLs: [] }],
      },
    ],
    blind: [],
    unlisting: [],
    graphDown: false,
  };
  testCloud.arm.answer(fleetArm(fleet));
});

/** A person whose scope holds nothing and is fresh. */
async function person(portalRoles: string[], groupKeys: string[] = []) {
  const actor = testActor(portalRoles);
  await db().visibleScope.create({
    data: { tid: actor.tid, oid: actor.oid, subscriptionIds: [], resourceKeys: [], groupKeys, refreshedAt: new Date() },
  });
  return actor;
}

async function openRequest(cluster: string): Promise<string> {
  const at = new Date();
  const clusterId = clusterIdNamed(cluster);
  const { id } = await db().request.create({
    data: {
      id: newId(),
      kind: "binding-grant",
      state: "waiting",
      tid: testActor([]).tid,
      requesterOid: "o",
      requesterKey: "o",
      requesterName: "Ines",
      input: {},
      reason: "",
      clusterId,
      clusterKey: idKey(clusterId),

      sourceId: "s",
      sourceKey: "s",
      subscriptionId: testSubscription,
      bindingName: "ml",
      sentence: "A sentence.",
      correlationId: "c",
      createdAt: at,
      updatedAt: at,
    },
  });
  return id;
}

const approve = async (cluster: string, name: string, sourceId: string, roles: string[], state = "approved-present") => {
  const requestId = await openRequest(cluster);
  const bindingId = `${clusterIdNamed(cluster)}/trustedAccessRoleBindings/${name}`;
  await db().binding.create({
    data: {
      bindingKey: idKey(bindingId),
      bindingId,
      clusterKey: idKey(clusterIdNamed(cluster)),
      name,
      sourceId,
      sourceKey: idKey(sourceId),
      roles,
      state,
      requestId,
      runId: newId(),
      changedAt: new Date(),
    },
  });
  return requestId;
};
const params = (name: string) => ({ subscription: testSubscription, group: "rg-ml", name });

describe("the list of clusters", () => {
  test("is sorted by id, paged, searched in tags, and says what is production and what was seen", async () => {
    const actor = await person(["Requester"]);
    await recordLook(clusterIdNamed("aks-b"), [], new Date());
    await openRequest("aks-b");
    const first = await readClusters(actor, { limit: 2 });
    expect(first).toMatchObject({
      total: 3,
      failures: [],
      subscriptions: [{ id: testSubscription, name: "Contoso Dev" }],
      items: [
        { name: "aks-a", production: false, bindingsSeen: null, openRequests: 0 },
        { name: "aks-b", production: true, bindingsSeen: 0, openRequests: 1, subscriptionName: "Contoso Dev" },
      ],
    });
    const second = await readClusters(actor, { limit: 2, cursor: first.nextCursor ?? "" });
    expect(second).toMatchObject({ items: [{ name: "aks-c" }], nextCursor: null });
    expect(await readClusters(actor, { limit: 50, search: "environment=PROD" })).toMatchObject({ total: 1, items: [{ name: "aks-b" }] });
    expect(await readClusters(actor, { limit: 50, subscription: "00000000-0000-4000-8000-000000000000" })).toMatchObject({ total: 0 });
  });

  test("is each person's own", async () => {
    await readClusters(await person(["Requester"]), { limit: 50 });
    const blind = await person(["Requester"]);
    fleet.blind.push(blind.oid);
    expect(await readClusters(blind, { limit: 50 })).toMatchObject({ total: 0, items: [], subscriptions: [] });
  });

  test("is read subscription by subscription when Resource Graph does not answer", async () => {
    fleet.graphDown = true;
    expect(await readClusters(await person(["Requester"]), { limit: 50 })).toMatchObject({ total: 3, failures: [] });
    testCloud.arm.answer((request) =>
      request.path.endsWith("/managedClusters")
        ? { status: 403, body: { error: { code: "AuthorizationFailed", message: "No." } } }
        : fleetArm(fleet)(request),
    );
    expect(await readClusters(await person(["Requester"]), { limit: 50 })).toMatchObject({
      total: 0,
      failures: [{ scopeName: "Contoso Dev", state: "no-permission" }],
    });
  });
});

describe("one cluster", () => {
  test("comes with its bindings beside the record, and the look is kept", async () => {
    const actor = await person(["Requester"]);
    const requestId = await approve("aks-a", "ml", workspaceIdNamed("ws-1"), [mlworkload.toUpperCase()]);
    const detail = await readCluster(actor, params("AKS-a"));
    expect(detail).toMatchObject({
      cluster: { state: "ok", value: { name: "aks-a", resourceUid: "uid-aks-a" } },
      slotsUsed: 2,
      slotLimit: 8,
      locks: { state: "ok", value: [] },
    });
    expect(detail.bindings).toMatchObject({
      state: "ok",
      value: [
        {
          name: "ml",
          standing: "approved-here",
          orphan: false,
          requestId,
          roles: [{ fullName: mlworkload, risk: "critical" }],
          maker: { name: "Bindery" },
        },
        { name: "old", standing: "made-outside", orphan: true, requestId: null },
      ],
    });
    expect(await db().bindingObservation.count({ where: { clusterKey: idKey(clusterIdNamed("aks-a")) } })).toBe(2);
  });

  test("that Azure does not show answers exactly like one that does not exist", async () => {
    const blind = await person(["Requester"]);
    fleet.blind.push(blind.oid);
    await openRequest("aks-a");
    const failure = async (name: string) =>
      readCluster(blind, params(name)).then(
        () => null,
        (error: Error) => ({ message: error.message, code: (error as { code?: string }).code }),
      );
    const hidden = await failure("aks-a");
    expect(hidden).toMatchObject({ code: "not_found" });
    expect(await failure("aks-never")).toEqual(hidden);
    const seeing = await person(["Requester"]);
    expect(await readCluster(seeing, params("aks-never")).catch((error: Error) => error.message)).toBe(hidden?.message);
  });

  test("that is proven gone is still shown to whoever sees its group, when the record knows it", async () => {
    await openRequest("aks-deleted");
    const group = `/subscriptions/${testSubscription}/resourcegroups/rg-ml`;
    for (const actor of [await person(["Requester"], [group]), await person(["Auditor"])]) {
      expect(await readCluster(actor, params("aks-deleted"))).toMatchObject({
        cluster: { state: "absent" },
        requests: [{ sentence: "A sentence." }],
      });
    }
    await expect(readCluster(await person(["Requester"], [group]), params("aks-never"))).rejects.toMatchObject({ code: "not_found" });
    await expect(readCluster(await person(["Requester"]), params("aks-deleted"))).rejects.toMatchObject({ code: "not_found" });
  });

  test("of someone whom Entra wants again says so and keeps the claims challenge to itself", async () => {
    const actor = await person(["Requester"]);
    await db().visibleScope.updateMany({ where: { oid: actor.oid }, data: { resourceKeys: [idKey(clusterIdNamed("aks-a"))] } });
    const challenge = `Bearer error="insufficient_claims", claims="${Buffer.from('{"x":1}').toString("base64")}"`;
    testCloud.arm.answer(() => ({ status: 401, headers: { "www-authenticate": challenge }, body: {} }));
    const detail = await readCluster(actor, params("aks-a"));
    expect(detail).toMatchObject({ cluster: { state: "sign-in" }, bindings: { state: "sign-in" }, locks: { state: "sign-in" } });
    expect(JSON.stringify(detail)).not.toContain("claims");
  });

  test("whose bindings this person may not list says so instead of showing none", async () => {
    const actor = await person(["Requester"]);
    fleet.unlisting.push(actor.oid);
    expect(await readCluster(actor, params("aks-a"))).toMatchObject({
      cluster: { state: "ok" },
      bindings: { state: "no-permission" },
      slotsUsed: null,
    });
  });
});

describe("the list of bindings", () => {
  test("holds what was approved against what is live, and counts over everything visible", async () => {
    await approve("aks-a", "ml", workspaceIdNamed("ws-2"), [mlworkload]);
    await approve("aks-b", "lost", workspaceIdNamed("ws-1"), [mlworkload]);
    await approve("aks-b", "removed", workspaceIdNamed("ws-1"), [], "approved-absent");
    const list = await readBindings(await person(["Requester"]), { limit: 1 });
    expect(list).toMatchObject({
      counts: { different: 1, missing: 1, "made-outside": 1, "approved-here": 0, failed: 0 },
      failures: [],
      clusters: 3,
      fromRecordOnly: false,
      items: [{ name: "ml", standing: "different" }],
    });
    expect(list.nextCursor).not.toBeNull();
    const rest = await readBindings(await person(["Requester"]), { limit: 50, cursor: list.nextCursor ?? "" });
    expect(rest.items.map(({ name, standing }) => [name, standing])).toEqual([
      ["old", "made-outside"],
      ["lost", "missing"],
    ]);
    expect(await readBindings(await person(["Requester"]), { limit: 50, standing: "missing", search: "ws-1" })).toMatchObject({
      items: [{ name: "lost", clusterName: "aks-b" }],
      counts: { missing: 1, different: 1 },
    });
  });

  test("leaves out clusters whose bindings this person may not list, and names them", async () => {
    await readBindings(await person(["Requester"]), { limit: 50 });
    const actor = await person(["Requester"]);
    fleet.unlisting.push(actor.oid);
    expect(await readBindings(actor, { limit: 50 })).toMatchObject({
      items: [],
      counts: { "made-outside": 0 },
      failures: [{ state: "no-permission" }, { state: "no-permission" }, { state: "no-permission" }],
    });
  });

  test("is the record alone for an auditor without Azure rights, and nothing for a requester without them", async () => {
    await readBindings(await person(["Requester"]), { limit: 50 });
    const [auditor, requester] = [await person(["Auditor"]), await person(["Requester"])];
    fleet.blind.push(auditor.oid, requester.oid);
    expect(await readBindings(auditor, { limit: 50 })).toMatchObject({
      fromRecordOnly: true,
      items: [{ name: "ml", orphan: null, clusterName: "aks-a", roles: [{ risk: "critical" }] }, { name: "old" }],
    });
    expect(await readBindings(requester, { limit: 50 })).toMatchObject({
      fromRecordOnly: false,
      clusters: 0,
      items: [],
      counts: { "made-outside": 0 },
    });
  });

  test("of one cluster is that cluster's alone", async () => {
    expect(await readBindings(await person(["Requester"]), { limit: 50, cluster: clusterIdNamed("AKS-B") })).toMatchObject({ items: [] });
  });
});

describe("trusted access roles", () => {
  test("are live for who may read them, and else the last snapshot with its date and the reason", async () => {
    const [seeing, partly] = [await person(["Requester"]), await person(["Requester"])];
    const live = await readRoles(seeing, { subscription: testSubscription, location: "East US" });
    expect(live).toMatchObject({
      source: "live",
      location: "eastus",
      roles: [{ name: "mlworkload", risk: "critical" }],
      history: [{ hash: live.hash, changes: [] }],
    });
    testCloud.arm.answer((request) =>
      request.path.endsWith("/trustedAccessRoles")
        ? { status: 403, body: { error: { code: "AuthorizationFailed", message: "No." } } }
        : fleetArm(fleet)(request),
    );
    expect(await readRoles(partly, { subscription: testSubscription, location: "eastus" })).toMatchObject({
      source: "snapshot",
      hash: live.hash,
      message: expect.stringContaining("No.") as string,
      roles: [{ name: "mlworkload" }],
    });
    const blind = await person(["Requester"]);
    fleet.blind.push(blind.oid);
    expect(await readRoles(blind, { subscription: testSubscription, location: "eastus" })).toMatchObject({
      source: "none",
      roles: [],
      history: [],
    });
  });

  test("that changed under existing bindings are told in words", async () => {
    await readRoles(await person(["Requester"]), { subscription: testSubscription, location: "eastus" });
    const rule = fleet.roles[0]?.rules[0];
    if (rule !== undefined) rule.verbs = ["get", "list"];
    fleet.roles.push({ sourceResourceType: "Microsoft.Security/pricings", name: "new-one", rules: [] });
    const { history } = await readRoles(await person(["Requester"]), { subscription: testSubscription, location: "eastus" });
    expect(history).toHaveLength(2);
    expect(history[0]?.changes).toEqual(["mlworkload: added core: secrets [list]", "New role Microsoft.Security/pricings/new-one."]);
  });

  test("are offered for regions with clusters", async () => {
    expect(await readRegions(await person(["Requester"]))).toEqual({
      items: [{ subscriptionId: testSubscription, subscriptionName: "Contoso Dev", location: "eastus", clusters: 3 }],
      failures: [],
    });
  });
});

test("sources are found by name, and one is read by its id", async () => {
  const actor = await person(["Requester"]);
  expect(await readSources(actor, { search: "the WS-2" })).toMatchObject({
    items: [{ name: "ws-2", friendlyName: "The ws-2", identity: { type: "SystemAssigned" } }],
    failures: [],
  });
  expect(await readSource(actor, { id: workspaceIdNamed("WS-1") })).toMatchObject({
    source: { state: "ok", value: { name: "ws-1", resourceGroup: "rg-ml", subscriptionId: testSubscription } },
  });
  expect(await readSource(actor, { id: workspaceIdNamed("ws-none") })).toEqual({ source: { state: "absent" } });
});

test("sources beyond a first page are counted, found by what is typed, and told apart by subscription", async () => {
  const actor = await person(["Requester"]);
  fleet.workspaces = Array.from({ length: 230 }, (_, index) => `ws-${String(index).padStart(3, "0")}`);
  const first = await readSources(actor, { search: "ws-" });
  expect([first.items.length, first.total]).toEqual([200, 230]);
  expect((await readSources(actor, { search: "ws-229", subscription: testSubscription })).items.map(({ name }) => name)).toEqual([
    "ws-229",
  ]);
  expect(await readSources(actor, { search: "ws-229", subscription: newId() })).toMatchObject({ items: [], total: 0 });
});
