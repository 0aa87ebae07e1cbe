import { expect, it } from "vitest";
import { readWeeklyFile, weeklyFile } from "../testing";
import { compareTags } from "./compare";
import { firstSeenOf, notInUseBefore } from "./first-seen";
import { readServiceTags } from "./read-tags";
import type { ServiceTag } from "./snapshot";

const tag = (name: string, prefixes: string[], region: string | null = "eastus"): ServiceTag => ({
  name,
  service: "AzureMachineLearning",
  region,
  changeNumber: 1,
  prefixes,
});
const ten = Array.from({ length: 10 }, (_, at) => `20.42.${at}.0/24`);

it("says what came, went and stayed, by tag and by region", () => {
  const before = [tag("A.EastUS", ["20.42.0.0/28", "20.42.1.0/28"]), tag("B", ["20.1.0.0/16"], null), tag("Gone", ["20.9.0.0/16"])];
  const after = [
    tag("a.eastus", ["20.42.0.0/28", "20.42.2.0/28"]),
    tag("B", ["20.1.0.0/16"], null),
    tag("New.WestUS", ["20.5.0.0/16"], "westus"),
  ];
  const { tags, regions } = compareTags(before, after);
  expect(tags).toEqual([
    { name: "Gone", region: "eastus", change: "went", added: [], removed: ["20.9.0.0/16"], unchanged: 0, lost: 1, shrinks: true },
    { name: "New.WestUS", region: "westus", change: "came", added: ["20.5.0.0/16"], removed: [], unchanged: 0, lost: 0, shrinks: false },
    {
      name: "a.eastus",
      region: "eastus",
      change: "changed",
      added: ["20.42.2.0/28"],
      removed: ["20.42.1.0/28"],
      unchanged: 1,
      lost: 1,
      shrinks: false,
    },
  ]);
  expect(regions).toEqual([
    { region: null, added: 0, removed: 0, unchanged: 1 },
    { region: "eastus", added: 1, removed: 2, unchanged: 1 },
    { region: "westus", added: 1, removed: 0, unchanged: 0 },
  ]);
  expect(compareTags(after, after).tags).toEqual([]);
});

it.each([
  ["one of ten", ten.slice(1), 1, false],
  ["two of ten", ten.slice(2), 2, true],
  ["all of ten", [], 10, true],
  ["two that are cut otherwise", ["20.42.0.0/23", ...ten.slice(2)], 0, false],
  ["two of ten, and two others instead", ["20.43.0.0/24", "20.43.1.0/24", ...ten.slice(2)], 2, true],
])("judges the loss of %s", (_, after, lost, shrinks) => {
  expect(compareTags([tag("A", ten)], [tag("A", after)]).tags[0]).toMatchObject({ lost, shrinks });
});

it("does not call two of thirty a strong loss", () => {
  const thirty = Array.from({ length: 30 }, (_, at) => `20.42.${at}.0/24`);
  expect(compareTags([tag("A", thirty)], [tag("A", thirty.slice(2))]).tags[0]).toMatchObject({ lost: 2, shrinks: false });
});

it("dates a range by its first appearance, and anew when it comes back", () => {
  const seen = firstSeenOf([
    { at: "2025-10-06T00:00:00Z", tags: [tag("A", ["20.0.0.0/16", "20.1.0.0/16"])] },
    { at: "2025-10-13T00:00:00Z", tags: [tag("a", ["20.0.0.0/16", "20.2.0.0/16"])] },
    { at: "2025-10-28T00:00:00Z", tags: [tag("A", ["20.0.0.0/16", "20.1.0.0/16", "20.2.0.0/16"])] },
  ]);
  expect([...(seen.get("a") ?? [])]).toEqual([
    ["20.0.0.0/16", null],
    ["20.1.0.0/16", "2025-10-28T00:00:00Z"],
    ["20.2.0.0/16", "2025-10-13T00:00:00Z"],
  ]);
  expect(notInUseBefore("2025-10-28T00:00:00Z")).toBe("2025-11-04T00:00:00.000Z");
  expect(notInUseBefore(null)).toBeNull();
});

it.skipIf(weeklyFile === undefined)("finds the one change between two whole files", () => {
  const text = readWeeklyFile();
  const tagsOf = (from: string): readonly ServiceTag[] => {
    const reading = readServiceTags(from, { cloud: "Public" });
    return "snapshot" in reading ? reading.snapshot.tags : [];
  };
  const { tags, regions } = compareTags(tagsOf(text), tagsOf(text.replaceAll('"20.62.135.208/28"', '"20.62.135.224/28"')));
  expect(tags.map(({ name }) => name)).toEqual(["AzureMachineLearning", "AzureMachineLearning.EastUS"]);
  expect(regions.find(({ region }) => region === "eastus")).toMatchObject({ added: 1, removed: 1 });
});
