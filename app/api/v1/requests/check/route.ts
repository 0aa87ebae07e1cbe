import { handle } from "@/lib/http/handle";
import { checkRequest } from "@/lib/requests/check";

export const POST = handle("POST /api/v1/requests/check", ({ actor, body }) => checkRequest(actor, body));
