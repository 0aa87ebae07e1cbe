import { handle } from "@/lib/http/handle";
import { commentOnRequest } from "@/lib/requests/comment";

export const POST = handle("POST /api/v1/requests/{id}/comments", ({ actor, params, body }) => commentOnRequest(actor, params, body));
