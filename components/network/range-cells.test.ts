import { expect, test } from "vitest";
import { coverageOf } from "@/lib/network/coverage";
import { cluster, eastUs, eastUsIpv6 } from "@/lib/network/testing";
import { rangeCells } from "./range-cells";

const others = ["203.0.113.0/28", "203.0.113.0/28", "AzureDevOps", "0.0.0.0/32", "20.42.0.245/28"];

const cellsOf = (authorizedRanges: string[]) => {
  const ledger = [{ prefix: "20.9.0.0/28", addedAt: "2026-11-10T00:00:00.000Z", purpose: "azure-ml" as const }];
  const { ranges, entries } = coverageOf(cluster({ scope: "region", authorizedRanges, ledger }));
  return rangeCells({
    ranges: ranges.map(({ prefix, regions, state, coveredBy, missing }) => ({
      prefix,
      regions: [...regions],
      state,
      coveredBy: [...coveredBy],
      missing: [...missing],
      firstSeenAt: null,
      notInUseBefore: null,
    })),
    entries: entries.map(({ raw, kind, addedAt, note }) => ({ raw, kind, addedAt, note })),
  });
};

test("an entry that lets Azure ML in is seen in its ranges, be it a range or a service tag, and each other one by what it is", () => {
  const [first = ""] = eastUs;
  const one = cellsOf([first, "20.9.0.0/28", ...others]);
  expect(one.slice(0, eastUs.length).map(({ cell }) => cell)).toEqual(["covered", ...eastUs.slice(1).map(() => "missing")]);
  expect(one.slice(eastUs.length).map(({ text, cell }) => [text, cell])).toEqual([
    ["20.9.0.0/28", "stale"],
    ["203.0.113.0/28", "foreign"],
    ["203.0.113.0/28", "foreign"],
    ["AzureDevOps", "service-tag"],
    ["0.0.0.0/32", "slb-only"],
    ["20.42.0.245/28", "unreadable"],
  ]);
  expect(cellsOf(["AzureMachineLearning.EastUS"]).map(({ text, cell }) => [text, cell])).toEqual(
    eastUs.map((prefix) => [prefix, "covered"]),
  );
});

test("each cell has a key of its own, though an entry stands in the list twice, and IPv6 has no cell", () => {
  const cells = cellsOf([...eastUs, ...others]);
  expect(new Set(cells.map(({ key }) => key)).size).toBe(eastUs.length + others.length);
  expect(cells.map(({ text }) => text)).not.toContain(eastUsIpv6);
});
