import { readFileSync } from "node:fs";
import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Agent, getGlobalDispatcher, setGlobalDispatcher } from "undici";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type TestAzure, testAzure } from "@/emulator/testing";
import { person } from "@/lib/audit/testing";
import { db } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing";
import { moveClock } from "@/lib/kernel/clock";
import { withoutCommit } from "@/lib/requests/testing/database";
import { currentTags } from "./current";
import { readTagsWhenDue, type Source } from "./read-by-worker";
import { readTagsInUse } from "./read-tags-in-use";
import { forgetTags, ranges, trail, weekly } from "./testing";

testDatabase();
const hourMs = 3_600_000;
const eastUsTag = "AzureMachineLearning.EastUS";
const usual = getGlobalDispatcher();
let azure: TestAzure;
let source: Source;
let begun = 0;

beforeAll(async () => {
  azure = await testAzure({ speed: 1 });
  setGlobalDispatcher(new Agent({ connect: { ca: readFileSync(azure.caFile) } }));
  source = { address: azure.serviceTagsUrl, hosts: [new URL(azure.serviceTagsUrl).host], hours: 24 };
});
afterAll(async () => {
  await getGlobalDispatcher().close();
  setGlobalDispatcher(usual);
  await azure.end();
});
beforeEach(async () => {
  await azure.control("POST", "/reset", {});
  await forgetTags();
  begun = (await trail()).length;
});
afterEach(() => moveClock(0));

const since = async (): Promise<string[]> => (await trail()).slice(begun);
const state = () => db().tagFetch.findFirst();
/** Requests for the weekly file that reached its host. */
async function downloads(): Promise<{ status: number }[]> {
  const { items } = (await azure.control("GET", "/log")).body as { items: { path: string; status: number }[] };
  return items.filter(({ path }) => path.startsWith("/download/"));
}

describe("the weekly file at an address", () => {
  test("is imported over https, and told from ARM's", async () => {
    await readTagsWhenDue(source);
    expect(await db().tagSighting.findMany()).toMatchObject([
      { source: "url", whereFrom: `${new URL(source.address).host}, ServiceTags_Public.json`, changeNumber: 376n, byOid: null },
    ]);
    expect((await currentTags())?.tags.find(({ name }) => name === eastUsTag)?.prefixes).toContain("48.206.204.160/27");
    expect(await since()).toEqual(["service-tags-imported ok by nobody"]);
    expect(await state()).toMatchObject({ failure: null, etag: expect.any(String), readAt: expect.any(Date) });
  });

  test("is read by one of several workers, and again only when it is due", async () => {
    await Promise.all([1, 2, 3, 4].map(() => readTagsWhenDue(source)));
    await readTagsWhenDue(source);
    moveClock(23 * hourMs);
    await readTagsWhenDue(source);
    expect(await downloads()).toHaveLength(1);
    moveClock(25 * hourMs);
    await Promise.all([1, 2].map(() => readTagsWhenDue(source)));
    expect((await downloads()).map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 304]);
    const [row, ...others] = await db().tagSighting.findMany();
    expect(others).toEqual([]);
    expect((row?.lastSeenAt.getTime() ?? 0) - (row?.seenAt.getTime() ?? 0)).toBeGreaterThanOrEqual(24 * hourMs);
  });

  test("whose import breaks is told like one that is refused, and tried again in an hour", async () => {
    await readTagsWhenDue(source);
    await azure.control("POST", "/service-tags", { changes: [{ tag: eastUsTag, add: ["48.204.191.160/27"] }] });
    moveClock(25 * hourMs);
    await withoutCommit("tag_snapshot", () => readTagsWhenDue(source));
    expect(await state()).toMatchObject({ failure: expect.stringContaining("Bindery's fault") });
    expect(await since()).toEqual(["service-tags-imported ok by nobody", "service-tags-refused failed by nobody"]);
    moveClock(27 * hourMs);
    await readTagsWhenDue(source);
    expect(await state()).toMatchObject({ failure: null });
  });

  test("that is a new one becomes the current one", async () => {
    await readTagsWhenDue(source);
    await azure.control("POST", "/service-tags", { changes: [{ tag: eastUsTag, add: ["48.204.191.160/27"] }] });
    moveClock(25 * hourMs);
    await readTagsWhenDue(source);
    expect((await currentTags())?.tags.find(({ name }) => name === eastUsTag)?.prefixes).toContain("48.204.191.160/27");
    expect(await db().tagSnapshot.count()).toBe(2);
  });

  test.each([
    ["cut on its way", { status: 200, body: '{"changeNumber": 377, "values": [{"na' }, "ends in the middle", "refused"],
    ["not there", { status: 404, body: "gone" }, "answered 404", "failed"],
    ["on a page that moved elsewhere", { status: 302, headers: { location: "https://evil.example/tags.json" } }, "evil.example", "failed"],
    [
      "behind a redirect without TLS",
      { status: 302, headers: { location: "http://127.0.0.1/tags.json" } },
      "begin with https://",
      "failed",
    ],
    ["larger than 32 MB by its head", { status: 200, headers: { "content-length": "104857600" }, body: "{" }, "32 MB", "refused"],
  ])("that is %s changes nothing, is told once, and tried again in an hour", async (_, fault, says, outcome) => {
    await readTagsWhenDue(source);
    const before = await currentTags();
    await azure.control("POST", "/service-tags", { changes: [{ tag: eastUsTag, add: ["48.204.191.160/27"] }] });
    await azure.control("POST", "/faults", { path: "^/download/", times: 2, ...fault });
    for (const hours of [25, 27]) {
      moveClock(hours * hourMs);
      await readTagsWhenDue(source);
    }
    expect(await currentTags()).toEqual(before);
    expect(await state()).toMatchObject({ failure: expect.stringContaining(says) });
    expect(await since()).toEqual(["service-tags-imported ok by nobody", `service-tags-refused ${outcome} by nobody`]);
    moveClock(29 * hourMs);
    await readTagsWhenDue(source);
    expect(await state()).toMatchObject({ failure: null });
    expect(await currentTags()).not.toEqual(before);
  });

  test("is not asked for on a host that the settings do not name, nor without TLS", async () => {
    await readTagsWhenDue({ ...source, hosts: ["download.microsoft.com"] });
    expect(await state()).toMatchObject({ failure: expect.stringContaining("BINDERY_SERVICE_TAGS_HOSTS does not name") });
    await readTagsWhenDue({ ...source, address: source.address.replace("https:", "http:") });
    expect(await downloads()).toEqual([]);
  });

  test("of a worker that died in the middle is read by another one", async () => {
    await db().tagFetch.create({ data: { address: source.address, dueAt: new Date(Date.now() + 5 * 60_000), triedAt: new Date() } });
    await readTagsWhenDue(source);
    expect(await currentTags()).toBeNull();
    moveClock(6 * 60_000);
    await readTagsWhenDue(source);
    expect(await currentTags()).not.toBeNull();
  });
});

describe("the weekly file in a folder", () => {
  test("is imported, read again only when it changed, and its absence told on the page", async () => {
    const folder = await mkdtemp(join(tmpdir(), "bindery-tags-"));
    try {
      const address = join(folder, "ServiceTags_Public_20251110.json");
      const local: Source = { address, hosts: [], hours: 1 };
      await readTagsWhenDue(local);
      expect(await state()).toMatchObject({ failure: expect.stringContaining("cannot be read (ENOENT)") });
      await writeFile(address, weekly(376, { [eastUsTag]: ranges(3) }));
      moveClock(2 * hourMs);
      await readTagsWhenDue(local);
      const first = await currentTags();
      expect(first).toMatchObject({ since: "2025-11-10T00:00:00.000Z" });
      await writeFile(address, weekly(377, { [eastUsTag]: ranges(4) }));
      await utimes(address, new Date(), new Date(Date.now() + 60_000));
      moveClock(4 * hourMs);
      await readTagsWhenDue(local);
      expect((await currentTags())?.snapshotId).not.toBe(first?.snapshotId);
      moveClock(6 * hourMs);
      await readTagsWhenDue(local);
      expect(await db().tagSighting.count()).toBe(2);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

test("without the setting nothing is read", async () => {
  await readTagsWhenDue();
  expect(await state()).toBeNull();
  expect((await readTagsInUse(person("Ada", ["Administrator"]))).source).toBeNull();
});
