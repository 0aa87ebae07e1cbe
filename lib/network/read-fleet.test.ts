import { clusterId, subscriptionIds, workspaceId } from "@/emulator/tenant/ids";
import { type TestAzure, testAzure } from "@/emulator/testing";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { testCaller } from "@/lib/azure/testing";
import type { AzureCaller } from "@/lib/azure/types";
import { recordLook } from "@/lib/bindings/store";
import { testActor } from "@/lib/clusters/testing";
import { testDatabase } from "@/lib/db/testing";
import { readFleetCoverage } from "./read-fleet";
import { importTags } from "./snapshots/import-tags";
import { fileOf, fileTag } from "./testing";

const who = vi.hoisted(() => ({ caller: (_oid: string): unknown => undefined }));
vi.mock("@/lib/auth/caller", () => ({ callerFor: ({ oid }: { oid: string }) => who.caller(oid) }));

testDatabase();
const { prod } = subscriptionIds;
const cluster = clusterId(prod, "rg-ml-prod", "aks-ml-prod");
let azure: TestAzure;

beforeAll(async () => {
  azure = await testAzure({ speed: 20_000 });
  Object.assign(process.env, azure.environment);
  // The account's name stands for the person of the local Azure.
  who.caller = (oid): AzureCaller =>
    testCaller({
      oid,
      getToken: async () => {
        const answer = await azure.control("POST", "/token", { person: oid });
        return { token: (answer.body as { access_token: string }).access_token, expiresOnTimestamp: Date.now() + 3_600_000 };
      },
    });
});
afterAll(() => azure.end());
beforeEach(async () => {
  await importTags(
    fileOf([
      fileTag("AzureMachineLearning.EastUS2", "eastus2", ["20.41.0.240/28", "104.208.144.160/28", "2603:1030:40c:1::2c0/122"]),
      fileTag("AzureMachineLearning.CentralUS", "centralus", ["13.89.171.64/28", "52.182.187.75/32"]),
    ]),
    { source: "file", whereFrom: "tags.json", publishedAt: null },
    null,
  );
});

const read = (person: string, query: Partial<Parameters<typeof readFleetCoverage>[1]> = {}) =>
  readFleetCoverage(testActor(["Approver"], person), { limit: 50, ...query });

test("every readable cluster has its state, and the counts are of all of them", async () => {
  const all = await read("Priya Raghunathan");
  expect(all.failures).toEqual([]);
  const states = Object.fromEntries(all.items.map(({ name, state }) => [name, state]));
  expect(states).toMatchObject({
    "aks-ml-prod": "partly",
    "aks-chaos-mesh-aks": "open",
    "aks-ml-private": "not-applicable",
    // The service tags of this file say nothing of its region.
    "aks-payments-prod": "unknown",
  });
  expect(Object.values(all.counts).reduce((sum, count) => sum + count, 0)).toBe(all.total);
  expect(all.items.find(({ name }) => name === "aks-ml-prod")).toMatchObject({ lacking: 2, counted: 4, workspaces: [] });
});

test("a state is filtered before paging, and the counts stay", async () => {
  const open = await read("Priya Raghunathan", { state: "open", limit: 2 });
  expect(open.items.map(({ state }) => state)).toEqual(["open", "open"]);
  expect(open.total).toBe(open.counts.open);
  const rest = await read("Priya Raghunathan", { state: "open", limit: 2, cursor: open.nextCursor ?? "" });
  expect(rest.items.map(({ id }) => id)).not.toContain(open.items[0]?.id);
  expect((await read("Priya Raghunathan", { state: "covered" })).items).toEqual([]);
});

test("a workspace with a binding that was seen is told, and that the ranges are its fallback", async () => {
  const source = workspaceId(prod, "rg-ml-prod", "mlw-fraud-prod");
  const roles = ["Microsoft.MachineLearningServices/workspaces/mlworkload"];
  const binding = {
    id: `${cluster}/trustedAccessRoleBindings/ml`,
    name: "ml",
    sourceResourceId: source,
    roles,
    provisioningState: "Succeeded",
  };
  await recordLook(cluster, [binding], new Date());
  const row = (await read("Priya Raghunathan", { search: "aks-ml-prod" })).items[0];
  expect(row?.workspaces).toEqual([
    { id: expect.stringMatching(/mlw-fraud-prod$/) as string, name: "mlw-fraud-prod", region: "eastus2", isFallback: true },
  ]);
});

test("open warnings are told of the tags that count for the clusters that a person sees, and of no other", async () => {
  const whole = ["EastUS", "UKSouth"].map((name) =>
    fileTag(`AzureMachineLearning.${name}`, name.toLowerCase(), ["20.16.0.0/28", "20.17.0.0/28", "20.18.0.0/28"]),
  );
  const less = whole.map((tag) => ({ ...tag, properties: { ...tag.properties, addressPrefixes: ["20.16.0.0/28"] } }));
  const origin = { source: "file", whereFrom: "tags.json", publishedAt: null } as const;
  await importTags(fileOf(whole, { changeNumber: 377 }), origin, null);
  await importTags(fileOf(less, { changeNumber: 378 }), origin, null);
  const warned = async (person: string) => {
    const { tags } = await read(person);
    return tags.state === "ok" ? tags.value.warnings.map(({ tag }) => tag) : tags.state;
  };
  const both = ["AzureMachineLearning.EastUS", "AzureMachineLearning.UKSouth"];
  expect(await warned("Priya Raghunathan")).toEqual(expect.arrayContaining(both));
  const own = await warned("Noah Bennett");
  expect(own).toContain(both[0]);
  expect(own).not.toContain(both[1]);
});

test("a person sees no cluster of a subscription that Azure does not show, and counts none", async () => {
  const seen = await read("Noah Bennett");
  expect(seen.items.length).toBeGreaterThan(0);
  expect(seen.items.filter(({ id }) => !id.toLowerCase().startsWith(`/subscriptions/${subscriptionIds.dev}`))).toEqual([]);
  expect(Object.values(seen.counts).reduce((sum, count) => sum + count, 0)).toBe(seen.items.length);
});
