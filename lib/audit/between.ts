import { db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";

/** Clocks of two processes of one installation differ by less than this: with more, Entra's tokens would not hold. Ms. */
const clockDifferenceMs = 15 * 60_000;

/**
 * The events of a span of time: `from` counts, `to` no longer does. Events are numbered in the order of their times but for what the clocks
 * of several processes differ, so that the numbers between which the span must lie are found in a few steps, without an index on the time.
 */
export async function between(from?: Date, to?: Date): Promise<Prisma.AuditEventWhereInput[]> {
  const where: Prisma.AuditEventWhereInput[] = [];
  if (from !== undefined) {
    const { last } = await crossing(new Date(from.getTime() - clockDifferenceMs));
    where.push({ at: { gte: from }, sequence: { gt: last } });
  }
  if (to !== undefined) {
    const { first } = await crossing(new Date(to.getTime() + clockDifferenceMs));
    where.push({ at: { lt: to }, sequence: { lt: first } });
  }
  return where;
}

/** Two neighbours: `last` is before the time (0: none is), `first` is not (one past the head: none is). Sequences have no gaps. */
async function crossing(time: Date): Promise<{ last: bigint; first: bigint }> {
  const [found] = await db().$queryRaw<{ last: bigint; first: bigint }[]>`
    WITH RECURSIVE "half" ("last", "first") AS (
      SELECT 0::bigint, "sequence" + 1 FROM "audit_head"
      UNION ALL
      SELECT CASE WHEN "event"."at" < ${time} THEN "event"."sequence" ELSE "half"."last" END,
             CASE WHEN "event"."at" < ${time} THEN "half"."first" ELSE "event"."sequence" END
      FROM "half" JOIN "audit_event" AS "event" ON "event"."sequence" = ("half"."last" + "half"."first") / 2
      WHERE "half"."first" - "half"."last" > 1)
    SELECT "last", "first" FROM "half" ORDER BY "first" - "last" LIMIT 1`;
  return found ?? { last: 0n, first: 1n };
}
