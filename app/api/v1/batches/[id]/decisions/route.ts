import { handle } from "@/lib/http/handle";
import { decideBatch } from "@/lib/requests/batch/decide";

export const POST = handle("POST /api/v1/batches/{id}/decisions", ({ actor, params, body }) => decideBatch(actor, params, body));
