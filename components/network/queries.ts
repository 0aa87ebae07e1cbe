import type { ClusterAddress } from "@/components/clusters/queries";
import { queryOf } from "@/components/shell/query";
import type { Filters, ListOf } from "@/components/ui/url-filters";
import type { Where } from "@/lib/http/api";
import type { Answer } from "@/lib/http/contract";

const coverage = "GET /api/v1/clusters/{subscription}/{group}/{name}/network";
export type ClusterCoverage = Answer<typeof coverage>;
export type CoverageDetail = Extract<ClusterCoverage["coverage"], { state: "ok" }>["value"];
export type TagsInUse = Answer<"GET /api/v1/network/tags">;
export type TagWarning = TagsInUse["warnings"][number];

/** Filters of the fleet's page, as they stand in the address. */
export const fleetFilters = ["search", "subscription", "state", "cursor"] as const;
export type FleetFilters = Filters<(typeof fleetFilters)[number]>;
export type FleetCoverage = Answer<"GET /api/v1/network/clusters">;

/** The states that a cluster's coverage may have. */
export const states = ["covered", "partly", "missing", "open", "not-applicable", "unknown"] as const;

/** The question for the fleet; a state that is none of ours is left out. */
export function fleetWhere({ state, ...rest }: FleetFilters): Where<"GET /api/v1/network/clusters"> {
  return { query: { ...rest, state: states.find((one) => one === state) } };
}
export const fleetQuery = (filters: FleetFilters) => queryOf("GET /api/v1/network/clusters", fleetWhere(filters));

/** Filters of a cluster's network page, as they stand in the address. */
export const coverageFilters = ["scope", "address"] as const;
export type CoverageFilters = Filters<(typeof coverageFilters)[number]>;

export const scopes = ["region", "region-and-pair", "global"] as const;

/** A scope that an address names; anything else is the usual one. */
export const scopeOf = (scope: string | undefined): (typeof scopes)[number] => scopes.find((one) => one === scope) ?? "region-and-pair";

export function coverageWhere(params: ClusterAddress, { scope, address }: CoverageFilters): Where<typeof coverage> {
  return { params, query: { scope: scopeOf(scope), address } };
}

export const coverageQuery = (params: ClusterAddress, filters: CoverageFilters) => queryOf(coverage, coverageWhere(params, filters));
export const tagsQuery = () => queryOf("GET /api/v1/network/tags");
export const tagQuery = (name: string) => queryOf("GET /api/v1/network/tags/{name}", { params: { name } });
export type TagDetail = Answer<"GET /api/v1/network/tags/{name}">;

/** Filters of the list of snapshots, as they stand in the address. */
export const snapshotFilters = ["cursor"] as const;
export type SnapshotFilters = Filters<(typeof snapshotFilters)[number]>;
export type SnapshotPage = Answer<"GET /api/v1/network/snapshots">;
export type Snapshot = SnapshotPage["items"][number];
export type Imported = Answer<"POST /api/v1/network/snapshots">;

export const snapshotsWhere = (filters: ListOf<SnapshotFilters>): Where<"GET /api/v1/network/snapshots"> => ({ query: filters });
export const snapshotsQuery = (filters: ListOf<SnapshotFilters>) => queryOf("GET /api/v1/network/snapshots", snapshotsWhere(filters));
