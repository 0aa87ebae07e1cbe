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

const inside = "/api/v1/clusters/{subscription}/{group}/{name}";
export type Via = "direct" | "run-command";

/** Filters of the pages inside a cluster, as they stand in the address. */
export const podFilters = ["via", "search", "namespace", "show", "cursor"] as const;
export const accessFilters = ["via", "search", "risk", "system", "cursor"] as const;
export type PodFilters = Filters<(typeof podFilters)[number]>;
export type AccessFilters = Filters<(typeof accessFilters)[number]>;

/** A way that an address names; anything else is the direct one. */
const viaOf = (via: string | undefined): Via => (via === "run-command" ? via : "direct");
const riskOf = (risk: string | undefined) => (["critical", "medium", "low"] as const).find((one) => one === risk);

export function podsWhere(params: ClusterAddress, { via, show, ...rest }: PodFilters): Where<`GET ${typeof inside}/pods`> {
  return { params, query: { ...rest, via: viaOf(via), show: show === "unwell" ? show : undefined } };
}
export function accessWhere(params: ClusterAddress, { via, risk, system, ...rest }: AccessFilters): Where<`GET ${typeof inside}/access`> {
  return { params, query: { ...rest, via: viaOf(via), risk: riskOf(risk), system: system === "show" ? system : undefined } };
}

export const podsQuery = (params: ClusterAddress, filters: PodFilters) => queryOf(`GET ${inside}/pods`, podsWhere(params, filters));
export const accessQuery = (params: ClusterAddress, filters: AccessFilters) =>
  queryOf(`GET ${inside}/access`, accessWhere(params, filters));
export const azureMlQuery = (params: ClusterAddress, via: Via) => queryOf(`GET ${inside}/azureml`, { params, query: { via } });
export const readingQuery = (params: ClusterAddress & { id: string }) => queryOf(`GET ${inside}/readings/{id}`, { params });
