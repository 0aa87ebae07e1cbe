import { appendAudit } from "@/lib/audit/append";
import { transaction, type Tx } from "@/lib/db/client";
import type { Answer, BodyOut } from "@/lib/http/contract";
import { BinderyError, isBinderyError } from "@/lib/kernel/errors";
import { log } from "@/lib/kernel/log";
import { settings } from "@/lib/kernel/settings";
import { cancelRun } from "@/lib/runs/cancel";
import { type Actor, holds } from "./actor";
import { authority } from "./authority";
import { endAll, endOne, type SessionRecord } from "./session-store";
import { dropUnusedTokens } from "./tokens";

/**
 * Ends this session, or all sessions of the person, and stops the runs that the person names. Tokens are deleted unless another session
 * or an open run still needs them. Gives Entra's own sign-out address. Throws what cancelling a run throws, before anything has ended.
 */
export async function signOut(actor: Actor, body: BodyOut<"POST /api/v1/sign-out">): Promise<Answer<"POST /api/v1/sign-out">> {
  for (const id of body.stopRuns) await cancelRun(actor, { id });
  await transaction(async (tx) => {
    if (body.everywhere) await endAll(tx, actor, "signed out everywhere");
    else await endOne(tx, { id: actor.sessionId, tid: actor.tid, oid: actor.oid }, "signed out");
    const summary = `${actor.name} signed out${body.everywhere ? " everywhere" : ""}`;
    await appendAudit(tx, {
      tid: actor.tid,
      action: "sign-out",
      outcome: "ok",
      actor,
      subject: { type: "person", id: actor.oid },
      summary,
    });
  });
  await dropUnusedTokens(actor.homeAccountId);
  return { navigateTo: await farewell(actor) };
}

/** Entra's sign-out page, which comes back to ours; when Entra does not answer, ours at once: our session has ended in any case. */
async function farewell(actor: Actor): Promise<string> {
  try {
    const { endSession } = await authority();
    if (endSession === null) return "/sign-in";
    const url = new URL(endSession);
    url.searchParams.set("post_logout_redirect_uri", `${settings().origin.origin}/`);
    url.searchParams.set("client_id", settings().BINDERY_CLIENT_ID);
    if (actor.upn !== "") url.searchParams.set("logout_hint", actor.upn);
    return url.href;
  } catch (error) {
    if (!isBinderyError(error, "azure_unavailable")) throw error;
    log("warn", "entra-sign-out-skipped", { error });
    return "/sign-in";
  }
}

/** Ends one session: one's own, or as Administrator any of the tenant. Throws `not_found` for any other, absent ones included. */
export async function endSession(actor: Actor, params: { id: string }): Promise<void> {
  const ended = await transaction(async (tx) => {
    const own = holds(actor, "Administrator") ? {} : { oid: actor.oid };
    const session = await endOne(tx, { id: params.id, tid: actor.tid, ...own }, `ended by ${actor.name}`);
    if (session !== null) await auditEnd(tx, actor, session);
    return session;
  });
  if (ended === null) throw new BinderyError("not_found", "There is no such session; it may have ended already.");
  await dropUnusedTokens(ended.homeAccountId);
}

async function auditEnd(tx: Tx, actor: Actor, session: SessionRecord): Promise<void> {
  const summary = `${actor.name} ended a session of ${session.name}`;
  const subject = { type: "person", id: session.oid };
  const detail = { signedInAt: session.createdAt.toISOString(), userAgent: session.userAgent };
  await appendAudit(tx, { tid: actor.tid, action: "session-ended", outcome: "ok", actor, subject, summary, detail });
}
