import { z } from "zod";
import type { Route } from "@/lib/http/route";
import { Me, OpenRuns, SessionRow, SignOutAnswer, SignOutBody } from "./schema";

/** Routes of the signed-in person and of sessions. */
export const sessionRoutes = {
  "GET /api/v1/me": { summary: "Who is signed in, with the counts that wait for that person", access: "signed-in", response: Me },
  "GET /api/v1/sessions": {
    summary: "The signed-in person's own sessions; an Administrator sees all",
    access: "signed-in",
    response: z.object({ items: z.array(SessionRow) }),
  },
  "DELETE /api/v1/sessions/{id}": {
    summary: "End a session: one's own, or as Administrator any",
    access: "signed-in",
    params: z.object({ id: z.string().min(16).max(128) }),
    response: null,
    status: 204,
  },
  "GET /api/v1/sessions/open-runs": {
    summary: "Runs that act as the signed-in person and would keep its tokens after sign-out",
    access: "signed-in",
    response: OpenRuns,
  },
  "POST /api/v1/sign-out": {
    summary: "End this session, or all of this person's",
    access: "signed-in",
    body: SignOutBody,
    response: SignOutAnswer,
  },
} as const satisfies Record<string, Route>;
