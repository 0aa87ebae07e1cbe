import { expect, test } from "vitest";
import { chosenPair, comparePath } from "./compare-pair";

const items = [
  { id: "c", isCurrent: false },
  { id: "b", isCurrent: true },
  { id: "a", isCurrent: false },
];

test("an address that names two snapshots means those", () => {
  expect(chosenPair(items, { from: "a", to: "c" })).toEqual({ from: "a", to: "c" });
  expect(chosenPair([], { from: "a", to: "c" })).toEqual({ from: "a", to: "c" });
  expect(comparePath("a", "c")).toBe("/network/snapshots/compare?from=a&to=c");
});

test("without names the one in use is held against the one imported before it", () => {
  expect(chosenPair(items, {})).toEqual({ from: "a", to: "b" });
  expect(chosenPair(items, { to: "c" })).toEqual({ from: "b", to: "c" });
  expect(chosenPair(items, { from: "c" })).toEqual({ from: "c", to: "b" });
});

test("the oldest import is held against another, and a single one against none", () => {
  expect(chosenPair(items, { to: "a" })).toEqual({ from: "c", to: "a" });
  expect(chosenPair(items.slice(1, 2), {})).toBeNull();
  expect(chosenPair([], {})).toBeNull();
});
