import { z } from "zod";
import { type Route, readers } from "@/lib/http/route";
import { page } from "@/lib/kernel/shapes";
import { IdParams } from "@/lib/requests/schema";
import { RunDetail, RunListQuery, RunRow } from "./schema";

/** Routes of runs. */
export const runRoutes = {
  "GET /api/v1/runs": { summary: "Runs that this person may see", access: readers, query: RunListQuery, response: page(RunRow) },
  "GET /api/v1/runs/{id}": { summary: "One run with its steps and Azure calls", access: readers, params: IdParams, response: RunDetail },
  "POST /api/v1/runs/{id}/retry": {
    summary: "Retry a failed run, acting as the caller",
    access: ["Requester", "Approver"],
    params: IdParams,
    response: z.object({ attempt: z.number() }),
  },
  "POST /api/v1/runs/{id}/carry-on": {
    summary: "Carry on a run that waits for rights or a sign-in, acting as the caller",
    access: ["Requester", "Approver"],
    params: IdParams,
    response: z.object({ attempt: z.number() }),
  },
  "POST /api/v1/runs/{id}/cancel": {
    summary: "Cancel a run; says what stays in Azure",
    access: ["Requester", "Approver"],
    params: IdParams,
    response: z.object({ state: z.string(), leaves: z.string() }),
  },
} as const satisfies Record<string, Route>;
