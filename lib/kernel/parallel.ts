import { log } from "./log";

/** Runs `work` over the items, at most `atOnce` at a time, and gives the results in the items' order. The first error stops it and is thrown. */
export async function inParallel<A, B>(atOnce: number, items: readonly A[], work: (item: A) => Promise<B>): Promise<B[]> {
  const results: B[] = Array.from({ length: items.length });
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      try {
        results[index] = await work(items[index] as A);
      } catch (error) {
        next = items.length;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, lane));
  return results;
}

/** Waits for the work, but not longer than `ms`; it then goes on by itself, and its failure is logged. An earlier failure is thrown. */
export async function waitAtMost(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), ms);
  });
  try {
    if ((await Promise.race([work, limit])) === "late") work.catch((error: unknown) => log("warn", "late-work-failed", { error }));
  } finally {
    clearTimeout(timer);
  }
}
