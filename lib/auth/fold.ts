import { now } from "@/lib/kernel/clock";

/** Folds repeats: gives a function that is true for a key at most once within `ms`; `forget` lets the next one through again. */
export function makeFold(ms: number): { first(key: string): boolean; forget(key: string): void } {
  const last = new Map<string, number>();
  return {
    first(key) {
      const at = now().getTime();
      if (at - (last.get(key) ?? Number.NEGATIVE_INFINITY) < ms) return false;
      if (last.size > 10_000) last.clear();
      last.set(key, at);
      return true;
    },
    forget: (key) => void last.delete(key),
  };
}
