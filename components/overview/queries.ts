import { queryOf } from "@/components/shell/query";
import type { RequestFilters } from "@/components/requests/queries";
import type { RunFilters } from "@/components/runs/queries";
import type { Where } from "@/lib/http/api";

/** What the overview reads; the server page fills the same keys. */
export const waitingRequests: RequestFilters = { view: "waiting-for-me" };
export const myRequests: RequestFilters = { view: "mine" };
export const needsMeRuns: RunFilters = { view: "needs-me" };
export const movingRuns: RunFilters = { view: "moving" };

/** A first page of clusters: its total and failures say how the fleet is. */
export const fleetWhere: Where<"GET /api/v1/clusters"> = { query: { limit: 200 } };
export const fleetQuery = () => ({ ...queryOf("GET /api/v1/clusters", fleetWhere), staleTime: 60_000 });

/** One binding is enough: the counts by standing are over everything that is visible. */
export const standingsQuery = () => ({ ...queryOf("GET /api/v1/bindings", { query: { limit: 1 } }), staleTime: 60_000 });
