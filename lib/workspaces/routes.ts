import { ResourceParams } from "@/lib/clusters/schema-fleet";
import { type Route, readers } from "@/lib/http/route";
import { WorkspaceDetail, WorkspaceList, WorkspaceListQuery } from "./schema";

/** Routes of machine learning workspaces. */
export const workspaceRoutes = {
  "GET /api/v1/workspaces": {
    summary: "Machine learning workspaces over all readable subscriptions",
    access: readers,
    query: WorkspaceListQuery,
    response: WorkspaceList,
  },
  "GET /api/v1/workspaces/{subscription}/{group}/{name}": {
    summary: "One workspace with its computes, role bindings, requests and runs",
    access: readers,
    params: ResourceParams,
    response: WorkspaceDetail,
  },
} as const satisfies Record<string, Route>;
