import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readEventText } from "@/lib/audit/event";
import { person } from "@/lib/audit/testing";
import { verifyStored } from "@/lib/audit/verify-stored";
import { db } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing";
import { moveClock } from "@/lib/kernel/clock";
import { knownTags } from "../authorize/known-tags";
import { armOf, armTag, azureMl, eastUs, eastUsIpv6, fileOf, readWeeklyFile, weeklyFile, westUs, westUsIpv6 } from "../testing";
import { acceptTagWarnings } from "./accept-warnings";
import { currentTags } from "./current";
import { importFromAzure } from "./from-azure";
import { compareSnapshots, readSnapshots } from "./read-snapshots";
import { readTag, readTagsInUse } from "./read-tags-in-use";
import { bring, forgetTags, ranges, trail, weekly } from "./testing";
import { uploadTags } from "./upload";

testDatabase();
const ada = person("Ada", ["Administrator"]);
const dayMs = 86_400_000;
const eastUsTag = "AzureMachineLearning.EastUS";
const stream = (text: string): ReadableStream<Uint8Array> => new Blob([text]).stream();
const upload = (text: string, name = "tags.json") => uploadTags(ada, { name, length: null, body: stream(text) });
const fromArm = { source: "arm", whereFrom: "eastus" } as const;
const snapshots = async () => (await readSnapshots(ada, { cursor: undefined, limit: 50 })).items;
/** What planning is told of removals on the word of a tag. */
const removalsBlocked = async (tag: string) => {
  const known = await knownTags();
  return known.state === "ok" ? known.value.removalsBlocked(tag) : known.state;
};
const currentId = async () => (await currentTags())?.snapshotId;

let begun = 0;
beforeEach(async () => {
  await forgetTags();
  begun = (await trail()).length;
});
afterEach(() => moveClock(0));
const since = async (): Promise<string[]> => (await trail()).slice(begun);

describe("an import", () => {
  test("keeps the same content once, from the file and from ARM, and tells who showed it", async () => {
    const first = await upload(fileOf([azureMl.eastUs, azureMl.westUs]), "ServiceTags_Public_20251110.json");
    expect(first).toMatchObject({ isNew: true, isCurrent: true, changeNumber: 376, tagCount: 2, warnings: 0 });
    const values = [
      armTag("AzureMachineLearning.WestUS", "westus", [westUsIpv6, ...westUs]),
      armTag(eastUsTag, "eastus", [...eastUs, eastUsIpv6]),
    ];
    const second = await bring(armOf(values), fromArm);
    expect(second).toMatchObject({ isNew: false, isCurrent: true, snapshotId: first.snapshotId, changeNumber: 63 });
    expect(await snapshots()).toMatchObject([
      {
        id: first.snapshotId,
        ipv4Count: eastUs.length + westUs.length,
        ipv6Count: 2,
        isCurrent: true,
        sightings: [
          { source: "arm", whereFrom: "eastus", changeNumber: 63, by: null },
          { source: "upload", changeNumber: 376, publishedAt: "2025-11-10T00:00:00.000Z", by: "Ada" },
        ],
      },
    ]);
    expect((await currentTags())?.tags.map(({ name }) => name)).toEqual([eastUsTag, "AzureMachineLearning.WestUS"]);
    expect(await since()).toEqual(["service-tags-imported ok by Ada"]);
  });

  test("of the same content by several at once keeps one row, and each import is on record", async () => {
    const text = fileOf([azureMl.eastUs]);
    const imports = await Promise.all([1, 2, 3, 4].map(() => upload(text)));
    expect(imports.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(await db().tagSnapshot.count()).toBe(1);
    expect(await db().tagSighting.count()).toBe(4);
    expect(await since()).toHaveLength(4);
  });

  test("by the worker of what it showed before only moves the time, and is not on record again", async () => {
    await bring(fileOf([azureMl.eastUs]));
    moveClock(dayMs);
    await bring(fileOf([azureMl.eastUs]));
    const [row, ...others] = await db().tagSighting.findMany();
    expect(others).toEqual([]);
    expect((row?.lastSeenAt.getTime() ?? 0) - (row?.seenAt.getTime() ?? 0)).toBeGreaterThanOrEqual(dayMs);
    expect(await since()).toEqual(["service-tags-imported ok by nobody"]);
  });

  test("of a lagging answer of ARM replaces no newer file, until the file is four weeks old", async () => {
    const { snapshotId } = await bring(weekly(376, { [eastUsTag]: ranges(12), New: ranges(3) }));
    const lagging = armOf([armTag(eastUsTag, "eastus", ranges(10))]);
    expect(await bring(lagging, fromArm)).toMatchObject({ isNew: true, isCurrent: false, warnings: 0 });
    moveClock(27 * dayMs);
    expect(await bring(lagging, fromArm)).toMatchObject({ isCurrent: false });
    expect(await currentId()).toBe(snapshotId);
    moveClock(29 * dayMs);
    expect(await bring(lagging, fromArm)).toMatchObject({ isCurrent: true, warnings: 2 });
    await bring(weekly(377, { [eastUsTag]: ranges(12), New: ranges(3) }));
    expect(await currentId()).toBe(snapshotId);
    expect((await currentTags())?.warnings).toEqual([]);
  });

  test("of an older file adds to the history and changes nothing else", async () => {
    const { snapshotId } = await bring(weekly(376, { [eastUsTag]: ranges(10) }));
    expect(await upload(weekly(372, { [eastUsTag]: ranges(2) }))).toMatchObject({ isNew: true, isCurrent: false, warnings: 0 });
    expect(await currentId()).toBe(snapshotId);
  });
});

describe("a document that is refused", () => {
  test.each([
    ["a range with host bits", weekly(377, { [eastUsTag]: ["20.42.0.1/24"] }), "Write 20.42.0.0/24"],
    ["another cloud", fileOf([azureMl.eastUs], { cloud: "AzureGovernment" }), "AzureGovernment"],
    ["a truncated text", fileOf([azureMl.eastUs]).slice(0, 300), "ends in the middle"],
    ["everything there is", weekly(377, { [eastUsTag]: ["0.0.0.0/0"] }), "every address there is"],
  ])("for %s leaves the last good one in use, names the fault and is on record", async (_, text, says) => {
    await bring(weekly(376, { [eastUsTag]: ranges(3) }));
    const before = await currentTags();
    const refusal: unknown = await upload(text).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: "invalid_input", message: expect.stringContaining(says) });
    expect(refusal).toMatchObject({ facts: { faults: [{ text: expect.stringContaining(says), line: expect.any(Number) }] } });
    expect(await currentTags()).toEqual(before);
    expect(await db().tagSnapshot.count()).toBe(1);
    expect((await since()).slice(1)).toEqual(["service-tags-refused refused by Ada"]);
    const [event] = await db().auditEvent.findMany({ orderBy: { sequence: "desc" }, take: 1 });
    expect(readEventText(event?.event ?? "").summary).toContain(says);
  });

  test("for its size is not read further than 32 MB, and not at all when it says so", async () => {
    let given = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        given += 1;
        controller.enqueue(new Uint8Array(1024 * 1024));
      },
    });
    const refusal = { code: "too_large", message: expect.stringContaining("larger than 32 MB") };
    await expect(uploadTags(ada, { name: "big.json", length: null, body: endless })).rejects.toMatchObject(refusal);
    expect(given).toBeLessThan(36);
    const untouched = stream("x");
    await expect(uploadTags(ada, { name: "big.json", length: "104857600", body: untouched })).rejects.toMatchObject(refusal);
    expect(untouched.locked).toBe(false);
    expect(await since()).toEqual(["service-tags-refused refused by Ada", "service-tags-refused refused by Ada"]);
  });
});

describe("a tag that vanishes or shrinks strongly", () => {
  const good = { [eastUsTag]: ranges(10), "AzureMachineLearning.WestUS": ranges(4, 43) };

  test("is warned about and blocks removals until a later snapshot has it again", async () => {
    await bring(weekly(376, good));
    expect(await bring(weekly(377, { [eastUsTag]: ranges(5) }))).toMatchObject({ warnings: 2 });
    expect(await removalsBlocked(eastUsTag.toUpperCase())).toContain("lacks 5 ranges that it had");
    expect(await removalsBlocked("AzureMachineLearning.WestUS")).toContain("is gone, with 4 ranges that it had");
    expect((await readTagsInUse(ada)).warnings.map(({ tag, region }) => [tag, region])).toEqual([
      [eastUsTag, "eastus"],
      ["AzureMachineLearning.WestUS", "westus"],
    ]);
    expect(await readTag(ada, { name: "azuremachinelearning.westus" })).toMatchObject({ ranges: [], warning: { what: "vanished" } });
    await bring(weekly(378, { [eastUsTag]: ranges(5), "AzureMachineLearning.WestUS": ranges(4, 43) }));
    expect(await removalsBlocked("AzureMachineLearning.WestUS")).toBeNull();
    expect(await removalsBlocked(eastUsTag)).toContain("lacks 5 ranges");
    await bring(weekly(379, good));
    expect((await currentTags())?.warnings).toEqual([]);
  });

  test("is free again when an administrator accepts it, once and on record", async () => {
    await bring(weekly(376, good));
    await bring(weekly(377, { [eastUsTag]: ranges(5) }));
    const ids = (await readTagsInUse(ada)).warnings.map(({ id }) => id);
    const accept = () => acceptTagWarnings(ada, { ids, reason: "Microsoft announced it" });
    const answers = await Promise.allSettled([accept(), accept()]);
    expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await removalsBlocked(eastUsTag)).toBeNull();
    expect((await since()).filter((line) => line.startsWith("tag-warning"))).toEqual([
      "tag-warning-accepted ok by Ada",
      "tag-warning-accepted ok by Ada",
    ]);
    expect(await db().tagWarning.findMany()).toMatchObject([
      { ending: "accepted", reason: "Microsoft announced it", endedByName: "Ada" },
      { ending: "accepted" },
    ]);
    await bring(weekly(378, { [eastUsTag]: ranges(5) }));
    expect((await currentTags())?.warnings).toEqual([]);
  });

  test("is not accepted in part", async () => {
    await bring(weekly(376, good));
    await bring(weekly(377, { [eastUsTag]: ranges(5) }));
    const [first] = (await readTagsInUse(ada)).warnings;
    const ids = [first?.id ?? "", "0190a5a0-0000-7000-8000-000000000000"];
    await expect(acceptTagWarnings(ada, { ids, reason: "No." })).rejects.toMatchObject({ code: "conflict" });
    expect((await readTagsInUse(ada)).warningCount).toBe(2);
  });
});

describe("the history", () => {
  test("dates each range by publication, also when an older file is imported later, and counts down to its use", async () => {
    await upload(weekly(376, { [eastUsTag]: ranges(4) }), "ServiceTags_Public_20251110.json");
    expect((await readTag(ada, { name: eastUsTag })).ranges.map(({ firstSeenAt }) => firstSeenAt)).toEqual([null, null, null, null]);
    await upload(weekly(375, { [eastUsTag]: ranges(3) }), "ServiceTags_Public_20251103.json");
    const tag = await readTag(ada, { name: eastUsTag });
    expect(tag.ranges.at(-1)).toEqual({
      prefix: "20.42.3.0/24",
      firstSeenAt: "2025-11-10T00:00:00.000Z",
      notInUseBefore: "2025-11-17T00:00:00.000Z",
    });
    expect(tag.history.map(({ at, ipv4, ipv6 }) => [at.slice(0, 10), ipv4, ipv6])).toEqual([
      ["2025-11-03", 3, 0],
      ["2025-11-10", 4, 0],
    ]);
    await upload(weekly(377, { [eastUsTag]: ranges(6) }));
    expect((await readTagsInUse(ada)).tags).toMatchObject([
      { name: eastUsTag, ipv4: 6, ipv6: 0, unused: 2, unusedUntil: expect.any(String) },
    ]);
    await expect(readTag(ada, { name: "AzureCloud" })).rejects.toMatchObject({ code: "not_found" });
  });

  test("compares any two snapshots, of one region or all", async () => {
    const { snapshotId: from } = await bring(
      weekly(376, { [eastUsTag]: ranges(4), "AzureMachineLearning.WestUS": ranges(250, 43), Storage: ranges(2) }),
    );
    const { snapshotId: to } = await bring(weekly(377, { [eastUsTag]: ranges(5), Storage: ranges(3) }));
    const all = await compareSnapshots(ada, { from, to });
    expect(all.tags.map(({ name, change, addedCount, removedCount }) => [name, change, addedCount, removedCount])).toEqual([
      [eastUsTag, "changed", 1, 0],
      ["AzureMachineLearning.WestUS", "went", 0, 250],
      ["Storage", "changed", 1, 0],
    ]);
    expect(all.tags[1]?.removed).toHaveLength(200);
    const east = await compareSnapshots(ada, { from, to, region: "eastus" });
    expect(east).toMatchObject({ tagCount: 1, regions: [{ region: "eastus", added: 1, removed: 0, unchanged: 4 }] });
    const nowhere = compareSnapshots(ada, { from, to: "0190a5a0-0000-7000-8000-000000000000" });
    await expect(nowhere).rejects.toMatchObject({ code: "not_found" });
  });

  test("is paged, the newest import first", async () => {
    for (const changeNumber of [374, 375, 376]) await bring(weekly(changeNumber, { [eastUsTag]: ranges(changeNumber - 370) }));
    const first = await readSnapshots(ada, { cursor: undefined, limit: 2 });
    const second = await readSnapshots(ada, { cursor: first.nextCursor ?? "", limit: 2 });
    expect([...first.items, ...second.items].map(({ sightings }) => sightings[0]?.changeNumber)).toEqual([376, 375, 374]);
    expect(second.nextCursor).toBeNull();
  });
});

test("nobody but an administrator imports or accepts, whoever asks", async () => {
  const others = person("Arno", ["Requester", "Approver", "Auditor"]);
  const tries = [
    () => uploadTags(others, { name: "tags.json", length: null, body: stream(fileOf([azureMl.eastUs])) }),
    () => importFromAzure(others, { subscription: "7b1f0c2e-1111-4222-8333-944445555666", location: "eastus" }, "a test"),
    () => acceptTagWarnings(others, { ids: ["0190a5a0-0000-7000-8000-000000000000"], reason: "No." }),
  ];
  for (const attempt of tries) await expect(attempt()).rejects.toMatchObject({ code: "forbidden" });
  expect(await db().tagSighting.count()).toBe(0);
  expect(await since()).toEqual([]);
});

test.skipIf(weeklyFile === undefined)("a whole weekly file is taken, kept small and read back as it was", async () => {
  const imported = await upload(readWeeklyFile(), "ServiceTags_Public_20251028.json");
  expect(imported).toMatchObject({ isNew: true, isCurrent: true, changeNumber: 375, warnings: 0 });
  const [row] = await db().tagSnapshot.findMany();
  expect(row?.content.byteLength).toBeLessThan(700_000);
  const current = await currentTags();
  expect(current?.tags.length).toBe(imported.tagCount);
  expect(current?.since).toBe("2025-10-28T00:00:00.000Z");
  const eastUsNow = current?.tags.find(({ name }) => name === eastUsTag);
  expect(eastUsNow?.prefixes).toEqual([...eastUs, eastUsIpv6]);
  expect((await readTagsInUse(ada)).tags.filter(({ region }) => region !== null)).toHaveLength(69);
});

test("with nothing imported there is nothing, and no fault", async () => {
  expect(await currentTags()).toBeNull();
  expect(await readTagsInUse(ada)).toEqual({ current: null, tags: [], warnings: [], warningCount: 0, source: null });
  expect(await snapshots()).toEqual([]);
});

test("the record of all that was done here verifies", async () => {
  expect(await verifyStored()).toMatchObject({ ok: true });
});
