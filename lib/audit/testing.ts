import { type Actor, proveActor } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { appendAudit, type AuditInput } from "./append";

const tid = "11111111-1111-4111-8111-111111111111";

/** For tests: a person who holds these portal roles, without a session row. */
export function person(name: string, portalRoles: string[]): Actor {
  const oid = name.toLowerCase();
  const who = { tid, oid, personKey: oid, homeAccountId: `${oid}.${tid}`, name, upn: `${oid}@contoso.example`, portalRoles };
  return proveActor({ ...who, sessionId: `session-of-${oid}`, authTime: new Date(), acrs: [], amr: ["mfa"], ip: null, userAgent: null });
}

/** For tests: puts an event on record. */
export function record(more: Partial<AuditInput> = {}): Promise<void> {
  return transaction((tx) => appendAudit(tx, { tid, action: "request-submitted", outcome: "ok", summary: "A request", ...more }));
}
