import { afterAll, beforeAll, expect, test } from "vitest";
import { resetBudget } from "@/lib/azure/budget";
import { listClusters } from "@/lib/azure/clusters";
import { startTestCloud } from "@/lib/azure/testing";
import { fleetArm, type TestFleet, testActor, testCallerFor } from "@/lib/clusters/testing";
import { testDatabase } from "@/lib/db/testing";
import { freshen } from "./freshen";
import { looksOf } from "./store";

testDatabase();
let testCloud: Awaited<ReturnType<typeof startTestCloud>>;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());

const fleetOfMany = (count: number): TestFleet => ({
  clusters: Array.from({ length: count }, (_, index) => ({ name: `aks-${index}` })),
  workspaces: [],
  bindings: {},
  roles: [],
  blind: [],
  unlisting: [],
  graphDown: false,
});

test("of many clusters some are looked at beside the list, and those that nobody saw are named and not counted as empty", async () => {
  resetBudget();
  const answer = fleetArm(fleetOfMany(45));
  testCloud.arm.answer(answer);
  const caller = testCallerFor(testActor([]));
  const { items } = await listClusters(caller);
  const first = await freshen(caller, items);
  expect(first.failures).toMatchObject([{ scopeName: "45 clusters", state: "unavailable" }]);
  expect(first.hidden.size).toBe(45);
  await expect.poll(async () => (await looksOf("all")).size, { timeout: 20_000 }).toBe(40);
  await expect.poll(async () => (await freshen(caller, items)).failures, { timeout: 20_000, interval: 200 }).toEqual([]);
  expect((await freshen(caller, items)).hidden.size).toBe(0);
  expect((await looksOf("all")).size).toBe(45);
});

test("what another person's token saw is hidden from whoever may not list it", async () => {
  resetBudget();
  const stranger = { ...testActor([]), oid: "00000000-0000-4000-8000-00000000beef" };
  testCloud.arm.answer(fleetArm({ ...fleetOfMany(2), unlisting: [stranger.oid] }));
  const sees = testCallerFor(testActor([]));
  const { items } = await listClusters(sees);
  expect((await freshen(sees, items)).hidden.size).toBe(0);
  const { failures, hidden } = await freshen(testCallerFor(stranger), items);
  expect(failures.map(({ scopeName, state }) => `${scopeName} ${state}`).sort()).toEqual(["aks-0 no-permission", "aks-1 no-permission"]);
  expect(hidden.size).toBe(2);
});
