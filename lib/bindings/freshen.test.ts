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
  expect(await freshen(caller, items)).toMatchObject([{ scopeName: "45 clusters", state: "unavailable" }]);
  await expect.poll(async () => (await looksOf("all")).size, { timeout: 20_000 }).toBe(40);
  await expect.poll(() => freshen(caller, items), { timeout: 20_000, interval: 200 }).toEqual([]);
  expect((await looksOf("all")).size).toBe(45);
});
