import { z } from "zod";
import { ResourceParams } from "@/lib/clusters/schema-fleet";
import { type Route, readers } from "@/lib/http/route";
import { CoverageQuery, CoverageShape } from "./coverage-schema";
import { FleetCoverage, FleetCoverageQuery } from "./fleet-schema";
import {
  AcceptBody,
  CompareQuery,
  ComparisonShape,
  FromAzureBody,
  ImportedShape,
  SnapshotPage,
  SnapshotParams,
  SnapshotsQuery,
  StandingBody,
  TagParams,
  TagShape,
  TagsShape,
  UploadQuery,
} from "./snapshots/schema";

/** Routes of service tags and of what the clusters' lists let in. What tags say is public; of clusters a person reads what Azure shows. */
export const networkRoutes = {
  "GET /api/v1/network/snapshots": {
    summary: "Snapshots of service tags, the newest first",
    access: readers,
    query: SnapshotsQuery,
    response: SnapshotPage,
  },
  "POST /api/v1/network/snapshots": {
    summary: "Import a document of service tags: the body is the document as it is, at most 32 MB",
    access: ["Administrator"],
    query: UploadQuery,
    response: ImportedShape,
    perMinute: 20,
  },
  "POST /api/v1/network/snapshots/from-azure": {
    summary: "Import the service tags that ARM answers the caller",
    access: ["Administrator"],
    body: FromAzureBody,
    response: ImportedShape,
    perMinute: 10,
  },
  "POST /api/v1/network/snapshots/{id}/standing": {
    summary: "Withdraw a snapshot that is wrong, or let it count again: the newest that counts is in use",
    access: ["Administrator"],
    params: SnapshotParams,
    body: StandingBody,
    response: z.object({ currentId: z.string().nullable() }),
  },
  "GET /api/v1/network/snapshots/compare": {
    summary: "What changed between two snapshots, by tag and region",
    access: readers,
    query: CompareQuery,
    response: ComparisonShape,
    perMinute: 60,
  },
  "GET /api/v1/network/tags": {
    summary: "The service tags of Azure ML in use, and what is to be known of them",
    access: readers,
    response: TagsShape,
  },
  "GET /api/v1/network/tags/{name}": {
    summary: "One service tag of Azure ML: its ranges, since when, and its history",
    access: readers,
    params: TagParams,
    response: TagShape,
  },
  "POST /api/v1/network/warnings/accept": {
    summary: "Take losses of tags as true: removals are free again",
    access: ["Administrator"],
    body: AcceptBody,
    response: z.object({ accepted: z.array(z.string()) }),
  },
  "GET /api/v1/network/clusters": {
    summary: "What each cluster's list of authorized ranges lets in of Azure ML",
    access: readers,
    query: FleetCoverageQuery,
    response: FleetCoverage,
    perMinute: 60,
  },
  "GET /api/v1/clusters/{subscription}/{group}/{name}/network": {
    summary: "What one cluster's list of authorized ranges lets in of Azure ML",
    access: readers,
    params: ResourceParams,
    query: CoverageQuery,
    response: CoverageShape,
    perMinute: 60,
  },
} as const satisfies Record<string, Route>;
