import { queryOf } from "@/components/shell/query";
import type { RequestFilters } from "@/components/requests/queries";
import type { RunFilters } from "@/components/runs/queries";
import type { ListOf } from "@/components/ui/url-filters";
import type { Where } from "@/lib/http/api";

/** What the overview reads; the server page fills the same keys. */
export const waitingRequests: ListOf<RequestFilters> = { view: "waiting-for-me", limit: 10 };
export const myRequests: ListOf<RequestFilters> = { view: "mine", limit: 6 };
export const needsMeRuns: ListOf<RunFilters> = { view: "needs-me", limit: 10 };
export const movingRuns: ListOf<RunFilters> = { view: "moving", limit: 10 };

/** A first page of clusters: its total and failures say how the fleet is. */
export const fleetWhere: Where<"GET /api/v1/clusters"> = { query: { limit: 200 } };
export const fleetQuery = () => ({ ...queryOf("GET /api/v1/clusters", fleetWhere), staleTime: 60_000 });

/** One binding is enough: the counts by standing are over everything that is visible. */
export const standingsQuery = () => ({ ...queryOf("GET /api/v1/bindings", { query: { limit: 1 } }), staleTime: 60_000 });
