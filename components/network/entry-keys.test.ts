import { expect, test } from "vitest";
import { entryKeys } from "./entry-keys";

test("an entry that stands in a list twice has two keys", () => {
  const keyed = entryKeys(["203.0.113.7", "20.42.0.240/28", "203.0.113.7"]);
  expect(keyed.map(([, entry]) => entry)).toEqual(["203.0.113.7", "20.42.0.240/28", "203.0.113.7"]);
  expect(new Set(keyed.map(([key]) => key)).size).toBe(3);
});
