import { expect, test } from "vitest";
import { paceOf, spreadOf } from "./pace";

test.each([
  [0, "usual"],
  [600, "usual"],
  [601, "slow"],
  [1800, "slow"],
  [1801, "stuck"],
])("%i s of at worst 600 s is %s", (elapsed, pace) => {
  expect(paceOf(elapsed, 600)).toBe(pace);
});

test("too few runs have no spread", () => {
  expect(spreadOf([])).toBeNull();
  expect(spreadOf([60, 70])).toBeNull();
});

test("the spread is told in any order, between runs where it lies there", () => {
  expect(spreadOf([30, 10, 20])).toEqual({ count: 3, shortest: 10, lower: 15, median: 20, upper: 25, longest: 30 });
  expect(spreadOf([40, 10, 20, 30])).toMatchObject({ median: 25, longest: 40 });
});
