import { percentile } from "./row";

/** How long a piece of work took in a loop, ms: the first time, warmed by nothing but what its process did before, and the median of the times after the warm-up. */
export type Times = { first: number; median: number };

/** Does the work `1 + warmUp + times` times, one after the other; the warm-up counts for neither figure. `at` counts from 0. */
export async function timesOf(work: (at: number) => unknown, { warmUp = 5, times = 15 } = {}): Promise<Times> {
  const taken: number[] = [];
  for (let at = 0; at < 1 + warmUp + times; at++) {
    const begun = performance.now();
    await work(at);
    taken.push(performance.now() - begun);
  }
  return { first: taken[0] ?? Number.NaN, median: percentile(taken.slice(1 + warmUp), 50) };
}
