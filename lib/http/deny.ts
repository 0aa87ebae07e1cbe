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
  actor: Actor | null;
  correlationId: string;
  summary: string;
};

/**
 * Audits a refusal, at most once a minute for one person and route, so that a loop cannot flood the chain. The refusal itself does
 * not wait on the record's success: when the record cannot be written, that is logged and the door stays shut.
 */
export async function auditDenial(denial: Denial): Promise<void> {
  const { action, route, actor, correlationId, summary } = denial;
  const key = `${action} ${actor?.oid ?? "nobody"} ${route}`;
  if (!repeats.first(key)) return;
  const tid = actor?.tid ?? settings().BINDERY_TENANT_ID.toLowerCase();
  const subject = { type: "route", id: route };
  try {
    await transaction((tx) => appendAudit(tx, { tid, action, outcome: "refused", actor, subject, correlationId, summary }));
  } catch (error) {
    repeats.forget(key);
    log("error", "denial-not-audited", { route, correlationId, error });
  }
}
