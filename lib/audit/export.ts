import { stringify } from "csv-stringify/sync";
import type { Actor } from "@/lib/auth/actor";
import { db, transaction } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import type { QueryOut } from "@/lib/http/contract";
import { now } from "@/lib/kernel/clock";
import { appendAudit } from "./append";
import { type ExportLine, genesisHash } from "./chain";
import { auditWhere } from "./filter";

type Query = QueryOut<"GET /api/v1/audit/export">;
type Row = Prisma.AuditEventGetPayload<object>;
type Head = { sequence: bigint; hash: string };

const batch = 1000;

/**
 * Streams the audit up to the newest event at the start of the export: CSV of what the filter chooses, or JSONL of the whole chain, in which
 * events that the filter leaves out (and those of another tenant) are there by their hash alone. The export itself is audited first.
 */
export async function exportAudit(actor: Actor, query: Query): Promise<Response> {
  const { format, ...filter } = query;
  const head = await transaction(async (tx) => {
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
  const lines = format === "csv" ? csvLines(actor, filter, head) : jsonLines(actor, filter, head);
  const stamp = now().toISOString().replaceAll(/[:.]/g, "-");
  return new Response(streamOf(lines), {
    headers: {
      "content-type": format === "csv" ? "text/csv; charset=utf-8" : "application/x-ndjson; charset=utf-8",
      "content-disposition": `attachment; filename="bindery-audit-${stamp}.${format}"`,
      "cache-control": "no-store",
    },
  });
}

/** Rows after a sequence, in order, a batch at a time. */
async function* batches(where: Prisma.AuditEventWhereInput, head: Head): AsyncGenerator<Row[]> {
  let after = 0n;
  for (;;) {
    const rows = await db().auditEvent.findMany({
      where: { AND: [where, { sequence: { gt: after, lte: head.sequence } }] },
      orderBy: { sequence: "asc" },
      take: batch,
    });
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    after = last.sequence;
  }
}

/** The lines of a verifiable export. */
export async function* jsonLines(actor: Pick<Actor, "tid">, filter: Omit<Query, "format">, head: Head): AsyncGenerator<string> {
  const line = (value: ExportLine): string => `${JSON.stringify(value)}\n`;
  yield line({ type: "header", format: "bindery-audit/1", exportedAt: now().toISOString(), filter, from: "1", previousHash: genesisHash });
  let events = 0;
  let leftOut = 0;
  for await (const rows of batches({}, head)) {
    const chosen = await chosenOf(actor, filter, rows);
    let text = "";
    for (const row of rows) {
      const isChosen = chosen.has(row.sequence);
      if (isChosen) events += 1;
      else leftOut += 1;
      const sequence = row.sequence.toString();
      text += line(
        isChosen ? { type: "event", sequence, event: row.event, hash: row.hash } : { type: "left-out", sequence, eventHash: row.eventHash },
      );
    }
    yield text;
  }
  yield line({ type: "footer", sequence: head.sequence.toString(), hash: head.hash, events, leftOut });
}

/** Which rows of a batch the filter chooses: asked of the database, so that page and export can never differ. */
async function chosenOf(actor: Pick<Actor, "tid">, filter: Omit<Query, "format">, rows: Row[]): Promise<Set<bigint>> {
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return new Set();
  const found = await db().auditEvent.findMany({
    where: { AND: [auditWhere(actor, filter), { sequence: { gte: first.sequence, lte: last.sequence } }] },
    select: { sequence: true },
  });
  return new Set(found.map((row) => row.sequence));
}

const columns = [
  "sequence",
  "at",
  "action",
  "outcome",
  "actorName",
  "actorOid",
  "summary",
  "clusterKey",
  "subjectType",
  "subjectId",
  "requestId",
  "runId",
  "correlationId",
  "before",
  "after",
  "detail",
  "hash",
];

async function* csvLines(actor: Pick<Actor, "tid">, filter: Omit<Query, "format">, head: Head): AsyncGenerator<string> {
  yield csv([columns]);
  for await (const rows of batches(auditWhere(actor, filter), head)) yield csv(rows.map(csvRow));
}

/** A cell that a spreadsheet would take for a formula is made text. */
function csv(rows: string[][]): string {
  return stringify(rows, { escape_formulas: true, record_delimiter: "windows" });
}

function csvRow(row: Row): string[] {
  const { summary, before, after, detail } = JSON.parse(row.event) as Record<string, unknown>;
  const json = (value: unknown): string => (value === undefined || value === null ? "" : JSON.stringify(value));
  return [
    row.sequence.toString(),
    row.at.toISOString(),
    row.action,
    row.outcome,
    row.actorName ?? "",
    row.actorOid ?? "",
    String(summary ?? ""),
    row.clusterKey ?? "",
    row.subjectType ?? "",
    row.subjectId ?? "",
    row.requestId ?? "",
    row.runId ?? "",
    row.correlationId ?? "",
    json(before),
    json(after),
    json(detail),
    row.hash,
  ];
}

/** A stream that asks for the next lines only when the reader wants them, and stops when the reader goes away. */
function streamOf(lines: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const next = await lines.next();
      if (next.done === true) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    async cancel() {
      await lines.return(undefined);
    },
  });
}
