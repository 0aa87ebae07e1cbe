import { z } from "zod";
import { type Route, readers } from "@/lib/http/route";
import { page } from "@/lib/kernel/shapes";
import {
  CheckAnswer,
  CommentBody,
  DecideBody,
  IdParams,
  RequestDetail,
  RequestInput,
  RequestListQuery,
  RequestRow,
  WithdrawBody,
} from "./schema";

/** Routes of requests and decisions about them. */
export const requestRoutes = {
  "POST /api/v1/requests/check": {
    summary: "Check a request and preview its plan; stores nothing",
    access: ["Requester", "Approver"],
    body: RequestInput,
    response: CheckAnswer,
    perMinute: 120,
  },
  "POST /api/v1/requests": {
    summary: "Submit a request",
    access: ["Requester", "Approver"],
    body: RequestInput,
    response: z.object({ id: z.string(), number: z.number() }),
    status: 201,
    perMinute: 30,
  },
  "GET /api/v1/requests": {
    summary: "Requests that this person may see",
    access: readers,
    query: RequestListQuery,
    response: page(RequestRow),
  },
  "GET /api/v1/requests/{id}": {
    summary: "One request with its plan, decisions and comments",
    access: readers,
    params: IdParams,
    response: RequestDetail,
  },
  "GET /api/v1/requests/{id}/rights": {
    summary: "Which Azure rights for the plan's writes the caller does not hold, read with the caller's own token; a hint",
    access: ["Requester", "Approver"],
    params: IdParams,
    /** `unread`: scopes at which the caller's permissions cannot be read. */
    response: z.object({ missing: z.array(z.object({ action: z.string(), scope: z.string() })), unread: z.array(z.string()) }),
  },
  "POST /api/v1/requests/{id}/plan": {
    summary: "Plan again with the caller's own rights; voids the old plan when the facts changed",
    access: ["Requester", "Approver"],
    params: IdParams,
    response: z.object({
      version: z.number(),
      digest: z.string(),
      changed: z.boolean(),
      changes: z.array(z.string()),
      /** What stops the plan now: a sentence for each check. */
      stops: z.array(z.string()),
    }),
  },
  "POST /api/v1/requests/{id}/decisions": {
    summary: "Approve or reject exactly the plan of the given digest",
    access: ["Approver"],
    params: IdParams,
    body: DecideBody,
    response: z.object({ state: z.string(), runId: z.string().nullable() }),
    status: 201,
  },
  "POST /api/v1/requests/{id}/withdraw": {
    summary: "Withdraw one's own request",
    access: ["Requester", "Approver"],
    params: IdParams,
    body: WithdrawBody,
    response: z.object({ state: z.string() }),
  },
  "POST /api/v1/requests/{id}/comments": {
    summary: "Comment on a request",
    access: ["Requester", "Approver"],
    params: IdParams,
    body: CommentBody,
    response: z.object({ id: z.string() }),
    status: 201,
  },
  "POST /api/v1/requests/{id}/start": {
    summary: "Start the run of an approved request, acting as the caller",
    access: ["Requester", "Approver"],
    params: IdParams,
    response: z.object({ runId: z.string() }),
    status: 201,
  },
} as const satisfies Record<string, Route>;
