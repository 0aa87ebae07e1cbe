import { expect, vi } from "vitest";
import { type AuditEventText, readEventText } from "@/lib/audit/event";
import { db, transaction } from "@/lib/db/client";

/** All that the verbs may write, to be compared with what was there before. */
export async function everything() {
  return {
    requests: await db().request.findMany({ orderBy: { id: "asc" } }),
    plans: await db().plan.findMany({ orderBy: { id: "asc" } }),
    decisions: await db().decision.findMany({ orderBy: { id: "asc" } }),
    comments: await db().comment.findMany({ orderBy: { id: "asc" } }),
    runs: await db().run.findMany({ orderBy: { id: "asc" }, include: { steps: true } }),
    settings: await db().setting.findMany({ orderBy: { key: "asc" } }),
    events: await db().auditEvent.findMany({ orderBy: { sequence: "asc" } }),
    head: await db().auditHead.findMany(),
  };
}

/** The error with which `work` fails; fails itself when the work succeeds, or has written anything at all. */
export async function refusalOf(work: () => Promise<unknown>): Promise<unknown> {
  const before = await everything();
  const error: unknown = await work().then(
    (answer) => expect.unreachable(`It was not refused: ${JSON.stringify(answer)}`),
    (reason: unknown) => reason,
  );
  expect(await everything()).toEqual(before);
  return error;
}

/** The events of a request, oldest first, as their chained texts say. */
export async function eventsOf(requestId: string): Promise<AuditEventText[]> {
  const rows = await db().auditEvent.findMany({ where: { requestId }, orderBy: { sequence: "asc" } });
  return rows.map((row) => readEventText(row.event));
}

/** The same in short: `request-approved ok by Arno`. */
export async function trailOf(requestId: string): Promise<string[]> {
  return (await eventsOf(requestId)).map(({ action, outcome, actor }) => `${action} ${outcome} by ${actor?.name ?? "nobody"}`);
}

/** Works that change one request at the same moment; see `race`. */
export const together = (request: { id: string }, works: (() => Promise<unknown>)[]): Promise<unknown[]> =>
  race("request", request.id, works);

/**
 * A race with a known winner: holds the row, starts each work once the one before waits for it, then lets go. All of them have looked before
 * any of them writes, and the first that was started writes first (of two, that is the order). Gives what each answered or threw.
 */
export async function race(table: "request" | "audit_head", id: string, works: (() => Promise<unknown>)[]): Promise<unknown[]> {
  const started: Promise<unknown>[] = [];
  await transaction(async (tx) => {
    await tx.$executeRawUnsafe(`SELECT 1 FROM "${table}" WHERE "id"::text = $1 FOR UPDATE`, id);
    for (const work of works) {
      started.push(work().catch((error: unknown) => error));
      await vi.waitFor(async () => expect(await waiting()).toBe(started.length), { timeout: 10_000, interval: 5 });
    }
  });
  return Promise.all(started);
}

async function waiting(): Promise<number> {
  const [row] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS "count" FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return row?.count ?? 0;
}

/** While `work` runs, whoever changes this table comes as far as the commit, and there it fails. */
export async function withoutCommit<T>(table: string, work: () => Promise<T>): Promise<T> {
  await db().$executeRawUnsafe(
    `CREATE FUNCTION "no_commit"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no commit today'; END $$`,
  );
  await db().$executeRawUnsafe(
    `CREATE CONSTRAINT TRIGGER "no_commit" AFTER INSERT OR UPDATE OR DELETE ON "${table}"
     DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "no_commit"()`,
  );
  try {
    return await work();
  } finally {
    await db().$executeRawUnsafe(`DROP FUNCTION "no_commit"() CASCADE`);
  }
}
