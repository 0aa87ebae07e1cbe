import type { Tx } from "@/lib/db/client";
import { now } from "@/lib/kernel/clock";
import { BinderyError } from "@/lib/kernel/errors";
import { sha256 } from "@/lib/kernel/json";
import { linkHash } from "./chain";
import { type AuditInput, eventText } from "./event";

export type { AuditActor, AuditInput } from "./event";

/**
 * Puts one event on record, in the transaction of the change that it tells of: no event, no change. Call it last in a transaction,
 * since the lock on the chain's head is kept until the commit and every other append waits for it. Several calls in one transaction
 * make several events.
 */
export async function appendAudit(tx: Tx, input: AuditInput): Promise<void> {
  const head = await lockHead(tx);
  const at = now();
  const sequence = head.sequence + 1n;
  const event = eventText(input, at);
  const eventHash = sha256(event);
  const hash = linkHash(head.hash, sequence, eventHash);
  await tx.$executeRaw`
    WITH "moved" AS (UPDATE "audit_head" SET "sequence" = ${sequence}, "hash" = ${hash} WHERE "id" = 1)
    INSERT INTO "audit_event" ("sequence", "at", "tid", "action", "outcome", "actorOid", "actorName", "subjectType", "subjectId",
      "clusterKey", "requestId", "runId", "correlationId", "event", "eventHash", "previousHash", "hash")
    VALUES (${sequence}, ${at}, ${input.tid.toLowerCase()}, ${input.action}, ${input.outcome}, ${column(input.actor?.oid)}, ${column(input.actor?.name)},
      ${column(input.subject?.type)}, ${column(input.subject?.id)}, ${column(input.clusterKey)}, ${input.requestId ?? null}::uuid,
      ${input.runId ?? null}::uuid, ${column(input.correlationId)}, ${event}, ${eventHash}, ${head.hash}, ${hash})`;
}

/** Locks the chain's head until the transaction ends, and reads it. Only for a change whose event depends on earlier events. */
export async function lockHead(tx: Tx): Promise<{ sequence: bigint; hash: string }> {
  const [head] = await tx.$queryRaw<{ sequence: bigint; hash: string }[]>`
    SELECT "sequence", "hash" FROM "audit_head" WHERE "id" = 1 FOR UPDATE`;
  if (head === undefined) throw new BinderyError("unavailable", "The audit chain has no head: the database is not fully migrated.");
  return head;
}

/** PostgreSQL's text cannot hold U+0000; the event's own text keeps it as an escape. */
const column = (text: string | undefined): string | null => text?.replaceAll("\u0000", "\uFFFD") ?? null;
