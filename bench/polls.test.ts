import { expect, test } from "vitest";
import { lookedTooSoon, type Polled } from "./polls";

const look = (second: number, path: string, retryAfterSeconds: number | null = null): Polled => ({
  at: new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString(),
  path,
  ms: 0,
  retryAfterSeconds,
});

test("a look sooner than the shortest wait counts, at the same operation only", () => {
  expect(lookedTooSoon([look(0, "/a"), look(1, "/b"), look(2, "/a"), look(3, "/b")], 2000)).toBe(0);
  expect(lookedTooSoon([look(0, "/a"), look(1, "/a"), look(3, "/a")], 2000)).toBe(1);
});

test("a Retry-After holds for the next look in place of the shortest wait", () => {
  expect(lookedTooSoon([look(0, "/a", 5), look(3, "/a"), look(6, "/a")], 2000)).toBe(1);
  expect(lookedTooSoon([look(0, "/a", 1), look(1, "/a")], 2000)).toBe(0);
});
