import { appendAudit } from "@/lib/audit/append";
import type { Actor } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { now } from "@/lib/kernel/clock";
import { log } from "@/lib/kernel/log";
import { settings } from "@/lib/kernel/settings";

/** Repeats within this time are one audit event, ms. */
const foldMs = 60_000;
const lastAudited = new Map<string, number>();

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
  const at = now().getTime();
  const key = `${action} ${actor?.oid ?? "nobody"} ${route}`;
  if (at - (lastAudited.get(key) ?? Number.NEGATIVE_INFINITY) < foldMs) return;
  if (lastAudited.size > 10_000) lastAudited.clear();
  lastAudited.set(key, at);
  const tid = actor?.tid ?? settings().BINDERY_TENANT_ID;
  const subject = { type: "route", id: route };
  try {
    await transaction((tx) => appendAudit(tx, { tid, action, outcome: "refused", actor, subject, correlationId, summary }));
  } catch (error) {
    lastAudited.delete(key);
    log("error", "denial-not-audited", { route, correlationId, error });
  }
}
