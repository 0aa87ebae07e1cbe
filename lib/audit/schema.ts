import { z } from "zod";
import { CursorQuery, IsoTime } from "@/lib/kernel/shapes";

const filters = {
  action: z.string().max(60).optional(),
  outcome: z.enum(["ok", "refused", "failed", "intent"]).optional(),
  actor: z.string().trim().max(100).optional(),
  cluster: z.string().trim().max(2048).optional(),
  request: z.uuid("This is not a request id.").optional(),
  run: z.uuid("This is not a run id.").optional(),
  correlation: z.string().trim().max(100).optional(),
  from: z.iso.datetime({ offset: true, error: "From is an ISO 8601 time." }).optional(),
  to: z.iso.datetime({ offset: true, error: "To is an ISO 8601 time." }).optional(),
};

export const AuditQuery = CursorQuery.extend(filters);
export const AuditExportQuery = z.object({ ...filters, format: z.enum(["csv", "jsonl"]) });

export const AuditRow = z.object({
  /** Decimal text: a sequence may outgrow a JSON number. */
  sequence: z.string(),
  at: IsoTime,
  action: z.string(),
  outcome: z.string(),
  actorName: z.string().nullable(),
  actorOid: z.string().nullable(),
  summary: z.string(),
  subjectType: z.string().nullable(),
  subjectId: z.string().nullable(),
  clusterKey: z.string().nullable(),
  requestId: z.string().nullable(),
  runId: z.string().nullable(),
  correlationId: z.string().nullable(),
  before: z.unknown(),
  after: z.unknown(),
  detail: z.unknown(),
  hash: z.string(),
});

export const AuditPage = z.object({
  items: z.array(AuditRow),
  nextCursor: z.string().nullable(),
  head: z.object({ sequence: z.string(), hash: z.string() }).nullable(),
});
