import { handle } from "@/lib/http/handle";
import { withdrawRequest } from "@/lib/requests/withdraw";

export const POST = handle("POST /api/v1/requests/{id}/withdraw", ({ actor, params, body }) => withdrawRequest(actor, params, body));
