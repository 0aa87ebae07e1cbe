import { readAuditHead } from "@/lib/audit/read";
import { handle } from "@/lib/http/handle";

export const GET = handle("GET /api/v1/audit/head", ({ actor }) => readAuditHead(actor));
