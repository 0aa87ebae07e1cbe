import { expect, test } from "vitest";
import { eastUs, westUs } from "../testing";
import { knownTagsOf, type TagsInUse } from "./tags-in-use";

const tag = (name: string, region: string | null, prefixes: string[]) => ({ name, service: "", region, changeNumber: 1, prefixes });
const inUse: TagsInUse = {
  snapshotId: "s",
  since: "2026-11-20T00:00:00.000Z",
  tags: [
    tag("AzureMachineLearning", null, [...eastUs, ...westUs]),
    tag("AzureMachineLearning.EastUS", "eastus", eastUs),
    tag("AzureMachineLearningInference", null, ["20.1.0.0/16"]),
    tag("AzureCloud.eastus", "eastus", ["20.2.0.0/16"]),
  ],
  firstSeen: new Map([["azuremachinelearning.eastus", new Map([[eastUs[0] ?? "", "2026-11-25T00:00:00.000Z"]])]]),
  warnings: [
    {
      id: "w",
      tag: "AzureMachineLearning.EastUS",
      region: "eastus",
      what: "shrank",
      lost: 2,
      snapshotId: "s",
      since: "2026-11-24T09:00:00.000Z",
    },
  ],
  withdrawn: new Set(["old"]),
};

test("the tags in use give the ranges of Azure ML by region, with their first appearance, and those of any tag by its name", () => {
  const known = knownTagsOf(inUse);
  expect([...known.regional.keys()]).toEqual(["eastus"]);
  expect(known.regional.get("eastus")?.map(({ prefix }) => prefix)).toEqual(eastUs);
  expect(
    known.regional
      .get("eastus")
      ?.map(({ firstSeen }) => firstSeen)
      .slice(0, 2),
  ).toEqual(["2026-11-25T00:00:00.000Z", null]);
  expect(known.global).toHaveLength(eastUs.length + westUs.length);
  expect(known.tagOf("azurecloud.EASTUS")).toHaveLength(1);
  expect(known.tagOf("Nothing")).toBeUndefined();
});

test("a tag that lost ranges blocks removals on its word alone", () => {
  const known = knownTagsOf(inUse);
  expect(known.removalsBlocked("AzureMachineLearning.eastus")).toContain(
    "AzureMachineLearning.EastUS lacks 2 ranges that it had, since 2026-11-24: nothing is removed",
  );
  expect(known.removalsBlocked("AzureMachineLearning")).toBeNull();
});
