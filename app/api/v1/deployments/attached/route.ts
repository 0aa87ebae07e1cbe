import { readAttached } from "@/lib/deployments/form/attached";
import { handle } from "@/lib/http/handle";

export const GET = handle("GET /api/v1/deployments/attached", ({ actor, query }) => readAttached(actor, query));
