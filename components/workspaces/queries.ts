import { queryOf } from "@/components/shell/query";
import type { Filters } from "@/components/ui/url-filters";
import type { Answer } from "@/lib/http/contract";
import type { Where } from "@/lib/http/api";

export type WorkspaceRow = Answer<"GET /api/v1/workspaces">["items"][number];
export type WorkspaceDetail = Answer<"GET /api/v1/workspaces/{subscription}/{group}/{name}">;

/** Filters of the list of workspaces, as they stand in the address. */
export const workspaceFilters = ["search", "subscription", "cursor"] as const;
export type WorkspaceFilters = Filters<(typeof workspaceFilters)[number]>;

/** The parts of a workspace's id, as its page's address has them. */
export type WorkspaceAddress = { subscription: string; group: string; name: string };

export function workspacesWhere(filters: WorkspaceFilters): Where<"GET /api/v1/workspaces"> {
  return { query: filters };
}

export const workspacesQuery = (filters: WorkspaceFilters) => queryOf("GET /api/v1/workspaces", workspacesWhere(filters));
export const workspaceQuery = (params: WorkspaceAddress) => queryOf("GET /api/v1/workspaces/{subscription}/{group}/{name}", { params });
