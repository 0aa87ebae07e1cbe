/** A React key for each entry of a list, in which the same text may stand twice. */
export const entryKeys = (entries: readonly string[]): [key: string, entry: string][] =>
  entries.map((entry, at) => [`${at} ${entry}`, entry]);
