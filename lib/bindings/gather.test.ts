import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { resetBudget } from "@/lib/azure/budget";
import { startTestCloud, testCaller } from "@/lib/azure/testing";
import {
  clusterIdNamed,
  fleetArm,
  type TestFleet,
  testActor,
  testCallerFor,
  testSubscription,
  workspaceIdNamed,
} from "@/lib/clusters/testing";
import { db } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing";
import { latestSnapshot } from "@/lib/roles/store";
import { gatherBindingFacts } from "./gather";
import { recordLook } from "./store";

testDatabase();
const mlworkload = "Microsoft.MachineLearningServices/workspaces/mlworkload";
let testCloud: Awaited<ReturnType<typeof startTestCloud>>;
let fleet: TestFleet;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());
beforeEach(() => {
  resetBudget();
  fleet = {
    clusters: [{ name: "aks-a" }, { name: "aks-b" }],
    workspaces: ["ws-1"],
    bindings: { "aks-a": [{ name: "ML", sourceResourceId: workspaceIdNamed("ws-1"), roles: [mlworkload] }] },
    roles: [{ sourceResourceType: "Microsoft.MachineLearningServices/workspaces", name: "mlworkload", rules: [] }],
    blind: [],
    unlisting: [],
    graphDown: false,
  };
  testCloud.arm.answer(fleetArm(fleet));
});

const common = { clusterId: clusterIdNamed("aks-a"), reason: "" };
const grant = {
  kind: "binding-grant" as const,
  ...common,
  name: "new",
  sourceResourceId: workspaceIdNamed("ws-1"),
  roles: [mlworkload],
  hours: null,
};
const revoke = { kind: "binding-revoke" as const, ...common, name: "ml" };
const someone = () => testCallerFor(testActor([]));

test("a grant's facts are all read with the one token, and the catalogue and the look are kept", async () => {
  const seenAs = new Set<string>();
  const answer = fleetArm(fleet);
  testCloud.arm.answer((request) => {
    seenAs.add(request.headers.authorization ?? "none");
    return answer(request);
  });
  const caller = someone();
  const facts = await gatherBindingFacts(caller, grant);
  expect(facts).toMatchObject({
    cluster: { state: "ok", value: { name: "aks-a", resourceUid: "uid-aks-a" } },
    bindings: { state: "ok", value: [{ name: "ML" }] },
    catalogue: { state: "ok", value: { roles: [{ name: "mlworkload" }] } },
    source: { state: "ok", value: { name: "ws-1", identity: { type: "SystemAssigned" } } },
    locks: { state: "ok" },
    permissions: { state: "ok", value: [{ actions: ["*"] }] },
    writers: { state: "ok" },
    subscriptions: [{ id: testSubscription, name: "Contoso Dev" }],
    approved: null,
  });
  expect([...seenAs]).toEqual([`Bearer ${caller.oid}`]);
  expect(facts.snapshot?.roles).toHaveLength(1);
  expect(await latestSnapshot(testSubscription, "EastUS")).not.toBeNull();
  expect(await db().bindingObservation.count()).toBe(1);
});

test("a revoke's source is that of the live binding, whatever the case of its name", async () => {
  expect(await gatherBindingFacts(someone(), revoke)).toMatchObject({ source: { state: "ok", value: { name: "ws-1" } } });
  expect(await gatherBindingFacts(someone(), { ...revoke, name: "none" })).toMatchObject({
    source: { state: "absent" },
    writers: { state: "absent" },
  });
});

test("what the token cannot read is told as such and nothing is guessed", async () => {
  const caller = someone();
  fleet.blind.push(caller.oid);
  const facts = await gatherBindingFacts(caller, grant);
  for (const part of ["cluster", "bindings", "catalogue", "source", "locks", "permissions", "writers"] as const)
    expect([part, facts[part].state]).toEqual([part, "no-permission"]);
  expect(facts).toMatchObject({ snapshot: null, subscriptions: [], sourceElsewhere: [] });
  const unlisting = someone();
  fleet.unlisting.push(unlisting.oid);
  expect(await gatherBindingFacts(unlisting, revoke)).toMatchObject({
    bindings: { state: "no-permission" },
    source: { state: "no-permission" },
  });
});

test("what the source holds elsewhere is told only of clusters that Azure shows to this person", async () => {
  await recordLook(
    clusterIdNamed("aks-b"),
    [
      {
        id: `${clusterIdNamed("aks-b")}/trustedAccessRoleBindings/b`,
        name: "b",
        sourceResourceId: workspaceIdNamed("WS-1"),
        roles: [mlworkload],
        provisioningState: "Succeeded",
      },
    ],
    new Date(),
  );
  await recordLook(
    clusterIdNamed("aks-hidden"),
    [
      {
        id: `${clusterIdNamed("aks-hidden")}/trustedAccessRoleBindings/h`,
        name: "h",
        sourceResourceId: workspaceIdNamed("ws-1"),
        roles: [mlworkload],
        provisioningState: "Succeeded",
      },
    ],
    new Date(),
  );
  const { sourceElsewhere } = await gatherBindingFacts(someone(), grant);
  expect(sourceElsewhere).toEqual([{ clusterId: clusterIdNamed("aks-b"), clusterName: "aks-b", bindingName: "b", roles: [mlworkload] }]);
});

test("gathering writes nothing to Azure", async () => {
  await gatherBindingFacts({ ...testCaller(), observe: (note) => expect(["GET", "POST"]).toContain(note.method) }, grant);
  expect(
    testCloud.arm.received.filter(({ method, path }) => method !== "GET" && path !== "/providers/Microsoft.ResourceGraph/resources"),
  ).toEqual([]);
});
