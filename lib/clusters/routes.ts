import { z } from "zod";
import { type Route, readers } from "@/lib/http/route";
import { readable, ResourceId } from "@/lib/kernel/shapes";
import { ClusterDetail, ClusterList, SourceList, SourceListQuery, SourceShape } from "./schema";
import { FleetQuery, ResourceParams } from "./schema-fleet";
import {
  AccessQuery,
  AccessShape,
  AzureMlQuery,
  AzureMlShape,
  PodList,
  PodQuery,
  ReadingBody,
  ReadingParams,
  ReadingShape,
} from "./schema-inside";

/** Routes of clusters, what is inside them, and the resources that may be a source. */
export const clusterRoutes = {
  "GET /api/v1/clusters": {
    summary: "Clusters over all readable subscriptions",
    access: readers,
    query: FleetQuery,
    response: ClusterList,
  },
  "GET /api/v1/clusters/{subscription}/{group}/{name}": {
    summary: "One cluster with its bindings, locks, requests and runs",
    access: readers,
    params: ResourceParams,
    response: ClusterDetail,
  },
  "GET /api/v1/clusters/{subscription}/{group}/{name}/azureml": {
    summary: "Azure ML on one cluster: extension, pods expected and present, computes",
    access: readers,
    params: ResourceParams,
    query: AzureMlQuery,
    response: AzureMlShape,
  },
  "GET /api/v1/clusters/{subscription}/{group}/{name}/pods": {
    summary: "Pods of one cluster, over all namespaces",
    access: readers,
    params: ResourceParams,
    query: PodQuery,
    response: PodList,
  },
  "GET /api/v1/clusters/{subscription}/{group}/{name}/access": {
    summary: "Who may do what in one cluster, with the risk of it",
    access: readers,
    params: ResourceParams,
    query: AccessQuery,
    response: AccessShape,
  },
  "POST /api/v1/clusters/{subscription}/{group}/{name}/readings": {
    summary: "Read one cluster by fixed commands that Azure runs in it, as the caller",
    access: ["Requester", "Approver", "Administrator"],
    params: ResourceParams,
    body: ReadingBody,
    response: ReadingShape,
    status: 202,
    perMinute: 12,
  },
  "GET /api/v1/clusters/{subscription}/{group}/{name}/readings/{id}": {
    summary: "How far one's own reading by commands is",
    access: readers,
    params: ReadingParams,
    response: ReadingShape,
  },
  "GET /api/v1/sources": {
    summary: "Machine learning workspaces that may be a source",
    access: readers,
    query: SourceListQuery,
    response: SourceList,
  },
  "GET /api/v1/sources/one": {
    summary: "One resource by its ARM id",
    access: readers,
    query: z.object({ id: ResourceId }),
    response: z.object({ source: readable(SourceShape) }),
  },
} as const satisfies Record<string, Route>;
