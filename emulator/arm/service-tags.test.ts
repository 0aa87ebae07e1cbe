import { readFileSync } from "node:fs";
import { Agent } from "node:https";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { subscriptionIds } from "../tenant/ids";
import { send, type TestAzure, testAzure } from "../testing";

type Tag = { name: string; properties: { changeNumber: unknown; addressPrefixes: string[] } };
type Tags = { changeNumber: unknown; values: Tag[]; nextLink?: string };

const eastUs = "AzureMachineLearning.EastUS";

let azure: TestAzure;
let agent: Agent;
beforeAll(async () => {
  azure = await testAzure({ speed: 1 });
  agent = new Agent({ ca: readFileSync(azure.caFile) });
});
beforeEach(async () => void (await azure.control("POST", "/reset", {})));
afterAll(async () => {
  agent.destroy();
  await azure.end();
});

const pathIn = (location: string) =>
  `/subscriptions/${subscriptionIds.prod}/providers/Microsoft.Network/locations/${location}/serviceTags?api-version=2025-05-01`;
const ofArm = async () => (await azure.as("Lena Fischer", "GET", pathIn("eastus2"))).body as Tags;
const download = (url = azure.serviceTagsUrl, headers = {}) => send(url, "GET", headers, undefined, agent);
const ofFile = async () => (await download()).body as Tags;
const prefixes = (tags: Tags, name: string) => tags.values.find((one) => one.name === name)?.properties.addressPrefixes;
const publish = (body: object) => azure.control("POST", "/service-tags", body);
const narrow = (all: string[] = []) => all.filter((one) => !one.includes(":"));

test("ARM answers the tags of all regions whatever the location, with change numbers as texts", async () => {
  const tags = await ofArm();
  expect(tags).toMatchObject({ name: "public", type: "Microsoft.Network/serviceTags", changeNumber: "375", cloud: "Public" });
  expect(tags.nextLink).toBeUndefined();
  expect(tags.values.find((one) => one.name === eastUs)).toEqual({
    name: eastUs,
    id: eastUs,
    serviceTagChangeNumber: "3",
    properties: {
      changeNumber: "3",
      region: "eastus",
      systemService: "AzureMachineLearning",
      addressPrefixes: expect.arrayContaining(["20.42.0.240/28", "2603:1030:210:1::2c0/122"]) as string[],
      state: "GA",
    },
  });
  expect((await azure.as("Lena Fischer", "GET", pathIn("westeurope"))).body).toEqual(tags);
});

test("no tag but a region's own fits in the 200 ranges of a cluster, and the global one holds every regional prefix", async () => {
  const tags = await ofArm();
  const global = prefixes(tags, "AzureMachineLearning") ?? [];
  expect(narrow(global).length).toBeGreaterThan(200);
  expect(narrow(prefixes(tags, "AzureCloud.eastus")).length).toBeGreaterThan(200);
  const regional = tags.values.filter((one) => one.name.startsWith("AzureMachineLearning."));
  expect(new Set([...global, ...regional.flatMap((one) => one.properties.addressPrefixes)]).size).toBe(global.length);
  expect(Math.max(...regional.map((one) => narrow(one.properties.addressPrefixes).length))).toBeLessThan(20);
});

test("the list comes in pages when it is told to", async () => {
  const whole = await ofArm();
  await azure.control("POST", "/page-sizes", { serviceTags: 50 });
  const found: Tag[] = [];
  for (let next: string | undefined = pathIn("eastus"); next !== undefined; ) {
    const page = (await azure.as("Lena Fischer", "GET", next)).body as Tags;
    expect(page.values.length).toBeLessThanOrEqual(50);
    found.push(...page.values);
    next = page.nextLink;
  }
  expect(found).toEqual(whole.values);
});

test("reading needs its action at the subscription, a region of Azure and a version that there is", async () => {
  const refused = await azure.as("Chloé Martin", "GET", pathIn("eastus2"));
  expect(refused).toMatchObject({ status: 403 });
  expect(refused.text).toContain("'Microsoft.Network/locations/serviceTags/read'");
  expect((await azure.as("Lena Fischer", "GET", pathIn("atlantis"))).body).toMatchObject({
    error: { code: "LocationNotAvailableForResourceType" },
  });
  expect((await azure.as("Lena Fischer", "GET", pathIn("eastus").replace("2025-05-01", "2012-01-01"))).body).toMatchObject({
    error: { code: "NoRegisteredProviderFound" },
  });
});

test("the weekly file is on a host of its own, wants no token, has the other shape, and is one edition ahead", async () => {
  expect(new URL(azure.serviceTagsUrl).host).not.toBe(`localhost:${azure.port}`);
  const answer = await download();
  const file = answer.body as Tags;
  expect(file).toMatchObject({ changeNumber: 376, cloud: "Public" });
  expect(file.values.find((one) => one.name === eastUs)).toMatchObject({
    properties: { changeNumber: 4, region: "eastus", regionId: 32, platform: "Azure", networkFeatures: null },
  });
  const before = prefixes(await ofArm(), eastUs) ?? [];
  expect(prefixes(file, eastUs)).toEqual(expect.arrayContaining([...before, "48.206.204.160/27"]));
  expect(before).not.toContain("48.206.204.160/27");
  const { fileUrl } = (await azure.control("GET", "/service-tags")).body as { fileUrl: string };
  expect(fileUrl).toMatch(/ServiceTags_Public_20251103\.json$/);
  expect((await download(fileUrl)).text).toBe(answer.text);
  expect((await download(fileUrl.replace("20251103", "20251104"))).status).toBe(404);
  expect((await download(undefined, { "if-none-match": String(answer.headers.etag) })).status).toBe(304);
});

test("ARM leaves out a region that is new, and catches up when it is told to", async () => {
  const chile = "AzureMachineLearning.ChileCentral";
  expect(prefixes(await ofArm(), chile)).toBeUndefined();
  expect(prefixes(await ofFile(), chile)).toBeDefined();
  await publish({ lag: 0, heldBack: [] });
  const [arm, file] = [await ofArm(), await ofFile()];
  expect(arm.changeNumber).toBe("376");
  expect(prefixes(arm, chile)).toEqual(prefixes(file, chile));
  expect(arm.values.map((one) => one.name)).toEqual(file.values.map((one) => one.name));
});

test("a newer edition adds to a regional tag and to its global one, and reaches ARM one edition later", async () => {
  const added = "48.204.191.160/27";
  const change = [{ tag: "AzureMachineLearning.EastUS2", add: [added] }];
  expect((await publish({ changes: change })).body).toMatchObject({ arm: 376, file: 377 });
  const file = await ofFile();
  for (const name of ["AzureMachineLearning.EastUS2", "AzureMachineLearning"]) expect(prefixes(file, name)).toContain(added);
  expect(prefixes(await ofArm(), "AzureMachineLearning.EastUS2")).not.toContain(added);
});

test("a tag shrinks, vanishes from ARM alone, or is gone for good", async () => {
  await publish({ lag: 0, heldBack: ["AzureMachineLearning.UKWest"], changes: [{ tag: eastUs, keep: 2 }] });
  expect(prefixes(await ofArm(), eastUs)).toEqual(["20.42.0.240/28", "20.62.135.208/28"]);
  expect(prefixes(await ofArm(), "AzureMachineLearning.UKWest")).toBeUndefined();
  expect(prefixes(await ofFile(), "AzureMachineLearning.UKWest")).toBeDefined();
  await publish({ changes: [{ tag: eastUs, gone: true }] });
  expect(prefixes(await ofFile(), eastUs)).toBeUndefined();
  expect((await publish({ changes: [{ tag: eastUs, keep: 1 }] })).status).toBe(400);
});

test("a file that was cut on its way can be told", async () => {
  await azure.control("POST", "/faults", { path: "^/download/", status: 200, body: '{"changeNumber": 376, "values": [{"na' });
  const answer = await download();
  expect(answer.text).toBe('{"changeNumber": 376, "values": [{"na');
  expect((await download()).body).toMatchObject({ changeNumber: 376 });
});
