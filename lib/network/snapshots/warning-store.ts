import { db, type Tx } from "@/lib/db/client";
import type { TagWarning as Row } from "@/lib/db/generated/client";
import { newId } from "@/lib/kernel/ids";
import type { Judgement, OpenLoss } from "./losses";

/** A tag of the current snapshot that lacks what it had. `lost`: how many of its ranges it lacks. */
export type TagWarning = {
  id: string;
  tag: string;
  region: string | null;
  what: "vanished" | "shrank";
  lost: number;
  /** Of the snapshot with which it began. */
  snapshotId: string;
  /** ISO 8601 */
  since: string;
};

const shown = { id: true, tag: true, region: true, what: true, lost: true, snapshotId: true, since: true } as const;

/** The open warnings of a cloud, by tag. */
export async function openWarnings(cloud: string): Promise<TagWarning[]> {
  const rows = await db().tagWarning.findMany({ where: { cloud, endedAt: null }, orderBy: { tagKey: "asc" }, select: shown });
  return rows.map(warningOf);
}

/** All open ones with the ranges that each tag had, to judge another snapshot by. */
export async function openLosses(tx: Tx, cloud: string): Promise<OpenLoss[]> {
  return tx.tagWarning.findMany({ where: { cloud, endedAt: null }, select: { id: true, tag: true, region: true, prefixes: true } });
}

/** The open warning of a tag, whatever the case of its name; null for none. */
export async function openWarningOf(cloud: string, tag: string): Promise<TagWarning | null> {
  const row = await db().tagWarning.findFirst({ where: { cloud, tagKey: tag.toLowerCase(), endedAt: null }, select: shown });
  return row === null ? null : warningOf(row);
}

/** Puts down what a new current snapshot means for the warnings. */
export async function keepJudgement(tx: Tx, cloud: string, snapshotId: string, judgement: Judgement, at: Date): Promise<void> {
  const { begun, goingOn, restored } = judgement;
  await tx.tagWarning.createMany({
    data: begun.map(({ tag, region, what, prefixes, lost }) => ({
      id: newId(),
      cloud,
      tagKey: tag.toLowerCase(),
      tag,
      region,
      what,
      prefixes: [...prefixes],
      lost,
      snapshotId,
      since: at,
    })),
  });
  for (const { id, what, lost } of goingOn) await tx.tagWarning.update({ where: { id }, data: { what, lost } });
  await tx.tagWarning.updateMany({ where: { id: { in: restored } }, data: { endedAt: at, ending: "restored" } });
}

/** Ends open warnings because a person takes the loss as true. Gives those that were open until now. */
export async function acceptWarnings(
  tx: Tx,
  cloud: string,
  ids: readonly string[],
  by: { oid: string; name: string; reason: string; at: Date },
): Promise<TagWarning[]> {
  const where = { cloud, id: { in: [...ids] }, endedAt: null };
  const rows = await tx.tagWarning.findMany({ where, orderBy: { tagKey: "asc" }, select: shown });
  const data = { endedAt: by.at, ending: "accepted", reason: by.reason, endedByOid: by.oid, endedByName: by.name };
  await tx.tagWarning.updateMany({ where, data });
  return rows.map(warningOf);
}

const warningOf = ({ what, since, ...row }: Pick<Row, keyof typeof shown>): TagWarning => ({
  ...row,
  what: what === "vanished" ? "vanished" : "shrank",
  since: since.toISOString(),
});
