import type { Actor } from "@/lib/auth/actor";
import { makeFold } from "@/lib/auth/fold";
import { db, transaction } from "@/lib/db/client";
import type { Answer, QueryOut } from "@/lib/http/contract";
import { BinderyError } from "@/lib/kernel/errors";
import { canonicalJson } from "@/lib/kernel/json";
import { appendAudit } from "./append";
import { type AuditFilter, auditWhere } from "./filter";
import { requireAuditor } from "./gate";
import { rowOf } from "./row";

/** The same look of the same session is recorded once in ten minutes: pages ask again by themselves. */
const looks = makeFold(10 * 60_000);

/**
 * Audit events, newest first. The sequence is the key of the paging: unique and ordered, so that no page skips or repeats. That somebody
 * looked is recorded, and without that record nothing is shown. Throws `forbidden` to all but Auditors, `invalid_input` for a foreign cursor.
 */
export async function readAudit(actor: Actor, query: QueryOut<"GET /api/v1/audit">): Promise<Answer<"GET /api/v1/audit">> {
  requireAuditor(actor);
  const { cursor, limit, ...filter } = query;
  const behind = cursor === undefined ? {} : { sequence: { lt: readSequence(cursor) } };
  await recordLook(actor, filter);
  const where = { AND: [await auditWhere(actor, filter), behind] };
  const [found, head] = await Promise.all([
    db().auditEvent.findMany({ where, orderBy: { sequence: "desc" }, take: limit + 1 }),
    db().auditHead.findUniqueOrThrow({ where: { id: 1 } }),
  ]);
  const rows = found.slice(0, limit);
  return {
    items: rows.map(rowOf),
    nextCursor: found.length > limit ? (rows.at(-1)?.sequence.toString() ?? null) : null,
    head: head.sequence === 0n ? null : { sequence: head.sequence.toString(), hash: head.hash },
  };
}

/** The newest link of the chain: what an auditor notes down, so that a later export cannot have lost or changed what was before it. */
export async function readAuditHead(actor: Actor): Promise<Answer<"GET /api/v1/audit/head">> {
  requireAuditor(actor);
  const head = await db().auditHead.findUniqueOrThrow({ where: { id: 1 } });
  const newest = await db().auditEvent.findUnique({ where: { sequence: head.sequence }, select: { at: true } });
  if (newest === null) {
    throw new BinderyError("not_found", "The record holds no event yet.", { remedy: "Look again when somebody has signed in." });
  }
  return { sequence: head.sequence.toString(), hash: head.hash, at: newest.at.toISOString() };
}

async function recordLook(actor: Actor, filter: AuditFilter): Promise<void> {
  const key = `${actor.sessionId} ${canonicalJson(filter)}`;
  if (!looks.first(key)) return;
  const { tid, name } = actor;
  const subject = { type: "audit", id: "events" };
  const event = {
    tid,
    action: "audit-read",
    outcome: "ok",
    actor,
    subject,
    summary: `${name} read the audit`,
    detail: { filter },
  } as const;
  try {
    await transaction((tx) => appendAudit(tx, event));
  } catch (error) {
    looks.forget(key);
    throw error;
  }
}

function readSequence(text: string): bigint {
  if (/^\d{1,18}$/.test(text)) return BigInt(text);
  throw new BinderyError("invalid_input", "This page link is not valid.", { field: "cursor", remedy: "Start from the first page." });
}
