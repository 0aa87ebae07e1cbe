import { db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";

const batch = 1000;

/** A whole row of the record. */
export type AuditEventRow = Prisma.AuditEventGetPayload<object>;

/** Events that a filter chooses, oldest first up to a sequence, a batch at a time. Rows never change and commit in their order: no snapshot is needed. */
export function chosenEvents(where: Prisma.AuditEventWhereInput, upTo: bigint): AsyncGenerator<AuditEventRow[]> {
  return inBatches((after) =>
    db().auditEvent.findMany({
      where: { AND: [where, { sequence: { gt: after, lte: upTo } }] },
      orderBy: { sequence: "asc" },
      take: batch,
    }),
  );
}

/** A link of the chain, with the event's text when the filter chose it. */
export type ChainRow = { sequence: bigint; eventHash: string; hash: string; event?: string };

/** Every link up to a sequence, oldest first, a batch at a time. Texts that the filter leaves out are not even read. */
export function chainRows(where: Prisma.AuditEventWhereInput, upTo: bigint): AsyncGenerator<ChainRow[]> {
  return inBatches(async (after) => {
    const range = { sequence: { gt: after, lte: upTo } };
    const select = { sequence: true, eventHash: true, hash: true };
    const links = await db().auditEvent.findMany({ where: range, select, orderBy: { sequence: "asc" }, take: batch });
    const within = { sequence: { gt: after, lte: links.at(-1)?.sequence ?? after } };
    const chosen = await db().auditEvent.findMany({ where: { AND: [where, within] }, select: { sequence: true, event: true } });
    const texts = new Map(chosen.map((row) => [row.sequence, row.event]));
    return links.map((link) => ({ ...link, event: texts.get(link.sequence) }));
  });
}

async function* inBatches<R extends { sequence: bigint }>(fetch: (after: bigint) => Promise<R[]>): AsyncGenerator<R[]> {
  let rows = await fetch(0n);
  while (rows.length > 0) {
    yield rows;
    rows = rows.length < batch ? [] : await fetch(rows.at(-1)?.sequence ?? 0n);
  }
}
