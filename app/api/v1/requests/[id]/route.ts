import { handle } from "@/lib/http/handle";
import { readRequest } from "@/lib/requests/read";

export const GET = handle("GET /api/v1/requests/{id}", ({ actor, params }) => readRequest(actor, params));
