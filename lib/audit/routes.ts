import { z } from "zod";
import type { Route } from "@/lib/http/route";
import { IsoTime } from "@/lib/kernel/shapes";
import { AuditExportQuery, AuditPage, AuditQuery } from "./schema";

/** Routes of the audit. */
export const auditRoutes = {
  "GET /api/v1/audit": { summary: "Audit events, newest first", access: ["Auditor"], query: AuditQuery, response: AuditPage },
  "GET /api/v1/audit/export": {
    summary: "Audit events as CSV or as JSONL that verifies offline",
    access: ["Auditor"],
    query: AuditExportQuery,
    response: null,
    perMinute: 10,
  },
  "GET /api/v1/audit/head": {
    summary: "The newest link of the audit chain",
    access: ["Auditor"],
    response: z.object({ sequence: z.string(), hash: z.string(), at: IsoTime }),
  },
} as const satisfies Record<string, Route>;
