import type { Tx } from "@/lib/db/client";
import { now } from "@/lib/kernel/clock";
import { canonicalJson, sha256 } from "@/lib/kernel/json";
import { redact } from "@/lib/kernel/log";
import type { AuditAction } from "./actions";
import { linkHash } from "./chain";

/** Who did it. An `Actor` fits; of it, only these parts are kept. */
export type AuditActor = {
  oid: string;
  name: string;
  upn?: string;
  sessionId?: string;
  acrs?: string[];
  amr?: string[];
  authTime?: Date | string;
  ip?: string | null;
  userAgent?: string | null;
};

/** One fact for the audit. `summary` is a sentence for people; secrets in any part are replaced before it is kept. */
export type AuditInput = {
  tid: string;
  action: AuditAction;
  outcome: "ok" | "refused" | "failed" | "intent";
  actor?: AuditActor | null;
  subject?: { type: string; id: string };
  clusterKey?: string;
  requestId?: string;
  runId?: string;
  correlationId?: string;
  summary: string;
  before?: unknown;
  after?: unknown;
  detail?: unknown;
};

/**
 * Appends an event to the chain, in the caller's transaction: no audit, no write. Call it last in the transaction, since from here on the
 * newest link is locked until the commit, which gives the events their order.
 */
export async function appendAudit(tx: Tx, input: AuditInput): Promise<void> {
  const at = now();
  const body = {
    ...(JSON.parse(JSON.stringify(redact({ ...input, actor: actorOf(input.actor) }))) as Record<string, unknown>),
    at: at.toISOString(),
  };
  const [head] = await tx.$queryRaw<{ sequence: bigint; hash: string }[]>`SELECT sequence, hash FROM audit_head WHERE id = 1 FOR UPDATE`;
  if (head === undefined) throw new Error("The audit chain has no head: the migrations are incomplete.");
  const sequence = head.sequence + 1n;
  const event = canonicalJson({ ...body, sequence: sequence.toString() });
  const eventHash = sha256(event);
  const hash = linkHash(head.hash, sequence, eventHash);
  await tx.auditEvent.create({
    data: {
      sequence,
      at,
      tid: input.tid,
      action: input.action,
      outcome: input.outcome,
      actorOid: input.actor?.oid ?? null,
      actorName: input.actor?.name ?? null,
      subjectType: input.subject?.type ?? null,
      subjectId: input.subject?.id ?? null,
      clusterKey: input.clusterKey ?? null,
      requestId: input.requestId ?? null,
      runId: input.runId ?? null,
      correlationId: input.correlationId ?? null,
      event,
      eventHash,
      previousHash: head.hash,
      hash,
    },
  });
  await tx.auditHead.update({ where: { id: 1 }, data: { sequence, hash } });
}

/** The session's id is a hash already; a short form of it is enough to tell sessions apart. */
function actorOf(actor: AuditActor | null | undefined): unknown {
  if (actor === null || actor === undefined) return null;
  const { oid, name, upn, acrs, amr, authTime, ip, userAgent, sessionId } = actor;
  return {
    oid,
    name,
    upn,
    acrs,
    amr,
    authTime: authTime instanceof Date ? authTime.toISOString() : authTime,
    ip,
    userAgent,
    session: sessionId?.slice(0, 12),
  };
}
