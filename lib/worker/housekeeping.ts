import { db } from "@/lib/db/client";
import { fromNow } from "@/lib/kernel/clock";
import { log } from "@/lib/kernel/log";
import { expireRequests } from "@/lib/requests/expire";

const flowLivesMs = 10 * 60_000;
const sessionKeptMs = 30 * 86_400_000;

/** What has to be done now and then, by whichever worker comes first: every part is harmless when several do it at once. */
export async function keepHouse(): Promise<void> {
  const expired = await expireRequests();
  const flows = await db().signInFlow.deleteMany({ where: { createdAt: { lt: fromNow(-flowLivesMs) } } });
  const sessions = await db().session.deleteMany({
    where: { OR: [{ endedAt: { lt: fromNow(-sessionKeptMs) } }, { seenAt: { lt: fromNow(-sessionKeptMs) } }] },
  });
  if (expired + flows.count + sessions.count > 0)
    log("info", "worker.housekeeping", { expired, flows: flows.count, sessions: sessions.count });
}
