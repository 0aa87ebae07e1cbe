import { handle } from "@/lib/http/handle";
import { cancelRun } from "@/lib/runs/cancel";

export const POST = handle("POST /api/v1/runs/{id}/cancel", ({ actor, params }) => cancelRun(actor, params));
