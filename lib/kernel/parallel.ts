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
