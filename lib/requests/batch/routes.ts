import { type Route, readers } from "@/lib/http/route";
import { IdParams } from "../schema";
import { Batch, BatchCheck, BatchDecideBody, BatchDecided, BatchInput, BatchSubmitted } from "./schema";

/** Routes of a change that is asked for of several clusters at once. */
export const batchRoutes = {
  "POST /api/v1/batches/check": {
    summary: "Check the same change of authorized ranges for several clusters and preview each plan; stores nothing",
    access: ["Requester", "Approver"],
    body: BatchInput,
    response: BatchCheck,
    perMinute: 30,
  },
  "POST /api/v1/batches": {
    summary: "Submit the same change for several clusters: a request for each, all of them or none",
    access: ["Requester", "Approver"],
    body: BatchInput,
    response: BatchSubmitted,
    status: 201,
    perMinute: 10,
  },
  "GET /api/v1/batches/{id}": {
    summary: "Requests that were asked for together, with their plans",
    access: readers,
    params: IdParams,
    response: Batch,
  },
  "POST /api/v1/batches/{id}/decisions": {
    summary: "Approve or reject exactly the plans of the given digests; one that cannot be decided drops out alone",
    access: ["Approver"],
    params: IdParams,
    body: BatchDecideBody,
    response: BatchDecided,
    perMinute: 30,
  },
} as const satisfies Record<string, Route>;
