import { readAudit } from "@/lib/audit/read";
import { handle } from "@/lib/http/handle";

export const GET = handle("GET /api/v1/audit", ({ actor, query }) => readAudit(actor, query));
