import { cloud } from "@/lib/azure/cloud";
import { appendAudit } from "@/lib/audit/append";
import { db, type Tx, transaction } from "@/lib/db/client";
import { now } from "@/lib/kernel/clock";
import { idKey, lastName } from "@/lib/kernel/resource-id";
import type { NetworkChange } from "@/lib/plans/plan";
import type { LedgerEntry } from "../entries";
import { entryKey } from "./same-list";
import type { LiveNetwork } from "./live";

type Where = { clusterKey: string; clusterUid: string | null };
type Run = { id: string; requestId: string; clusterKey: string };

/**
 * What Bindery added to a cluster's list, held against the list as it was just read: an entry that is there no more was removed by somebody else,
 * which is kept from now on, and on record: so this writes where something is gone. Entries so young that a read may lag behind them stay. Oldest first.
 */
export async function reconcileLedger(
  tid: string,
  clusterId: string,
  { resourceUid: clusterUid, ranges }: Pick<LiveNetwork, "resourceUid" | "ranges">,
): Promise<LedgerEntry[]> {
  const clusterKey = idKey(clusterId);
  const rows = await db().rangeLedger.findMany({
    where: { clusterKey, removedAt: null },
    orderBy: [{ addedAt: "asc" }, { prefix: "asc" }],
  });
  const present = new Set(ranges.map(entryKey));
  const settledBefore = now().getTime() - cloud().settleMs;
  const isGone = ({ prefix, addedAt, clusterUid: uid }: (typeof rows)[number]): boolean =>
    (uid !== null && clusterUid !== null && uid !== clusterUid) || (!present.has(prefix) && addedAt.getTime() < settledBefore);
  const gone = rows.filter(isGone).map(({ prefix }) => prefix);
  if (gone.length > 0) await transaction((tx) => endEntries(tx, tid, clusterId, gone));
  return rows
    .filter((row) => !isGone(row))
    .map(({ prefix, addedAt, purpose }) => ({
      prefix,
      addedAt: addedAt.toISOString(),
      purpose: purpose === "extra" ? "extra" : "azure-ml",
    }));
}

/** Whoever sees it first puts it on record; who removed them, only Azure's activity log can tell. */
async function endEntries(tx: Tx, tid: string, clusterId: string, gone: readonly string[]): Promise<void> {
  const clusterKey = idKey(clusterId);
  const ended = await tx.rangeLedger.updateManyAndReturn({
    where: { clusterKey, prefix: { in: [...gone] }, removedAt: null },
    data: { removedAt: now(), removedBy: null },
    select: { prefix: true, requestId: true, addedAt: true },
  });
  if (ended.length === 0) return;
  const many = ended.length === 1 ? "A range that Bindery added is" : `${ended.length} ranges that Bindery added are`;
  await appendAudit(tx, {
    tid,
    action: "ranges-removed-outside",
    outcome: "ok",
    actor: null,
    subject: { type: "cluster", id: clusterId },
    clusterKey,
    summary: `${many} not in the list of ${lastName(clusterId)} any more: somebody removed ${ended.length === 1 ? "it" : "them"} outside Bindery`,
    detail: {
      ranges: ended.map(({ prefix, requestId, addedAt }) => ({ range: prefix, addedAt: addedAt.toISOString(), request: requestId })),
    },
  });
}

/** Keeps what a run added, but for what it found there (`found`). What is in the record already, and was not removed since, stays as it was. */
export async function recordAdded(
  tx: Tx,
  run: Run,
  clusterUid: string | null,
  { list, extra }: NetworkChange,
  found: readonly string[],
): Promise<void> {
  const there = new Set(found.map(entryKey));
  const added = list.added.filter((raw) => !there.has(entryKey(raw)));
  const prefixes = added.map(entryKey);
  const where: Where = { clusterKey: run.clusterKey, clusterUid };
  const made = { requestId: run.requestId, runId: run.id, addedAt: now() };
  await tx.rangeLedger.deleteMany({
    where: {
      clusterKey: run.clusterKey,
      prefix: { in: prefixes },
      OR: [{ removedAt: { not: null } }, ...(clusterUid === null ? [] : [{ clusterUid: null }, { clusterUid: { not: clusterUid } }])],
    },
  });
  await tx.rangeLedger.createMany({
    data: added.map((raw) => ({ ...where, ...made, prefix: entryKey(raw), purpose: extra.includes(raw) ? "extra" : "azure-ml" })),
    skipDuplicates: true,
  });
}

/** Keeps what a run removed. */
export async function recordRemoved(tx: Tx, run: Run, { list }: NetworkChange): Promise<void> {
  await tx.rangeLedger.updateMany({
    where: { clusterKey: run.clusterKey, prefix: { in: list.removed.map(entryKey) }, removedAt: null },
    data: { removedAt: now(), removedBy: run.id },
  });
}
