import { exportAudit } from "@/lib/audit/export";
import { handle } from "@/lib/http/handle";

export const GET = handle("GET /api/v1/audit/export", ({ actor, query }) => exportAudit(actor, query));
