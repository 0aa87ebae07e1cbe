import { appendAudit } from "@/lib/audit/append";
import type { Actor } from "@/lib/auth/actor";
import { makeFold } from "@/lib/auth/fold";
import { transaction } from "@/lib/db/client";
import { log } from "@/lib/kernel/log";
import { settings } from "@/lib/kernel/settings";

const repeats = makeFold(60_000);

/** A request that was refused at the door. */
export type Denial = {
  action: "access-denied" | "foreign-origin-refused";
  route: string;
  /** Path of the address that was asked for. */
  path: string;
  actor: Actor | null;
  correlationId: string;
  summary: string;
};

/**
 * Audits a refusal, at most once a minute for one person and address (or, from a foreign page, route), so that a loop cannot flood the chain. The refusal itself does
 * not wait on the record's success: when the record cannot be written, that is logged and the door stays shut.
 */
export async function auditDenial(denial: Denial): Promise<void> {
  const { action, route, path, actor, correlationId, summary } = denial;
  // A foreign page is not held back by the limit of calls: whatever addresses it makes up, it is one event.
  const key = `${action} ${actor?.oid ?? "nobody"} ${route} ${action === "access-denied" ? path : ""}`;
  if (!repeats.first(key)) return;
  const tid = actor?.tid ?? settings().BINDERY_TENANT_ID.toLowerCase();
  const subject = { type: "route", id: `${route.split(" ")[0]} ${path}` };
  try {
    await transaction((tx) =>
      appendAudit(tx, { tid, action, outcome: "refused", actor, subject, ...aboutOf(path), correlationId, summary, detail: { route } }),
    );
  } catch (error) {
    repeats.forget(key);
    log("error", "denial-not-audited", { route, correlationId, error });
  }
}

/** The request or run that an address names. It need not exist: whoever reads the record looks. */
function aboutOf(path: string): { requestId?: string; runId?: string } {
  const [, noun, id] = /\/(requests|runs)\/([0-9a-f]{8}-[0-9a-f-]{27})(?:\/|$)/i.exec(path) ?? [];
  if (id === undefined) return {};
  return noun === "runs" ? { runId: id.toLowerCase() } : { requestId: id.toLowerCase() };
}
