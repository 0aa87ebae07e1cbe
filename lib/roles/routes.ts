import { type Route, readers } from "@/lib/http/route";
import { RegionList, RoleCatalogueQuery, RoleCatalogueShape } from "./schema";

/** Routes of trusted access roles. */
export const roleRoutes = {
  "GET /api/v1/roles/regions": { summary: "Subscriptions and regions that have clusters", access: readers, response: RegionList },
  "GET /api/v1/roles": {
    summary: "The trusted access roles of a subscription and region",
    access: readers,
    query: RoleCatalogueQuery,
    response: RoleCatalogueShape,
  },
} as const satisfies Record<string, Route>;
