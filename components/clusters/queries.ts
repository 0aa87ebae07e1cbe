import { queryOf } from "@/components/shell/query";
import type { Filters } from "@/components/ui/url-filters";
import type { Where } from "@/lib/http/api";

/** Filters of the list of clusters, as they stand in the address. */
export const clusterFilters = ["search", "subscription", "cursor"] as const;
export type ClusterFilters = Filters<(typeof clusterFilters)[number]>;

/** The parts of a cluster's id, as its page's address has them. */
export type ClusterAddress = { subscription: string; group: string; name: string };

export function clustersWhere(filters: ClusterFilters): Where<"GET /api/v1/clusters"> {
  return { query: filters };
}

export const clustersQuery = (filters: ClusterFilters) => queryOf("GET /api/v1/clusters", clustersWhere(filters));
export const clusterQuery = (params: ClusterAddress) => queryOf("GET /api/v1/clusters/{subscription}/{group}/{name}", { params });
