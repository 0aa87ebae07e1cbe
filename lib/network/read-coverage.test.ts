import { subscriptionIds } from "@/emulator/tenant/ids";
import { type TestAzure, testAzure } from "@/emulator/testing";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { testCaller } from "@/lib/azure/testing";
import type { AzureCaller } from "@/lib/azure/types";
import { testActor } from "@/lib/clusters/testing";
import { testDatabase } from "@/lib/db/testing";
import { fileOf, fileTag } from "./testing";
import { readCoverage } from "./read-coverage";
import { importTags } from "./snapshots/import-tags";

const who = vi.hoisted(() => ({ name: "Priya Raghunathan", caller: (): unknown => undefined }));
vi.mock("@/lib/auth/caller", () => ({ callerFor: () => who.caller() }));

testDatabase();
const { prod, dev, data } = subscriptionIds;
const byHand = { source: "file", whereFrom: "tags.json", publishedAt: null } as const;
const eastUs2 = [
  fileTag("AzureMachineLearning.EastUS2", "eastus2", ["20.41.0.240/28", "104.208.144.160/28", "2603:1030:40c:1::2c0/122"]),
  fileTag("AzureMachineLearning.CentralUS", "centralus", ["13.89.171.64/28", "52.182.187.75/32"]),
];
const pairOf = (name: string, second: number) =>
  fileTag(name, name.split(".")[1]?.toLowerCase() ?? "", [`20.${second}.0.0/28`, `20.${second}.1.0/28`]);
let azure: TestAzure;

beforeAll(async () => {
  azure = await testAzure({ speed: 20_000 });
  Object.assign(process.env, azure.environment);
  who.caller = (): AzureCaller =>
    testCaller({
      getToken: async (scopes) => {
        const answer = await azure.control("POST", "/token", { person: who.name, scope: [scopes].flat()[0] });
        return { token: (answer.body as { access_token: string }).access_token, expiresOnTimestamp: Date.now() + 3_600_000 };
      },
      // What is remembered of a person is not another's.
      oid: who.name,
    });
  await importTags(fileOf(eastUs2), byHand, null);
});
afterAll(() => azure.end());

async function coverage(subscription: string, group: string, name: string, query: { scope?: "region" | "global"; address?: string } = {}) {
  return readCoverage(testActor(["Approver"]), { subscription, group, name }, { scope: "region-and-pair", ...query });
}

describe("the coverage of a cluster, read live", () => {
  test("brings the open warnings of the tags that count there, and of no other", async () => {
    const pair = [pairOf("AzureMachineLearning.UKSouth", 17), pairOf("AzureMachineLearning.UKWest", 18), pairOf("Storage", 19)];
    await importTags(fileOf([...eastUs2, ...pair], { changeNumber: 377 }), byHand, null);
    const less = pair.map((tag) => ({ ...tag, properties: { ...tag.properties, addressPrefixes: ["20.16.0.0/28"] } }));
    await importTags(fileOf([...eastUs2, ...less], { changeNumber: 378 }), byHand, null);
    const { tags } = await coverage(data, "rg-feature-store", "aks-feature-store");
    expect(tags).toMatchObject({
      value: {
        warnings: [
          { tag: "AzureMachineLearning.UKSouth", what: "shrank", lost: 2 },
          { tag: "AzureMachineLearning.UKWest", what: "shrank", lost: 2 },
        ],
      },
    });
    expect(await coverage(prod, "rg-ml-prod", "aks-ml-prod")).toMatchObject({ tags: { value: { warnings: [] } } });
  });

  test("names what is missing, keeps others' entries apart, and has a list to copy with both", async () => {
    const { coverage: read, exports, tags, unread } = await coverage(prod, "rg-ml-prod", "aks-ml-prod");
    expect({ tags, unread }).toMatchObject({ tags: { state: "ok", value: { warnings: [] } }, unread: [] });
    if (read.state !== "ok") throw new Error(read.state);
    const { state, ranges, entries, budget, workspaces } = read.value;
    expect(state).toBe("partly");
    const missing = ranges.filter((range) => range.state === "missing").map(({ prefix }) => prefix);
    expect(missing.length).toBeGreaterThan(0);
    expect(ranges.filter(({ prefix }) => prefix.includes(":")).map((range) => range.state)).toEqual(
      ranges.filter(({ prefix }) => prefix.includes(":")).map(() => "not-applicable"),
    );
    expect(entries.filter(({ kind }) => kind === "foreign").length).toBeGreaterThan(0);
    expect(budget).toEqual({ used: entries.length, after: entries.length + missing.length, limit: 200 });
    expect(workspaces.length).toBeGreaterThan(0);
    expect(exports?.list.trim().split("\n")).toEqual([...entries.map(({ raw }) => raw), ...missing]);
    expect(exports?.az).toContain(`--api-server-authorized-ip-ranges ${entries[0]?.raw}`);
  });

  test("answers about an address, and says what is none", async () => {
    const { coverage: read } = await coverage(prod, "rg-ml-prod", "aks-ml-prod");
    const entry = read.state === "ok" ? (read.value.entries[0]?.raw ?? "") : "";
    const address = entry.split("/")[0] ?? "";
    expect((await coverage(prod, "rg-ml-prod", "aks-ml-prod", { address })).answer).toMatchObject({ address, state: "covered" });
    expect((await coverage(prod, "rg-ml-prod", "aks-ml-prod", { address: "300.1.2.3" })).answer).toHaveProperty("fault");
  });

  test("of an open cluster has no list to copy, and of a private one says that it has no meaning", async () => {
    const open = await coverage(dev, "rg-ml-ci", "aks-ml-ci");
    expect(open).toMatchObject({ coverage: { value: { state: "open" } }, exports: null });
    const states = open.coverage.state === "ok" ? open.coverage.value.ranges.map(({ state }) => state) : [];
    expect(new Set(states), "nothing is missing where everything is let in").toEqual(new Set([null]));
    const hidden = await coverage(prod, "rg-ml-prod-private", "aks-ml-private");
    expect(hidden).toMatchObject({
      coverage: { value: { state: "not-applicable", obstacle: expect.stringContaining("private") as string } },
    });
  });

  test("of a cluster that Azure does not show to a person is not found, as an absent one", async () => {
    who.name = "Daniel Kowalski";
    try {
      const missing = await coverage(prod, "rg-ml-prod", "aks-none").catch((error: unknown) => error);
      const hidden = await coverage(prod, "rg-ml-prod", "aks-ml-prod").catch((error: unknown) => error);
      expect(hidden).toEqual(missing);
      expect(hidden).toMatchObject({ code: "not_found" });
    } finally {
      who.name = "Priya Raghunathan";
    }
  });
});
