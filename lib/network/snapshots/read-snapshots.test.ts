import { beforeEach, expect, test } from "vitest";
import { person } from "@/lib/audit/testing";
import { testDatabase } from "@/lib/db/testing";
import { compareSnapshots, readSnapshots } from "./read-snapshots";
import { readTag } from "./read-tags-in-use";
import { bring, forgetTags, ranges, weekly } from "./testing";

testDatabase();
beforeEach(forgetTags);
const ada = person("Ada", ["Requester"]);
const name = "AzureMachineLearning.EastUS";

test("a tag's history says with each snapshot what came and what went, and of the oldest nothing", async () => {
  await bring(weekly(375, { [name]: ranges(3) }));
  await bring(weekly(376, { [name]: [...ranges(2), "20.43.0.0/24"] }));
  await bring(weekly(377, { Storage: ranges(1) }));
  const { history } = await readTag(ada, { name });
  expect(history.map(({ ipv4, added, addedCount, removed, removedCount }) => ({ ipv4, added, addedCount, removed, removedCount }))).toEqual(
    [
      { ipv4: 3, added: [], addedCount: 0, removed: [], removedCount: 0 },
      { ipv4: 3, added: ["20.43.0.0/24"], addedCount: 1, removed: ["20.42.2.0/24"], removedCount: 1 },
      { ipv4: 0, added: [], addedCount: 0, removed: ["20.42.0.0/24", "20.42.1.0/24", "20.43.0.0/24"], removedCount: 3 },
    ],
  );
});

test("a comparison is searched by a tag's name and by a range that changed, and the regions stay whole", async () => {
  const { snapshotId: from } = await bring(weekly(375, { [name]: ranges(3), "Storage.WestUS": ranges(2, 44) }));
  const { snapshotId: to } = await bring(weekly(376, { [name]: ranges(4), "Storage.WestUS": ranges(3, 44) }));
  const found = async (search: string) => {
    const { tags, tagCount, regions } = await compareSnapshots(ada, { from, to, search });
    expect(regions.map(({ region, added }) => [region, added])).toEqual([
      ["eastus", 1],
      ["westus", 1],
    ]);
    expect(tagCount).toBe(tags.length);
    return tags.map((tag) => tag.name);
  };
  expect(await found("machinelearning.east")).toEqual([name]);
  expect(await found("20.44.2.")).toEqual(["Storage.WestUS"]);
  expect(await found("20.44.0.0/24"), "a range that did not change").toEqual([]);
  expect(await found("")).toEqual([name, "Storage.WestUS"]);
});

test("the list of snapshots says whose tags they are", async () => {
  await bring(weekly(375, { [name]: ranges(3) }));
  expect(await readSnapshots(ada, { cursor: undefined, limit: 50 })).toMatchObject({ cloud: "Public", items: [{ isCurrent: true }] });
});
