import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { shortCache } from "./short-cache";

describe("the short cache", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const counter = () => {
    let count = 0;
    return async () => ++count;
  };

  test("callers of one key at one time share the work, and another key has its own", async () => {
    const cache = shortCache<number>({ freshMs: 100, staleMs: 1000 });
    const load = counter();
    expect(await Promise.all([cache.get("a", load), cache.get("a", load), cache.get("b", load)])).toEqual([1, 1, 2]);
  });

  test("a stale value is given at once and renewed beside; an old one is waited for", async () => {
    const cache = shortCache<number>({ freshMs: 100, staleMs: 1000 });
    const load = counter();
    await cache.get("a", load);
    vi.advanceTimersByTime(150);
    expect(await cache.get("a", load)).toBe(1);
    expect(await cache.get("a", load)).toBe(2);
    vi.advanceTimersByTime(1000);
    expect(await cache.get("a", load)).toBe(3);
  });

  test("a failure is not kept, and a failed renewal keeps the stale value", async () => {
    const cache = shortCache<number>({ freshMs: 100, staleMs: 1000 });
    const fail = async (): Promise<number> => Promise.reject(new Error("no"));
    await expect(cache.get("a", fail)).rejects.toThrow("no");
    expect(await cache.get("a", async () => 7)).toBe(7);
    vi.advanceTimersByTime(150);
    expect(await cache.get("a", fail)).toBe(7);
    await vi.advanceTimersByTimeAsync(1);
    expect(await cache.get("a", async () => 8)).toBe(7);
  });

  test("a poor value is soon asked for anew, and never takes the place of a good one", async () => {
    const cache = shortCache<number>({ freshMs: 100, staleMs: 10_000, poor: (value) => value < 0 });
    expect(await cache.get("a", async () => -1)).toBe(-1);
    expect(await cache.get("a", async () => 1)).toBe(-1);
    vi.advanceTimersByTime(2_000);
    expect(await cache.get("a", async () => 2)).toBe(2);
    vi.advanceTimersByTime(200);
    expect(await cache.get("a", async () => -3)).toBe(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(await cache.get("a", async () => 4)).toBe(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(await cache.get("a", async () => 5)).toBe(4);
  });

  test("it keeps at most so many keys", async () => {
    const cache = shortCache<number>({ freshMs: 100, staleMs: 1000, max: 2 });
    const load = counter();
    for (const key of ["a", "b", "c"]) await cache.get(key, load);
    expect(await cache.get("a", load)).toBe(4);
  });
});
