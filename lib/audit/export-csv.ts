import { stringify } from "csv-stringify/sync";
import type { Prisma } from "@/lib/db/generated/client";
import { type AuditEventRow, chosenEvents } from "./export-rows";
import { rowOf } from "./row";

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
] as const;

/** The events that `where` chooses, up to a sequence, as CSV (RFC 4180) with a header, about 1,000 rows a piece. Nested values are JSON text. */
export async function* csvPieces(where: Prisma.AuditEventWhereInput, upTo: bigint): AsyncGenerator<string> {
  yield csv([[...columns]]);
  for await (const rows of chosenEvents(where, upTo)) yield csv(rows.map(cellsOf));
}

/** A cell that a spreadsheet would take for a formula gets an apostrophe in front. */
function csv(rows: string[][]): string {
  return stringify(rows, { escape_formulas: true, record_delimiter: "windows" });
}

function cellsOf(stored: AuditEventRow): string[] {
  const row = rowOf(stored);
  return columns.map((column) => {
    const value = row[column];
    if (value === null || value === undefined) return "";
    return typeof value === "string" ? value : JSON.stringify(value);
  });
}
