import { handle } from "@/lib/http/handle";
import { startRequest } from "@/lib/requests/start";

export const POST = handle("POST /api/v1/requests/{id}/start", ({ actor, params }) => startRequest(actor, params));
