import { handle } from "@/lib/http/handle";
import { decide } from "@/lib/requests/decide";

export const POST = handle("POST /api/v1/requests/{id}/decisions", ({ actor, params, body }) => decide(actor, params, body));
