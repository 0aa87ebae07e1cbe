import { handle } from "@/lib/http/handle";
import { readRequests } from "@/lib/requests/read";
import { submitRequest } from "@/lib/requests/submit";

export const GET = handle("GET /api/v1/requests", ({ actor, query }) => readRequests(actor, query));
export const POST = handle("POST /api/v1/requests", ({ actor, body }) => submitRequest(actor, body));
