import { expect, test } from "vitest";
import { valueChanges, valueLeaves } from "./value-diff";

test("only the leaves that differ are named, by their path", () => {
  expect(valueChanges({ state: "waiting", by: { name: "Ada" } }, { state: "approved", by: { name: "Ada" } })).toEqual([
    { path: "state", before: "waiting", after: "approved" },
  ]);
});

test("nothing on one side shows every leaf of the other", () => {
  expect(valueChanges(null, { roles: ["a/b"], hours: 8 })).toEqual([
    { path: "roles[a/b]", before: null, after: "a/b" },
    { path: "hours", before: null, after: "8" },
  ]);
});

test("a text put in front of a list does not move the others", () => {
  expect(valueChanges({ roles: ["x"] }, { roles: ["w", "x"] })).toEqual([{ path: "roles[w]", before: null, after: "w" }]);
});

test("null as a member differs from an absent member", () => {
  expect(valueChanges({ hours: null }, {})).toEqual([{ path: "hours", before: "null", after: null }]);
});

test("an empty object or list is a leaf of its own", () => {
  expect(valueLeaves({ tags: {}, roles: [] })).toEqual([
    { path: "tags", text: "{}" },
    { path: "roles", text: "[]" },
  ]);
});

test("a plain value is its own leaf", () => {
  expect(valueChanges(1, 2)).toEqual([{ path: "value", before: "1", after: "2" }]);
});
