import { handle } from "@/lib/http/handle";
import { importFromAzure } from "@/lib/network/snapshots/from-azure";

export const POST = handle("POST /api/v1/network/snapshots/from-azure", ({ actor, body, correlationId }) =>
  importFromAzure(actor, body, correlationId),
);
