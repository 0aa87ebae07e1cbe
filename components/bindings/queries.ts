import { queryOf } from "@/components/shell/query";
import type { Filters } from "@/components/ui/url-filters";
import type { Where } from "@/lib/http/api";

/** Filters of the list of role bindings, as they stand in the address. */
export const bindingFilters = ["standing", "search", "cluster", "cursor"] as const;
export type BindingFilters = Filters<(typeof bindingFilters)[number]>;

/** Where of the list for the filters of an address. The server refuses what is not one of its words. */
export function bindingsWhere(filters: BindingFilters): Where<"GET /api/v1/bindings"> {
  return { query: filters as Where<"GET /api/v1/bindings">["query"] };
}

export const bindingsQuery = (filters: BindingFilters) => queryOf("GET /api/v1/bindings", bindingsWhere(filters));
