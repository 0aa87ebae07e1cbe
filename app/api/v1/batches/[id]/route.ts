import { handle } from "@/lib/http/handle";
import { readBatch } from "@/lib/requests/batch/read";

export const GET = handle("GET /api/v1/batches/{id}", ({ actor, params }) => readBatch(actor, params));
