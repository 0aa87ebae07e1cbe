import { expect, test } from "vitest";
import { pickFilters, withFilters } from "./url-filters";

test("browser and server pick the same filters of an address, known ones that are not empty", () => {
  const names = ["view", "state", "search"] as const;
  const address = "view=mine&state=&strange=1&search=a%20b";
  expect(pickFilters(names, new URLSearchParams(address))).toEqual({ view: "mine", search: "a b" });
  expect(pickFilters(names, { view: ["mine", "all"], state: "", strange: "1", search: "a b" })).toEqual({ view: "mine", search: "a b" });
});

test("a changed filter goes back to the first page and keeps the others", () => {
  expect(withFilters("/requests", { view: "mine", cursor: "c" }, { state: "waiting" })).toBe("/requests?view=mine&state=waiting");
});

test("the next page keeps the filters; the last removed filter leaves the bare path", () => {
  expect(withFilters("/runs", { view: "moving" }, { cursor: "n" })).toBe("/runs?view=moving&cursor=n");
  expect(withFilters("/runs", { view: "moving" }, { view: undefined })).toBe("/runs");
});
