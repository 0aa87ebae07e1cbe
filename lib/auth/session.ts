import { cookies, headers } from "next/headers";
import { cache } from "react";
import { sha256 } from "@/lib/kernel/json";
import { type Actor, proveActor } from "./actor";
import { readCookie, sessionCookie } from "./cookie";
import { findLiving, type SessionRecord, touch } from "./session-store";

/** Key of a session in the database: the SHA-256 of the cookie's secret, which itself is never stored. */
export function sessionIdOf(secret: string): string {
  return sha256(secret);
}

/** The person who is signed in, from the cookies of the page or handler that Next is serving; null without a living session. */
export const currentActor: () => Promise<Actor | null> = cache(async () => {
  const [jar, head] = [await cookies(), await headers()];
  const name = sessionCookie();
  return actorOf(readCookie(`${name}=${jar.get(name)?.value ?? ""}`, name), head);
});

/** The person whose session a request carries; null without a living session. */
export async function actorFromRequest(request: Request): Promise<Actor | null> {
  return actorOf(readCookie(request.headers.get("cookie"), sessionCookie()), request.headers);
}

/** Whether a session still lives, without counting as use of it. */
export async function isLiving(sessionId: string): Promise<boolean> {
  return (await findLiving(sessionId)) !== null;
}

async function actorOf(secret: string | null, head: Headers): Promise<Actor | null> {
  if (secret === null) return null;
  const session = await findLiving(sessionIdOf(secret));
  if (session === null) return null;
  await touch(session);
  return actorOfSession(session, head);
}

/** Mints the actor of a living session. */
export function actorOfSession(session: SessionRecord, head: Headers): Actor {
  const { tid, oid, personKey, homeAccountId, name, upn, portalRoles, authTime, acrs, amr } = session;
  const person = { tid, oid, personKey, homeAccountId, name, upn, portalRoles, authTime, acrs, amr };
  return proveActor({ ...person, sessionId: session.id, ip: session.ip, userAgent: userAgentOf(head) });
}

/** The browser's name for itself, cut to a length worth keeping. */
export function userAgentOf(head: Headers): string | null {
  return head.get("user-agent")?.slice(0, 300) ?? null;
}
