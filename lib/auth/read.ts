import { cloud } from "@/lib/azure/cloud";
import { db } from "@/lib/db/client";
import type { Answer } from "@/lib/http/contract";
import { countsFor } from "./counts";
import { openStates } from "@/lib/runs/state";
import { pausedWrites } from "@/lib/settings/pause";
import { type Actor, holds, mayAsk } from "./actor";
import { listLiving } from "./session-store";

/** Who is signed in, what that person may do here, and the counts that wait for that person. */
export async function readMe(actor: Actor): Promise<Answer<"GET /api/v1/me">> {
  const [counts, writesPaused] = await Promise.all([countsFor(actor), pausedWrites()]);
  const { name, upn, oid, tid, portalRoles } = actor;
  const { name: cloudName, isAzure, notice, portalUrl } = cloud();
  const decide = holds(actor, "Approver");
  const administer = holds(actor, "Administrator");
  const can = {
    ask: mayAsk(actor),
    decide,
    readAudit: holds(actor, "Auditor"),
    administer,
    pauseWrites: decide || administer,
  };
  return { name, upn, oid, tid, portalRoles, can, cloud: { name: cloudName, isAzure, notice, portalUrl }, counts, writesPaused };
}

/** Living sessions: one's own; an Administrator sees those of the whole tenant. */
export async function readSessions(actor: Actor): Promise<Answer<"GET /api/v1/sessions">> {
  const sessions = await listLiving(actor.tid, holds(actor, "Administrator") ? undefined : actor.oid);
  const items = sessions.map(({ id, name, upn, createdAt, seenAt, ip, userAgent }) => ({
    id,
    name,
    upn,
    ip,
    userAgent,
    current: id === actor.sessionId,
    createdAt: createdAt.toISOString(),
    seenAt: seenAt.toISOString(),
  }));
  return { items };
}

/** Runs that act as this person and would keep its tokens after sign-out; newest first, at most 50. */
export async function readOpenRuns(actor: Actor): Promise<Answer<"GET /api/v1/sessions/open-runs">> {
  const runs = await db().run.findMany({
    where: { tid: actor.tid, actingOid: actor.oid, state: { in: [...openStates] } },
    select: { id: true, number: true, state: true, sentence: true },
    orderBy: [{ queuedAt: "desc" }, { id: "desc" }],
    take: 50,
  });
  return { items: runs };
}
