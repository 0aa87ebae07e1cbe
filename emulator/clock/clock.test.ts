import { expect, test } from "vitest";
import { Clock } from "./clock";

test("a speed divides durations, and an advance moves the time of day", () => {
  const clock = new Clock(20);
  expect(clock.scaled(300_000)).toBe(15_000);
  const before = clock.now();
  clock.advance(60_000);
  expect(clock.now() - before).toBeGreaterThanOrEqual(60_000);
  expect(clock.now() - before).toBeLessThan(70_000);
});

test("no speed but a positive one, and no way back", () => {
  expect(() => new Clock(0)).toThrow(RangeError);
  expect(() => new Clock(1).setSpeed(Number.NaN)).toThrow(RangeError);
  expect(() => new Clock(1).advance(-1)).toThrow(RangeError);
});
