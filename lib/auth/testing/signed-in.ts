import { randomUUID } from "node:crypto";
import { transaction } from "@/lib/db/client";
import { now } from "@/lib/kernel/clock";
import { newSecret } from "@/lib/kernel/ids";
import { settings } from "@/lib/kernel/settings";
import { type Actor, proveActor } from "../actor";
import { sessionCookie } from "../cookie";
import { sessionIdOf } from "../session";
import { insertSession, type SessionRecord } from "../session-store";

/** For tests: a session row of a person who signed in now, and the cookie header that carries it. */
export async function signedIn(facts: Partial<SessionRecord> = {}): Promise<{ session: SessionRecord; cookie: string; actor: Actor }> {
  const secret = newSecret();
  const oid = facts.oid ?? randomUUID();
  const tid = settings().BINDERY_TENANT_ID.toLowerCase();
  const session: SessionRecord = {
    id: sessionIdOf(secret),
    tid,
    oid,
    personKey: oid,
    homeAccountId: `${oid}.${tid}`,
    name: "Alex Reyes",
    upn: "alex@contoso.example",
    portalRoles: ["Requester"],
    authTime: now(),
    acrs: [],
    amr: ["pwd"],
    ip: "127.0.0.1",
    userAgent: "a test",
    createdAt: now(),
    seenAt: now(),
    endedAt: null,
    endedBy: null,
    ...facts,
  };
  await transaction((tx) => insertSession(tx, session));
  const { id, createdAt: _createdAt, seenAt: _seenAt, endedAt: _endedAt, endedBy: _endedBy, ...person } = session;
  return { session, cookie: `${sessionCookie()}=${secret}`, actor: proveActor({ ...person, sessionId: id }) };
}
