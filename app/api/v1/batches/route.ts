import { handle } from "@/lib/http/handle";
import { submitBatch } from "@/lib/requests/batch/submit";

export const POST = handle("POST /api/v1/batches", ({ actor, body }) => submitBatch(actor, body));
