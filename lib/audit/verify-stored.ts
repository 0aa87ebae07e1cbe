import { db } from "@/lib/db/client";
import { type Verification, verifyLines } from "./chain";
import { readEventText } from "./event";
import { jsonlPieces } from "./export-jsonl";
import { type AuditEventRow, chosenEvents } from "./export-rows";

/**
 * Verifies the chain in the database, of every tenant, up to its head at the start; and that the columns by which events are found say
 * what the chained texts say. `known`: a hash that was noted down before and must be in the chain.
 */
export async function verifyStored(known?: string): Promise<Verification> {
  const head = await db().auditHead.findUniqueOrThrow({ where: { id: 1 } });
  const chain = await verifyLines(linesOf(jsonlPieces({}, {}, head)), known);
  if (!chain.ok) return chain;
  for await (const rows of chosenEvents({}, head.sequence)) {
    const wrong = rows.find((row) => JSON.stringify(columnsOf(row)) !== JSON.stringify(columnsByText(row)));
    if (wrong) return { ok: false, at: wrong.sequence.toString(), why: "The columns of this event say something else than its text." };
  }
  return chain;
}

async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const piece of pieces) yield* piece.split("\n");
}

/** The columns that a filter asks for; names are left out, since a column cannot hold every character of one. */
function columnsOf(row: AuditEventRow): unknown[] {
  const { at, tid, action, outcome, actorOid, clusterKey, requestId, runId, correlationId } = row;
  return [at.toISOString(), tid, action, outcome, actorOid, clusterKey, requestId, runId, correlationId];
}

function columnsByText(row: AuditEventRow): unknown[] {
  const { at, tid, action, outcome, actor, clusterKey, requestId, runId, correlationId } = readEventText(row.event);
  return [at, tid, action, outcome, actor?.oid ?? null, clusterKey, requestId, runId, correlationId];
}
