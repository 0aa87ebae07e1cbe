/** Filters of a list as they stand in the address. */
export type Filters<N extends string> = Partial<Record<N, string>>;

/** Filters with how many rows a page of the list has. */
export type ListOf<F> = F & { limit?: number };

/**
 * The named filters of an address: those that are given and not empty. Takes `useSearchParams()` in the browser and the awaited
 * `searchParams` of a server page; both give the same, so that the query keys of both are the same.
 */
export function pickFilters<const N extends string>(
  names: readonly N[],
  from: { get(name: string): string | null } | Record<string, string | string[] | undefined>,
): Filters<N> {
  const value = (name: N): string | null => {
    if (typeof from.get === "function") return from.get(name);
    const given = (from as Record<string, string | string[] | undefined>)[name];
    return (Array.isArray(given) ? given[0] : given) ?? null;
  };
  const picked = names.map((name) => [name, value(name)] as const).filter((pair) => pair[1] !== null && pair[1] !== "");
  return Object.fromEntries(picked) as Filters<N>;
}

/** The address of a list with some filters changed (`undefined` or "" removes one). A change goes back to the first page. */
export function withFilters(path: string, now: Record<string, string | undefined>, change: Record<string, string | undefined>): string {
  const next = { ...now, cursor: undefined, ...change };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(next)) if (value !== undefined && value !== "") query.set(name, value);
  return query.size === 0 ? path : `${path}?${query}`;
}
