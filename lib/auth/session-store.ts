import { db, rowsOf, type Tx } from "@/lib/db/client";
import { Prisma, type Session } from "@/lib/db/generated/client";
import { fromNow, now } from "@/lib/kernel/clock";
import { settings } from "@/lib/kernel/settings";

/** A row of table `session`. */
export type SessionRecord = Session;

/** How long a session may go unseen before its `seenAt` is written again, ms: one write a minute at most. */
const touchMs = 60_000;

const idleSince = (): Date => fromNow(-settings().BINDERY_SESSION_IDLE_MINUTES * 60_000);
const bornSince = (): Date => fromNow(-settings().BINDERY_SESSION_MAX_MINUTES * 60_000);
const living = () => ({ endedAt: null, seenAt: { gt: idleSince() }, createdAt: { gt: bornSince() } });

/** Stores a new session. */
export async function insertSession(tx: Tx, session: SessionRecord): Promise<void> {
  await tx.session.create({ data: session });
}

/** The session of that id when it is still alive: not ended, not idle for too long, not older than its limit. */
export async function findLiving(id: string): Promise<SessionRecord | null> {
  const [found] = await rowsOf<SessionRecord>(livingById, [id, idleSince(), bornSince()]);
  return found ?? null;
}

// By name: a prepared statement with a star would fail once a migration adds a column.
const columns = Object.values(Prisma.SessionScalarFieldEnum)
  .map((name) => `"${name}"`)
  .join(", ");
const livingById = `SELECT ${columns} FROM "session" WHERE "id" = $1 AND "endedAt" IS NULL AND "seenAt" > $2 AND "createdAt" > $3`;

/** Writes that the session was used, at most once a minute. */
export async function touch(session: SessionRecord): Promise<void> {
  if (now().getTime() - session.seenAt.getTime() < touchMs) return;
  await db().session.updateMany({ where: { id: session.id, endedAt: null, seenAt: { lt: fromNow(-touchMs) } }, data: { seenAt: now() } });
}

/** Living sessions of one person, or of the whole tenant when `oid` is undefined; newest use first, at most 200. */
export async function listLiving(tid: string, oid: string | undefined): Promise<SessionRecord[]> {
  const person = oid === undefined ? {} : { oid };
  return db().session.findMany({ where: { tid, ...person, ...living() }, orderBy: [{ seenAt: "desc" }, { id: "asc" }], take: 200 });
}

/** Ends one session of the tenant; `oid` limits it to that person's own. Gives the session that ended, or null when there was none. */
export async function endOne(tx: Tx, key: { id: string; tid: string; oid?: string }, endedBy: string): Promise<SessionRecord | null> {
  const { id, tid, oid } = key;
  const found = await tx.session.findFirst({ where: { id, tid, ...(oid === undefined ? {} : { oid }), ...living() } });
  if (found === null) return null;
  const ended = await tx.session.updateMany({ where: { id: found.id, endedAt: null }, data: { endedAt: now(), endedBy } });
  return ended.count === 1 ? found : null;
}

/** Ends every session of a person. Gives how many ended. */
export async function endAll(tx: Tx, { tid, oid }: { tid: string; oid: string }, endedBy: string): Promise<number> {
  const ended = await tx.session.updateMany({ where: { tid, oid, endedAt: null }, data: { endedAt: now(), endedBy } });
  return ended.count;
}

/** Writes the end of sessions that ran out, in the words of `endedBy`. */
export async function endOverdue(): Promise<void> {
  await db().session.updateMany({ where: { endedAt: null, createdAt: { lte: bornSince() } }, data: { endedAt: now(), endedBy: "limit" } });
  await db().session.updateMany({ where: { endedAt: null, seenAt: { lte: idleSince() } }, data: { endedAt: now(), endedBy: "idle" } });
}

/** Gives every living session of a person the portal roles that Entra names now. */
export async function renewRoles({ tid, oid }: { tid: string; oid: string }, portalRoles: string[]): Promise<void> {
  await db().session.updateMany({ where: { tid, oid, endedAt: null }, data: { portalRoles } });
}
