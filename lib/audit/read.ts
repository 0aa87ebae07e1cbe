import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import type { Answer, QueryOut } from "@/lib/http/contract";
import { BinderyError } from "@/lib/kernel/errors";
import { auditWhere } from "./filter";

type Row = Answer<"GET /api/v1/audit">["items"][number];
type Kept = { summary?: string; before?: unknown; after?: unknown; detail?: unknown };

/** Audit events, newest first. The sequence is the key of the paging: it is unique and ordered, so no page can tie or skip. */
export async function readAudit(actor: Actor, query: QueryOut<"GET /api/v1/audit">): Promise<Answer<"GET /api/v1/audit">> {
  const behind = query.cursor === undefined ? {} : { sequence: { lt: readSequence(query.cursor) } };
  const [found, head] = await Promise.all([
    db().auditEvent.findMany({ where: { AND: [auditWhere(actor, query), behind] }, orderBy: { sequence: "desc" }, take: query.limit + 1 }),
    db().auditHead.findUnique({ where: { id: 1 } }),
  ]);
  const rows = found.slice(0, query.limit);
  const last = rows.at(-1);
  return {
    items: rows.map(rowOf),
    nextCursor: found.length > query.limit && last !== undefined ? last.sequence.toString() : null,
    head: head === null || head.sequence === 0n ? null : { sequence: head.sequence.toString(), hash: head.hash },
  };
}

function readSequence(text: string): bigint {
  if (!/^\d{1,18}$/.test(text))
    throw new BinderyError("invalid_input", "This page link is not valid.", { field: "cursor", remedy: "Start from the first page." });
  return BigInt(text);
}

function rowOf(row: Prisma.AuditEventGetPayload<object>): Row {
  const kept = JSON.parse(row.event) as Kept;
  return {
    sequence: row.sequence.toString(),
    at: row.at.toISOString(),
    action: row.action,
    outcome: row.outcome,
    actorName: row.actorName,
    actorOid: row.actorOid,
    summary: kept.summary ?? "",
    subjectType: row.subjectType,
    subjectId: row.subjectId,
    clusterKey: row.clusterKey,
    requestId: row.requestId,
    runId: row.runId,
    correlationId: row.correlationId,
    before: kept.before ?? null,
    after: kept.after ?? null,
    detail: kept.detail ?? null,
    hash: row.hash,
  };
}

/** The newest link of the chain: what an auditor notes down, so that a later export cannot have lost its tail unseen. */
export async function readAuditHead(_actor: Actor): Promise<Answer<"GET /api/v1/audit/head">> {
  const head = await db().auditHead.findUniqueOrThrow({ where: { id: 1 } });
  const newest = await db().auditEvent.findUnique({ where: { sequence: head.sequence }, select: { at: true } });
  return { sequence: head.sequence.toString(), hash: head.hash, at: (newest?.at ?? new Date(0)).toISOString() };
}
