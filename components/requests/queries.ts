import { queryOf } from "@/components/shell/query";
import type { Filters, ListOf } from "@/components/ui/url-filters";
import type { Where } from "@/lib/http/api";

/** Filters of the list of requests, as they stand in the address. */
export const requestFilters = ["view", "state", "kind", "search", "cluster", "cursor"] as const;
export type RequestFilters = Filters<(typeof requestFilters)[number]>;

/** Where of the list for the filters of an address. The server refuses what is not one of its words. */
export function requestsWhere(filters: ListOf<RequestFilters>): Where<"GET /api/v1/requests"> {
  return { query: { limit: 25, ...filters } as Where<"GET /api/v1/requests">["query"] };
}

export const requestsQuery = (filters: ListOf<RequestFilters>) => queryOf("GET /api/v1/requests", requestsWhere(filters));
export const requestQuery = (id: string) => queryOf("GET /api/v1/requests/{id}", { params: { id } });
