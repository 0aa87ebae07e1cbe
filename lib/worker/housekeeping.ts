import { db } from "@/lib/db/client";
import { wipeOverdue } from "@/lib/deployments/protected-store";
import { fromNow } from "@/lib/kernel/clock";
import { log } from "@/lib/kernel/log";
import { forgetEnded } from "@/lib/runs/engine";
import { expireRequests } from "@/lib/requests/expire";

const sessionKeptMs = 30 * 86_400_000;

/**
 * What has to be done now and then, by whichever worker comes first: every part is harmless when several do it at once. Unfinished sign-ins
 * and tokens that nobody needs are the web process's to sweep (lib/auth/sweep.ts).
 */
export async function keepHouse(): Promise<void> {
  const expired = await expireRequests();
  const old = fromNow(-sessionKeptMs);
  const sessions = await db().session.deleteMany({ where: { OR: [{ endedAt: { lt: old } }, { seenAt: { lt: old } }] } });
  const attempts = await forgetEnded();
  const wiped = await wipeOverdue();
  if (expired + sessions.count + attempts + wiped > 0)
    log("info", "worker.housekeeping", { expired, sessions: sessions.count, attempts, wiped });
}
