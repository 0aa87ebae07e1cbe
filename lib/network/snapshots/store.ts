import { before, type Cursor } from "@/lib/db/keyset";
import { db, rowsOf, type Tx } from "@/lib/db/client";
import { newId } from "@/lib/kernel/ids";
import type { ServiceTag, TagSnapshot } from "../tags/snapshot";
import { countsOf, isAzureMl } from "../tags/azure-ml";
import { noSnapshot } from "./content-store";
import type { Shown } from "./succession";

/** Where a document came from. */
export type Origin = {
  source: "arm" | "upload" | "file" | "url";
  /** ARM's location, the name of the file, or host and name: shown to everybody. */
  whereFrom: string;
  subscriptionId?: string;
  publishedAt: Date | null;
};
/** Who brought it; null: the worker, by its settings. */
export type Bringer = { oid: string; name: string } | null;
/** A snapshot without its content. */
export type SnapshotRow = Awaited<ReturnType<typeof findSnapshots>>[number];

/** One import or judgement of a cloud's tags at a time, from here to the end of the transaction. */
export async function lockTags(tx: Tx, cloud: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('service tags ' || ${cloud}, 0))`;
}

const withdrawal = { withdrawnAt: true, withdrawnByName: true, withdrawnBecause: true } as const;
type Withdrawal = { at: Date; by: string; because: string };

/** The snapshot with this content, and whether somebody withdrew it; null: it is new. */
export async function knownSnapshot(tx: Tx, cloud: string, hash: string): Promise<{ id: string; withdrawn: Withdrawal | null } | null> {
  const known = await tx.tagSnapshot.findUnique({ where: { cloud_hash: { cloud, hash } }, select: { id: true, ...withdrawal } });
  return known === null ? null : { id: known.id, withdrawn: withdrawalOf(known) };
}

/** That somebody withdrew a snapshot, and why; null: it counts. */
export function withdrawalOf(row: {
  withdrawnAt: Date | null;
  withdrawnByName: string | null;
  withdrawnBecause: string | null;
}): Withdrawal | null {
  return row.withdrawnAt === null ? null : { at: row.withdrawnAt, by: row.withdrawnByName ?? "", because: row.withdrawnBecause ?? "" };
}

/** Ids of the snapshots that count for nothing. */
export async function withdrawnIds(cloud: string): Promise<ReadonlySet<string>> {
  const rows = await db().tagSnapshot.findMany({ where: { cloud, withdrawnAt: { not: null } }, select: { id: true } });
  return new Set(rows.map(({ id }) => id));
}

/** The highest change number that a source showed a snapshot under. */
export async function numberOf(tx: Tx, snapshotId: string): Promise<number> {
  const { _max } = await tx.tagSighting.aggregate({ where: { snapshotId }, _max: { changeNumber: true } });
  return Number(_max.changeNumber ?? 0);
}

/** Whether somebody withdrew the snapshot of that id. */
export async function isWithdrawn(id: string): Promise<boolean> {
  return (await db().tagSnapshot.count({ where: { id, withdrawnAt: { not: null } } })) > 0;
}

/** Withdraws a snapshot, or lets it count again (`by`: null). False: it was so already. Throws `not_found`. */
export async function setWithdrawn(
  tx: Tx,
  cloud: string,
  id: string,
  by: { oid: string; name: string; because: string; at: Date } | null,
): Promise<boolean> {
  const { count } = await tx.tagSnapshot.updateMany({
    where: { id, cloud, withdrawnAt: by === null ? { not: null } : null },
    data: {
      withdrawnAt: by?.at ?? null,
      withdrawnByOid: by?.oid ?? null,
      withdrawnByName: by?.name ?? null,
      withdrawnBecause: by?.because ?? null,
    },
  });
  if (count === 0 && (await tx.tagSnapshot.count({ where: { id, cloud } })) === 0) throw noSnapshot();
  return count > 0;
}

/** Keeps a new snapshot. */
export async function insertSnapshot(
  tx: Tx,
  id: string,
  { cloud, hash, tags }: TagSnapshot,
  content: Uint8Array<ArrayBuffer>,
  at: Date,
): Promise<void> {
  const counts = tags.map(({ prefixes }) => countsOf(prefixes));
  const ipv4 = counts.reduce((sum, one) => sum + one.ipv4, 0);
  const ipv6 = counts.reduce((sum, one) => sum + one.ipv6, 0);
  // As SQL: Prisma's own way with half a megabyte of bytes takes three times as long.
  await tx.$executeRaw`
    INSERT INTO "tag_snapshot" ("id", "cloud", "hash", "tagCount", "ipv4Count", "ipv6Count", "azureMlTags", "content", "firstSeenAt")
    VALUES (${id}::uuid, ${cloud}, ${hash}, ${tags.length}, ${ipv4}, ${ipv6}, ${JSON.stringify(tags.filter(isAzureMl))}::jsonb, ${content}, ${at})`;
}

/** Puts down that a source showed a snapshot. What the worker sees again as it last was there only moves `lastSeenAt`. Gives the sighting's id. */
export async function sight(
  tx: Tx,
  snapshotId: string,
  changeNumber: number,
  { source, whereFrom, subscriptionId, publishedAt }: Origin,
  by: Bringer,
  at: Date,
): Promise<string> {
  if (by === null) {
    const last = await tx.tagSighting.findFirst({ where: { source, whereFrom, byOid: null }, orderBy: { seenAt: "desc" } });
    if (last?.snapshotId === snapshotId && last.changeNumber === BigInt(changeNumber)) {
      await tx.tagSighting.update({ where: { id: last.id }, data: { lastSeenAt: at } });
      return last.id;
    }
  }
  const id = newId();
  const who = { byOid: by?.oid ?? null, byName: by?.name ?? null };
  const what = { snapshotId, source, whereFrom, subscriptionId: subscriptionId ?? null, changeNumber, publishedAt };
  await tx.tagSighting.create({ data: { id, ...what, ...who, seenAt: at, lastSeenAt: at } });
  return id;
}

/** Puts down that the source of a sighting still shows the same. */
export async function seeAgain(id: string, at: Date): Promise<void> {
  await db().tagSighting.updateMany({ where: { id }, data: { lastSeenAt: at } });
}

const shownSql = `
  SELECT s."snapshotId", s."source" <> 'arm' AS "isFile", s."changeNumber"::float8 AS "changeNumber",
    min(COALESCE(s."publishedAt", s."seenAt")) AS "firstAt", max(s."lastSeenAt") AS "lastAt"
  FROM "tag_sighting" s JOIN "tag_snapshot" t ON t."id" = s."snapshotId" WHERE t."cloud" = $1 AND t."withdrawnAt" IS NULL GROUP BY 1, 2, 3`;

type ShownRow = Omit<Shown, "firstAt" | "lastAt"> & { firstAt: Date; lastAt: Date };
const shownOf = (rows: ShownRow[]): Shown[] =>
  rows.map((row) => ({ ...row, firstAt: row.firstAt.toISOString(), lastAt: row.lastAt.toISOString() }));

/** All that sources showed of a cloud's tags, but for what somebody withdrew. */
export async function shownTags(cloud: string): Promise<Shown[]> {
  return shownOf(await rowsOf<ShownRow>(shownSql, [cloud]));
}

/** The same, inside a transaction. */
export async function shownTagsIn(tx: Tx, cloud: string): Promise<Shown[]> {
  return shownOf(await tx.$queryRawUnsafe<ShownRow[]>(shownSql, cloud));
}

const summary = {
  id: true,
  hash: true,
  tagCount: true,
  ipv4Count: true,
  ipv6Count: true,
  firstSeenAt: true,
  ...withdrawal,
} as const;
const sightingsShown = 10;

/** Snapshots by id, each with its newest sightings. */
export async function findSnapshots(cloud: string, ids: readonly string[]) {
  return db().tagSnapshot.findMany({
    where: { cloud, id: { in: [...ids] } },
    select: { ...summary, sightings: { orderBy: { seenAt: "desc" }, take: sightingsShown } },
  });
}

/** One page of snapshots and a row more, newest first by when they were first seen here. */
export async function listSnapshots(cloud: string, cursor: Cursor | null, limit: number) {
  return db().tagSnapshot.findMany({
    where: { cloud, ...before("firstSeenAt", cursor) },
    orderBy: [{ firstSeenAt: "desc" }, { id: "desc" }],
    take: limit + 1,
    select: { ...summary, sightings: { orderBy: { seenAt: "desc" }, take: sightingsShown } },
  });
}

/** The tags of Azure ML of some snapshots, by snapshot id. */
export async function azureMlTagsOf(ids: readonly string[]): Promise<Map<string, readonly ServiceTag[]>> {
  const rows = await db().tagSnapshot.findMany({ where: { id: { in: [...ids] } }, select: { id: true, azureMlTags: true } });
  return new Map(rows.map(({ id, azureMlTags }) => [id, azureMlTags as unknown as ServiceTag[]]));
}
