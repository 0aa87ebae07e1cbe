import { handle } from "@/lib/http/handle";
import { retryRun } from "@/lib/runs/carry-on";

export const POST = handle("POST /api/v1/runs/{id}/retry", ({ actor, params }) => retryRun(actor, params));
