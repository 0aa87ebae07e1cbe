import type { Actor } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import type { QueryOut } from "@/lib/http/contract";
import { now } from "@/lib/kernel/clock";
import { appendAudit } from "./append";
import { csvPieces } from "./export-csv";
import { jsonlPieces, type StoredHead } from "./export-jsonl";
import { auditWhere } from "./filter";
import { requireAuditor } from "./gate";

type Query = QueryOut<"GET /api/v1/audit/export">;
const mediaTypes = { csv: "text/csv; charset=utf-8", jsonl: "application/x-ndjson; charset=utf-8" };

/**
 * Streams the record up to its newest event: CSV of what the filter chooses, or JSONL of the whole chain, in which events that the filter
 * leaves out are there by their hash alone. The export is audited first, so that it holds its own event. Throws `forbidden` to all but Auditors.
 */
export async function exportAudit(actor: Actor, query: Query): Promise<Response> {
  requireAuditor(actor);
  const { format, ...filter } = query;
  const head = await recordExport(actor, query);
  const where = await auditWhere(actor, filter);
  const pieces = format === "csv" ? csvPieces(where, head.sequence) : jsonlPieces(where, filter, head);
  const stamp = now().toISOString().replaceAll(/[:.]/g, "-");
  return new Response(streamOf(pieces), {
    headers: {
      "content-type": mediaTypes[format],
      "content-disposition": `attachment; filename="bindery-audit-${stamp}.${format}"`,
      "cache-control": "no-store",
    },
  });
}

function recordExport(actor: Actor, { format, ...filter }: Query): Promise<StoredHead> {
  return transaction(async (tx) => {
    await appendAudit(tx, {
      tid: actor.tid,
      action: "audit-exported",
      outcome: "ok",
      actor,
      subject: { type: "audit", id: format },
      summary: `${actor.name} exported the audit as ${format.toUpperCase()}`,
      detail: { filter },
    });
    return tx.auditHead.findUniqueOrThrow({ where: { id: 1 } });
  });
}

/** Asks for the next piece only when the reader takes it, and stops asking the database when the reader goes away. */
function streamOf(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const next = await pieces.next();
      if (next.done === true) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
