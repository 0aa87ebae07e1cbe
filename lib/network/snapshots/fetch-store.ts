import { db } from "@/lib/db/client";

/** The source that the worker reads, as it was after the last try. */
export type Fetch = { etag: string | null; sightingId: string | null; failure: string | null };

/**
 * Takes the next reading of a source, if one is due; null: it is not, or another worker took it. Whoever took it has until `leaseUntil`; after that
 * it is due again, so that a worker that died in the middle does not stop the readings.
 */
export async function takeFetch(address: string, now: Date, leaseUntil: Date): Promise<Fetch | null> {
  await db().tagFetch.createMany({ data: [{ address, dueAt: now }], skipDuplicates: true });
  const { count } = await db().tagFetch.updateMany({
    where: { address, dueAt: { lte: now } },
    data: { dueAt: leaseUntil, triedAt: now },
  });
  if (count === 0) return null;
  return db().tagFetch.findUnique({ where: { address }, select: { etag: true, sightingId: true, failure: true } });
}

/** How a reading ended, and when the next is due. `etag` and `sightingId` stay as they are after a failure. */
export async function endFetch(
  address: string,
  end: { dueAt: Date } & ({ failure: string } | { etag: string | null; sightingId: string | null; readAt: Date }),
): Promise<void> {
  await db().tagFetch.update({ where: { address }, data: { failure: null, ...end } });
}

/** State of a source for the page; null when it was never tried. */
export async function fetchState(address: string): Promise<{ triedAt: Date | null; readAt: Date | null; failure: string | null } | null> {
  return db().tagFetch.findUnique({ where: { address }, select: { triedAt: true, readAt: true, failure: true } });
}
