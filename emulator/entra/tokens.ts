import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { EntraSession, Person } from "../state/shapes";
import type { Table } from "../state/store";
import { armAudience, clientId, tenantId } from "../tenant/ids";
import type { World } from "../world";
import type { Grant } from "./resources";

/** Lifetime of an access token, s. Entra gives 60–90 minutes. */
export const accessTokenSeconds = 3900;
const idTokenSeconds = 3600;
const groupLimit = 200;
const keptRows = 5000;

/** An id_token of version 2.0. Over 200 groups are named by reference, never listed. */
export function idToken(world: World, person: Person, session: EntraSession, nonce: string | null): Promise<string> {
  const now = seconds(Date.now());
  return world.keys.sign({
    aud: clientId,
    iss: `${world.addresses.azure}/${tenantId}/v2.0`,
    iat: now,
    nbf: now,
    exp: now + idTokenSeconds,
    auth_time: seconds(session.authTime),
    oid: person.oid,
    tid: tenantId,
    sub: createHash("sha256").update(`${person.oid}:${clientId}`).digest("base64url"),
    name: person.name,
    preferred_username: person.upn,
    ...(nonce === null ? {} : { nonce }),
    ver: "2.0",
    sid: session.sid,
    login_hint: Buffer.from(`hint:${person.upn}`).toString("base64url"),
    acct: person.guest ? 1 : 0,
    amr: session.amr,
    acrs: session.acrs,
    employeeid: person.employeeId,
    ...(person.guest ? { idp: "https://sts.fabrikam.example/" } : {}),
    ...(person.portalRoles.length === 0 ? {} : { roles: person.portalRoles }),
    ...groupClaims(world, person),
    uti: randomBytes(16).toString("base64url"),
  });
}

/** What of a session goes into an access token. */
export type AccessFacts = { grant: Grant; capabilities: string[] };

/** An access token of version 1.0, as ARM and AKS get them. `xms_at` is the emulator's time of issue in ms. */
export function accessToken(world: World, person: Person, session: EntraSession, facts: AccessFacts): Promise<string> {
  const now = seconds(Date.now());
  return world.keys.sign({
    aud: facts.grant.audience,
    iss: `https://sts.bindery.local/${tenantId}/`,
    iat: now,
    nbf: now,
    exp: now + accessTokenSeconds,
    acr: "1",
    acrs: session.acrs,
    amr: session.amr,
    appid: clientId,
    appidacr: "1",
    idtyp: "user",
    name: person.name,
    oid: person.oid,
    scp: facts.grant.scopes.join(" "),
    sid: session.sid,
    sub: createHash("sha256").update(`${person.oid}:${facts.grant.audience}`).digest("base64url"),
    tid: tenantId,
    unique_name: person.upn,
    upn: person.upn,
    uti: randomBytes(16).toString("base64url"),
    ver: "1.0",
    ...(facts.capabilities.length === 0 ? {} : { xms_cc: facts.capabilities }),
    ...(facts.grant.audience === armAudience ? groupClaims(world, person) : {}),
    xms_at: world.clock.now(),
  });
}

/** An access token of the application itself. */
export function appToken(world: World, grant: Grant): Promise<string> {
  const now = seconds(Date.now());
  return world.keys.sign({
    aud: grant.audience,
    iss: `https://sts.bindery.local/${tenantId}/`,
    iat: now,
    nbf: now,
    exp: now + accessTokenSeconds,
    appid: clientId,
    appidacr: "1",
    idtyp: "app",
    oid: clientId,
    sub: clientId,
    tid: tenantId,
    uti: randomBytes(16).toString("base64url"),
    ver: "1.0",
    xms_at: world.clock.now(),
  });
}

/** A new refresh token. Only its hash is kept. */
export function refreshToken(world: World, oid: string, sid: string): string {
  const token = `1.${randomBytes(48).toString("base64url")}`;
  const kept = roomIn(world.store.table("refreshTokens"));
  kept.set(hashOf(token), { oid, sid, clientId, issuedAt: world.clock.now(), revoked: false });
  return token;
}

/** How a secret text is kept: as its SHA-256. */
export function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url");
}

/** A new session of a person, just signed in by password. */
export function newSession(world: World, oid: string): EntraSession {
  const session: EntraSession = { sid: randomUUID(), oid, authTime: Date.now(), acrs: [], amr: ["pwd"] };
  roomIn(world.store.table("entraSessions")).set(session.sid, session);
  return session;
}

/** The table with room for one more row: past 5000 rows the oldest goes. */
export function roomIn<T>(table: Table<T>): Table<T> {
  const [oldest] = table.size >= keptRows ? table.keys() : [];
  if (oldest !== undefined) table.delete(oldest);
  return table;
}

/** MSAL reads the home account from this. */
export function clientInfo(person: Person): string {
  return Buffer.from(JSON.stringify({ uid: person.oid, utid: tenantId })).toString("base64url");
}

function groupClaims(world: World, person: Person): Record<string, unknown> {
  if (person.groups.length === 0) return {};
  if (person.groups.length <= groupLimit) return { groups: person.groups };
  const endpoint = `${world.addresses.azure}/graph/${tenantId}/users/${person.oid}/getMemberObjects`;
  return { _claim_names: { groups: "src1" }, _claim_sources: { src1: { endpoint } } };
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}
