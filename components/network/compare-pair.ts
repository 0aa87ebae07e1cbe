import type { Filters } from "@/components/ui/url-filters";
import type { Where } from "@/lib/http/api";
import type { SnapshotPage } from "./queries";

/** What is compared, and what of it is shown, as it stands in the address. */
export const compareFilters = ["from", "to", "region", "search"] as const;
export type CompareFilters = Filters<(typeof compareFilters)[number]>;
/** Ids of two snapshots. */
export type Pair = { from: string; to: string };

/** Address of the page that compares two snapshots. */
export const comparePath = (from: string, to: string): string => `/network/snapshots/compare?${new URLSearchParams({ from, to })}`;

/**
 * The two that an address means: those that it names, else the one in use and, of the list of snapshots (newest import first), the one imported
 * before it. Null when there is no such pair. Server and browser must choose alike.
 */
export function chosenPair(items: readonly Pick<SnapshotPage["items"][number], "id" | "isCurrent">[], named: CompareFilters): Pair | null {
  const to = named.to ?? (items.find(({ isCurrent }) => isCurrent) ?? items[0])?.id;
  if (to === undefined) return null;
  const place = items.findIndex(({ id }) => id === to);
  const from = named.from ?? (items[place + 1] ?? items.find(({ id }) => id !== to))?.id;
  return from === undefined ? null : { from, to };
}

/** The question for a comparison. */
export const compareWhere = ({ from, to }: Pair, { region, search }: CompareFilters): Where<"GET /api/v1/network/snapshots/compare"> => ({
  query: { from, to, region, search },
});
