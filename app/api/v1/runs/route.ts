import { handle } from "@/lib/http/handle";
import { readRuns } from "@/lib/runs/read";

export const GET = handle("GET /api/v1/runs", ({ actor, query }) => readRuns(actor, query));
