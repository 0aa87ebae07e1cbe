import { expect, test } from "vitest";
import { importWords, megabytes } from "./import-words";
import type { Imported } from "./queries";

const imported = (change: Partial<Imported>): Imported => ({
  snapshotId: "new",
  isNew: true,
  isCurrent: true,
  changeNumber: 377,
  tagCount: 3041,
  skipped: [],
  warnings: 0,
  ...change,
});

test.each([
  ["new and in use", imported({}), "success", "Service tags 377 are in use", "They hold 3041 tags."],
  ["with a loss", imported({ warnings: 1 }), "warning", "Service tags 377 are in use", "1 tag lost ranges"],
  ["with losses", imported({ warnings: 2 }), "warning", "Service tags 377 are in use", "2 tags lost ranges"],
  ["seen already", imported({ isNew: false, snapshotId: "old" }), "info", "Service tags 377 are in use already", "nothing changes"],
  ["the newest again", imported({ isNew: false }), "success", "Service tags 377 are in use", "seen before, and are the newest again"],
  [
    "older",
    imported({ isCurrent: false }),
    "info",
    "Service tags 377 are older than those in use",
    "kept for the history. Newer ones stay",
  ],
  ["older and known", imported({ isCurrent: false, isNew: false }), "info", "Service tags 377 are older than those in use", "seen before."],
])("an import that is %s says so", (_, answer, tone, title, says) => {
  const words = importWords(answer, "file", "old");
  expect(words).toMatchObject({ tone, title });
  expect(words.text).toContain(says);
});

test("what Azure answers stands behind the weekly file, and that is told", () => {
  expect(importWords(imported({ isCurrent: false }), "azure", "old").text).toContain("up to four weeks old");
});

test("sizes are told in MB", () => {
  expect(megabytes(4_182_743)).toBe("4.0 MB");
});
