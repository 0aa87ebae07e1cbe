import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db/client";
import type { ClusterReading } from "@/lib/db/generated/client";
import { fromNow, now } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import { seal, unseal } from "@/lib/kernel/seal";
import type { ReadingKind } from "./schema-inside";

/** A reading is given for so long from its start, ms. */
export const keptMs = 5 * 60_000;
/** A reading is not begun again before it is so old, ms: each start is a pod in the cluster. */
export const againMs = 60_000;

type Key = { tid: string; oid: string; clusterKey: string; what: ReadingKind };
const Addresses = z.array(z.string());
const bound = (id: string): string => `cluster-reading:${id}`;

/** Where a person's reading of a cluster stands: addresses of results, which Azure signed and nobody is shown. Empty: it is being started. */
export type Reading = { id: string; what: ReadingKind; startedAt: Date; addresses: string[] };

/**
 * Takes the place of a new reading, in the transaction that puts its intent on record; null: one is there that is younger than a minute.
 * What anybody's readings leave after five minutes is deleted.
 */
export async function beginReading(tx: Tx, key: Key): Promise<Reading | null> {
  await tx.clusterReading.deleteMany({
    where: { OR: [{ startedAt: { lt: fromNow(-keptMs) } }, { ...key, startedAt: { lt: fromNow(-againMs) } }] },
  });
  const id = newId();
  const startedAt = now();
  const { count } = await tx.clusterReading.createMany({
    data: [{ id, ...key, sealed: seal("[]", bound(id)), startedAt }],
    skipDuplicates: true,
  });
  return count === 0 ? null : { id, what: key.what, startedAt, addresses: [] };
}

/** Keeps where the results of a reading will be. */
export async function keepAddresses(tx: Tx, id: string, addresses: string[]): Promise<void> {
  await tx.clusterReading.updateMany({ where: { id }, data: { sealed: seal(JSON.stringify(addresses), bound(id)) } });
}

/** Gives up the place of a reading that was not started after all. */
export async function dropReading(tx: Tx, id: string): Promise<void> {
  await tx.clusterReading.deleteMany({ where: { id } });
}

/** The person's own reading of that cluster: by id, or the one of a kind. null: there is none of the last five minutes. */
export async function readingOf(
  { tid, oid }: Pick<Actor, "tid" | "oid">,
  clusterKey: string,
  which: { id: string } | { what: ReadingKind },
): Promise<Reading | null> {
  const row = await db().clusterReading.findFirst({ where: { ...which, tid, oid, clusterKey, startedAt: { gte: fromNow(-keptMs) } } });
  return row === null ? null : opened(row);
}

function opened({ id, what, startedAt, sealed }: ClusterReading): Reading {
  return { id, what: what as ReadingKind, startedAt, addresses: Addresses.parse(JSON.parse(unseal(sealed, bound(id)))) };
}
