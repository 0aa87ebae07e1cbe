import { expect, test } from "vitest";
import { stepLine, topOf } from "./step-line";

test("a value holds until the next, and the newest to the edge", () => {
  const steps = [
    { at: 1000, value: 5 },
    { at: 1500, value: 10 },
    { at: 2000, value: 0 },
  ];
  expect(stepLine(steps, 10)).toBe("M0 50H46V0H92V100H100");
});

test("a single value is a line from edge to edge, nothing is no line, and zero lies at the bottom", () => {
  expect(stepLine([{ at: 7, value: 10 }], 10)).toBe("M0 0H100");
  expect(stepLine([{ at: 7, value: 0 }], 0)).toBe("M0 100H100");
  expect(stepLine([], 10)).toBe("");
});

test.each([
  [0, 2],
  [2, 2],
  [3, 4],
  [9, 10],
  [10, 10],
  [100, 100],
  [14, 20],
  [37, 40],
  [81, 100],
  [491, 600],
])("the top of a scale for %i is %i", (most, top) => {
  expect(topOf(most)).toBe(top);
});
