import { queryOf } from "@/components/shell/query";
import type { Filters } from "@/components/ui/url-filters";
import type { Where } from "@/lib/http/api";
import type { Answer } from "@/lib/http/contract";

export type Catalogue = Answer<"GET /api/v1/roles">;
export type Role = Catalogue["roles"][number];
export type Regions = Answer<"GET /api/v1/roles/regions">;
export type Region = { subscription: string; location: string };

/** Which catalogue is shown, as it stands in the address. */
export const roleFilters = ["subscription", "location"] as const;
export type RoleFilters = Filters<(typeof roleFilters)[number]>;

export const regionsQuery = () => queryOf("GET /api/v1/roles/regions");
export const rolesWhere = (region: Region): Where<"GET /api/v1/roles"> => ({ query: region });
export const rolesQuery = (region: Region) => queryOf("GET /api/v1/roles", rolesWhere(region));

/**
 * The catalogue that an address means: the one it names, else, within the subscription that it names, the region with the most
 * clusters. Null when there is no cluster to start from. Server and browser must choose alike.
 */
export function chosenRegion(regions: Regions["items"], filters: RoleFilters): Region | null {
  const { subscription, location } = filters;
  if (subscription !== undefined && location !== undefined) return { subscription, location };
  const offered = regions.filter((region) => subscription === undefined || region.subscriptionId === subscription);
  const most = offered.toSorted((one, other) => other.clusters - one.clusters)[0];
  return most === undefined ? null : { subscription: most.subscriptionId, location: most.location };
}
