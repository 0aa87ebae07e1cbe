import { startReading } from "@/lib/clusters/start-reading";
import { handle } from "@/lib/http/handle";

export const POST = handle("POST /api/v1/clusters/{subscription}/{group}/{name}/readings", ({ actor, params, body, correlationId }) =>
  startReading(actor, params, body, correlationId),
);
