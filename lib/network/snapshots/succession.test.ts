import { describe, expect, it } from "vitest";
import { publishedBy, type Shown, successionOf } from "./succession";

const day = (number: number): string => new Date(Date.UTC(2025, 9, number)).toISOString();
const file = (snapshotId: string, changeNumber: number, firstDay: number, lastDay = firstDay): Shown => ({
  snapshotId,
  isFile: true,
  changeNumber,
  firstAt: day(firstDay),
  lastAt: day(lastDay),
});
const arm = (...of: Parameters<typeof file>): Shown => ({ ...file(...of), isFile: false });
const order = (...shown: Shown[]): string =>
  successionOf(shown)
    .map(({ snapshotId }) => snapshotId)
    .join(" ");

describe("the current snapshot", () => {
  it("is the file with the highest change number, whenever it was imported", () => {
    expect(order(file("new", 376, 1), file("old", 372, 20))).toBe("old new");
    expect(order(file("wrong", 376, 1), file("mended", 376, 2))).toBe("wrong mended");
  });

  it("is ARM's where no file is known: the highest change number, then the last seen", () => {
    expect(order(arm("b", 63, 1, 9), arm("a", 62, 20), arm("c", 63, 2, 8))).toBe("a c b");
  });

  it("stays the file's while ARM may lag behind it, whatever ARM counts", () => {
    expect(order(file("file", 376, 1), arm("lagging", 9000, 2))).toBe("file");
    expect(order(file("file", 376, 1), arm("lagging", 63, 29))).toBe("file");
    expect(order(file("file", 376, 1, 10), arm("lagging", 63, 38))).toBe("file");
  });

  it("is ARM's once ARM shows it more than four weeks after the file was last seen", () => {
    expect(order(file("file", 376, 1), arm("later", 63, 2, 30))).toBe("file later");
    expect(order(file("file", 376, 1, 31), arm("later", 63, 2, 30))).toBe("file");
  });

  it("is not there before anything was imported", () => expect(successionOf([])).toEqual([]));
});

describe("the time of a snapshot", () => {
  it("is no later than that of the one after it", () => {
    expect(successionOf([file("new", 376, 10), file("old", 372, 20), file("middle", 374, 5)])).toEqual([
      { snapshotId: "old", at: day(5) },
      { snapshotId: "middle", at: day(5) },
      { snapshotId: "new", at: day(10) },
    ]);
  });

  it("of an answer of ARM after a file is not before the file", () => {
    expect(successionOf([file("file", 376, 5), arm("later", 63, 2, 40)])).toEqual([
      { snapshotId: "file", at: day(5) },
      { snapshotId: "later", at: day(5) },
    ]);
  });

  it("repeats a snapshot whose content came back under a later number", () => {
    expect(order(file("a", 375, 1), file("b", 376, 8), file("a", 377, 15))).toBe("a b a");
  });
});

it.each([
  ["ServiceTags_Public_20251110.json", "2025-11-10T00:00:00.000Z"],
  ["download.microsoft.com, ServiceTags_Public_20251110.JSON", "2025-11-10T00:00:00.000Z"],
  ["ServiceTags_Public_20251131.json", undefined],
  ["ServiceTags_Public_20251340.json", undefined],
  ["ServiceTags_Public_20260101.json", undefined],
  ["tags.json", undefined],
])("reads the day of publication from %s", (name, expected) => {
  expect(publishedBy(name, new Date("2025-12-01T00:00:00Z"))?.toISOString()).toBe(expected);
});
