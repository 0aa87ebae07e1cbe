import { appendAudit, lockHead } from "@/lib/audit/append";
import { type Actor, holds } from "@/lib/auth/actor";
import { rowsOf, transaction } from "@/lib/db/client";
import { notifyChange } from "@/lib/db/notify";
import { now } from "@/lib/kernel/clock";
import { BinderyError } from "@/lib/kernel/errors";
import type { Answer, BodyOut } from "@/lib/http/contract";

const key = "writes-paused";
type Paused = { by: string; at: string; reason: string };

/** Who paused all writes to Azure, when and why; null: writes are allowed. */
export async function pausedWrites(): Promise<Paused | null> {
  const [row] = await rowsOf<{ value: Paused | null }>(`SELECT "value" FROM "setting" WHERE "key" = $1`, [key]);
  return row?.value ?? null;
}

/** What a run that waits for the end of a pause says it waits for. */
export const pauseWords = ({ by, reason }: Paused): string => `Writes to Azure are paused by ${by}: ${reason}`;

/** Pauses or resumes all writes to Azure. Runs in flight wait before their next write; reads and polls go on. */
export async function pauseWrites(
  actor: Actor,
  body: BodyOut<"POST /api/v1/settings/pause-writes">,
): Promise<Answer<"POST /api/v1/settings/pause-writes">> {
  // From the session, and not asked of Entra: to stop everything must be possible while Entra does not answer.
  if (!holds(actor, "Approver") && !holds(actor, "Administrator"))
    throw new BinderyError("forbidden", "Pausing writes needs the portal role Approver or Administrator.");
  await transaction(async (tx) => {
    // The event tells what was before: two at the same moment come one after the other.
    await lockHead(tx);
    const before = await tx.setting.findUnique({ where: { key } });
    const value = body.paused ? { by: actor.name, at: now().toISOString(), reason: body.reason } : null;
    if (value === null) await tx.setting.deleteMany({ where: { key } });
    else
      await tx.setting.upsert({
        where: { key },
        create: { key, value, changedBy: actor.oid, changedAt: now() },
        update: { value, changedBy: actor.oid, changedAt: now() },
      });
    await appendAudit(tx, {
      tid: actor.tid,
      action: body.paused ? "writes-paused" : "writes-resumed",
      outcome: "ok",
      actor,
      subject: { type: "setting", id: key },
      summary: `${body.paused ? "All writes to Azure paused" : "Writes to Azure resumed"}: ${body.reason}`,
      before: before?.value ?? null,
      after: value,
    });
    await notifyChange(tx, { type: "setting", id: key, tid: actor.tid });
  });
  return { paused: body.paused };
}
