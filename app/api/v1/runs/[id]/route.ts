import { handle } from "@/lib/http/handle";
import { readRun } from "@/lib/runs/read";

export const GET = handle("GET /api/v1/runs/{id}", ({ actor, params }) => readRun(actor, params));
