import { appendAudit } from "@/lib/audit/append";
import { db, transaction } from "@/lib/db/client";
import { fromNow, now } from "@/lib/kernel/clock";
import { isBinderyError } from "@/lib/kernel/errors";
import { settings } from "@/lib/kernel/settings";
import { changeRequest, whyOf } from "./store";

/** Closes requests that nobody decided, or once approved nobody started, for BINDERY_REQUEST_DAYS. Gives how many. A decision that comes at the same moment wins or loses whole. */
export async function expireRequests(): Promise<number> {
  const days = settings().BINDERY_REQUEST_DAYS;
  const old = await db().request.findMany({
    where: {
      OR: [{ state: "waiting" }, { state: "approved", runs: { none: { plan: { voidedAt: null } } } }],
      updatedAt: { lt: fromNow(-days * 86_400_000) },
    },
    take: 100,
  });
  let expired = 0;
  for (const request of old) {
    try {
      await transaction(async (tx) => {
        await changeRequest(tx, request, { state: "expired", closedAt: now(), updatedAt: now() });
        await appendAudit(tx, {
          tid: request.tid,
          action: "request-expired",
          outcome: "ok",
          actor: null,
          subject: { type: "request", id: request.id },
          clusterKey: request.clusterKey,
          requestId: request.id,
          correlationId: request.correlationId,
          summary: `Request ${request.number} expired: nobody took it further for ${days} days`,
          detail: { asked: whyOf(request) },
        });
      });
      expired += 1;
    } catch (error) {
      if (!isBinderyError(error, "conflict")) throw error;
    }
  }
  return expired;
}
