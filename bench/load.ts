/** Calls `work` `total` times, `concurrent` at a time, and gives the time of each call in ms. */
export async function load(total: number, concurrent: number, work: (index: number) => Promise<void>): Promise<number[]> {
  const times: number[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < total) {
      const index = next++;
      const begun = performance.now();
      await work(index);
      times.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: concurrent }, lane));
  return times;
}
