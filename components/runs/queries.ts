import { queryOf } from "@/components/shell/query";
import type { Filters, ListOf } from "@/components/ui/url-filters";
import type { Where } from "@/lib/http/api";
import type { Answer } from "@/lib/http/contract";

/** One run as its page reads it. */
export type RunDetail = Answer<"GET /api/v1/runs/{id}">;
export type RunRow = Answer<"GET /api/v1/runs">["items"][number];

/** Filters of the list of runs, as they stand in the address. */
export const runFilters = ["view", "state", "kind", "cluster", "workspace", "cursor"] as const;
export type RunFilters = Filters<(typeof runFilters)[number]>;

/** Where of the list for the filters of an address. The server refuses what is not one of its words. */
export function runsWhere(filters: ListOf<RunFilters>): Where<"GET /api/v1/runs"> {
  return { query: { limit: 25, ...filters } as Where<"GET /api/v1/runs">["query"] };
}

export const runsQuery = (filters: ListOf<RunFilters>) => queryOf("GET /api/v1/runs", runsWhere(filters));
export const runQuery = (id: string) => queryOf("GET /api/v1/runs/{id}", { params: { id } });
