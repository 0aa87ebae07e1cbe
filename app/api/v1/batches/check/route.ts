import { handle } from "@/lib/http/handle";
import { checkBatch } from "@/lib/requests/batch/check";

export const POST = handle("POST /api/v1/batches/check", ({ actor, body }) => checkBatch(actor, body));
