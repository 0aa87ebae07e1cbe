import type { Prisma } from "@/lib/db/generated/client";
import { now } from "@/lib/kernel/clock";
import { genesisHash } from "./chain";
import type { ExportLine } from "./export-line";
import { type ChainRow, chainRows } from "./export-rows";

/** The head of the chain, as its table holds it. */
export type StoredHead = { sequence: bigint; hash: string };

const line = (value: ExportLine): string => `${JSON.stringify(value)}\n`;

/** The whole chain up to a head as JSONL, about 1,000 lines a piece; events that `where` does not choose are there by their hash alone. */
export async function* jsonlPieces(where: Prisma.AuditEventWhereInput, filter: unknown, stored: StoredHead): AsyncGenerator<string> {
  const head = { sequence: stored.sequence.toString(), hash: stored.hash };
  const exportedAt = now().toISOString();
  yield line({ type: "header", format: "bindery-audit/1", exportedAt, filter, from: "1", previousHash: genesisHash, head });
  let events = 0;
  let leftOut = 0;
  for await (const rows of chainRows(where, stored.sequence)) {
    const chosen = rows.filter((row) => row.event !== undefined).length;
    events += chosen;
    leftOut += rows.length - chosen;
    yield rows.map(lineOf).join("");
  }
  yield line({ type: "footer", ...head, events, leftOut });
}

function lineOf({ sequence, eventHash, hash, event }: ChainRow): string {
  const at = sequence.toString();
  return line(event === undefined ? { type: "left-out", sequence: at, eventHash, hash } : { type: "event", sequence: at, event, hash });
}
