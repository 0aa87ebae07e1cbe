import { db } from "@/lib/db/client";
import type { Answer } from "@/lib/http/contract";
import { isBinderyError } from "@/lib/kernel/errors";
import { log } from "@/lib/kernel/log";
import { visibleRequests, visibleRuns } from "@/lib/requests/visible";
import { waitingFor } from "@/lib/requests/waiting";
import { needsMe } from "@/lib/runs/read";
import { movingStates, waitingStates } from "@/lib/runs/state";
import type { Actor } from "./actor";

type Counts = Answer<"GET /api/v1/me">["counts"];
const none: NonNullable<Counts> = { waitingForMe: 0, runsNeedMe: 0, runsMoving: 0 };

/**
 * What waits for a person and what moves, of the rows that the person may see. Without a portal role there is none. While Azure cannot say
 * what that is, they are not known (null), which is no error: who one is must not hang on Azure, and each page says what failed.
 */
export async function countsFor(actor: Actor): Promise<Counts> {
  if (actor.portalRoles.length === 0) return none;
  try {
    const [requests, runs] = await Promise.all([visibleRequests(actor), visibleRuns(actor)]);
    const [waitingForMe, runsNeedMe, runsMoving] = await Promise.all([
      db().request.count({ where: { AND: [requests, waitingFor(actor)] } }),
      db().run.count({ where: { AND: [runs, { state: { in: [...waitingStates] } }, needsMe(actor)] } }),
      db().run.count({ where: { AND: [runs, { state: { in: [...movingStates] } }] } }),
    ]);
    return { waitingForMe, runsNeedMe, runsMoving };
  } catch (error) {
    if (!isBinderyError(error)) throw error;
    log("info", "counts-unknown", { oid: actor.oid, code: error.code });
    return null;
  }
}
