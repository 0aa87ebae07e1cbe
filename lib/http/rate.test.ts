import { afterEach, expect, test } from "vitest";
import { moveClock } from "@/lib/kernel/clock";
import { makeLimiter } from "./rate";

afterEach(() => moveClock(0));

test("a person may use up the minute at once, then waits, and is let in again after what is said", () => {
  const limiter = makeLimiter();
  for (let call = 0; call < 30; call++) expect(limiter.take("alice", 30)).toBe(0);
  const wait = limiter.take("alice", 30);
  expect(wait).toBeGreaterThanOrEqual(1);
  expect(wait).toBeLessThanOrEqual(2);
  moveClock(wait * 1000);
  expect(limiter.take("alice", 30)).toBe(0);
});

test("one person's haste is not another's", () => {
  const limiter = makeLimiter();
  for (let call = 0; call < 10; call++) limiter.take("alice", 5);
  expect(limiter.take("bob", 5)).toBe(0);
});

test("being refused does not push the next try further away", () => {
  const limiter = makeLimiter();
  for (let call = 0; call < 5; call++) limiter.take("alice", 5);
  for (let call = 0; call < 100; call++) limiter.take("alice", 5);
  moveClock(12_100);
  expect(limiter.take("alice", 5)).toBe(0);
});
