import { appendAudit } from "@/lib/audit/append";
import { transaction } from "@/lib/db/client";
import { now } from "@/lib/kernel/clock";
import { isBinderyError } from "@/lib/kernel/errors";
import { newSecret } from "@/lib/kernel/ids";
import { sha256 } from "@/lib/kernel/json";
import { log } from "@/lib/kernel/log";
import { settings } from "@/lib/kernel/settings";
import { resumeAfterSignIn } from "@/lib/runs/carry-on";
import { cookieText, flowCookie, readCookie, sessionCookie } from "./cookie";
import { type Flow, takeFlow } from "./flow-store";
import { type Person, personOf, verifyIdToken } from "./id-token";
import { entraClient, armScope, redirectUri } from "./msal";
import { auditRefusal, kindOfFailure, kindOfRefusal, refuse, SignInRefused } from "./refusal";
import { actorOfSession, sessionIdOf, userAgentOf } from "./session";
import { endOne, insertSession, type SessionRecord } from "./session-store";
import type { Onward } from "./sign-in";
import { replaceCache } from "./token-cache";

/** A person whom Entra proved, and the tokens that came along. */
type Proven = { person: Person; authTime: Date; accountId: string; cache: string };

/**
 * Finishes a sign-in: checks the state and the browser, trades the code, verifies the id_token, and opens a session. A refusal is
 * audited and sends the browser to the sign-in page with its code; any other failure is thrown.
 */
export async function finishSignIn(request: Request): Promise<Onward> {
  const answer = new URL(request.url).searchParams;
  try {
    const flow = await flowOf(request, answer);
    const proven = await prove(flow, answer);
    const { session, cookie } = await openSession(request, proven);
    if (flow.runId !== null) await resume(session, request, flow.runId);
    return { location: flow.returnTo, cookies: [cookie] };
  } catch (error) {
    if (!(error instanceof SignInRefused)) throw error;
    await auditRefusal(error.refusal, request);
    return { location: `/sign-in?error=${error.refusal.code}`, cookies: [] };
  }
}

async function flowOf(request: Request, answer: URLSearchParams): Promise<Flow> {
  const browser = readCookie(request.headers.get("cookie"), flowCookie());
  const state = answer.get("state") ?? "";
  const flow = browser === null || !/^[A-Za-z0-9_-]{43,60}$/.test(state) ? null : await takeFlow(state, sha256(browser));
  if (flow === null) throw refuse("state", "The answer of Entra belongs to no sign-in that this browser began in the last ten minutes.");
  return flow;
}

async function prove(flow: Flow, answer: URLSearchParams): Promise<Proven> {
  const refused = kindOfRefusal(answer);
  if (refused !== null) throw new SignInRefused(refused);
  const proven = await trade(flow, answer);
  const { person } = proven;
  const who = { oid: person.oid, name: person.name };
  if (person.isGuest && !settings().BINDERY_ALLOW_GUESTS) throw refuse("guest", `${person.name} is a guest.`, who);
  if (flow.expectedOid !== null && person.oid !== flow.expectedOid)
    throw refuse("person", `${person.name} answered for another person.`, who);
  return proven;
}

/** Trades the code for tokens. They stay in memory until the person is known to be welcome. */
async function trade(flow: Flow, answer: URLSearchParams): Promise<Proven> {
  try {
    const client = await entraClient();
    const request = {
      scopes: [armScope()],
      redirectUri: redirectUri(),
      codeVerifier: flow.verifier,
      code: answer.get("code") ?? "",
      nonce: flow.nonce,
    };
    // The state is proven already (flowOf); MSAL would take it apart as one of its own making.
    const result = await client.acquireTokenByCode(request, { code: request.code, client_info: answer.get("client_info") ?? "" });
    const claims = await verifyIdToken(result.idToken, flow.nonce);
    const accountId = result.account?.homeAccountId;
    if (accountId === undefined || accountId === "") throw refuse("unavailable", "Entra named no account.");
    const person = personOf(claims);
    return { person, authTime: person.authTime ?? unknownTime, accountId, cache: client.getTokenCache().serialize() };
  } catch (error) {
    throw error instanceof SignInRefused ? error : new SignInRefused(kindOfFailure(error));
  }
}

/**
 * When Entra does not tell `auth_time` (an optional claim that the app registration lacks), nothing is known, which a policy must take for
 * too old: that the credentials were asked for is a wish in the browser's address, and no proof.
 */
const unknownTime = new Date(0);

/** In one transaction: the tokens, the end of the session that this browser had, the new session, and the record of it. */
async function openSession(
  request: Request,
  { person, authTime, accountId, cache }: Proven,
): Promise<{ session: SessionRecord; cookie: string }> {
  const secret = newSecret();
  const before = readCookie(request.headers.get("cookie"), sessionCookie());
  const { tid, oid, name, upn, portalRoles, acrs, amr } = person;
  const session: SessionRecord = {
    id: sessionIdOf(secret),
    tid,
    oid,
    personKey: person.personKey ?? oid,
    homeAccountId: accountId,
    name,
    upn,
    portalRoles,
    authTime,
    acrs: acrs ?? [],
    amr: amr ?? [],
    ip: addressOf(request.headers),
    userAgent: userAgentOf(request.headers),
    createdAt: now(),
    seenAt: now(),
    endedAt: null,
    endedBy: null,
  };
  const actor = actorOfSession(session, request.headers);
  await transaction(async (tx) => {
    await replaceCache(tx, accountId, cache);
    if (before !== null) await endOne(tx, { id: sessionIdOf(before), tid }, "signed in again");
    await insertSession(tx, session);
    const summary = `${name} signed in${portalRoles.length === 0 ? ", without any portal role" : ` as ${portalRoles.join(", ")}`}`;
    await appendAudit(tx, {
      tid,
      action: "sign-in",
      outcome: "ok",
      actor,
      subject: { type: "person", id: oid },
      summary,
      detail: { portalRoles },
    });
  });
  return { session, cookie: cookieText(sessionCookie(), secret, settings().BINDERY_SESSION_MAX_MINUTES * 60) };
}

/** A run that cannot go on says so on its own page; the person is signed in all the same. */
async function resume(session: SessionRecord, request: Request, runId: string): Promise<void> {
  try {
    await resumeAfterSignIn(actorOfSession(session, request.headers), runId);
  } catch (error) {
    log(isBinderyError(error) ? "info" : "error", "run-not-resumed", { runId, error });
  }
}

/** The address that the nearest proxy saw. A hint for people, never proof of anything. */
export function addressOf(headers: Headers): string | null {
  const last = headers.get("x-forwarded-for")?.split(",").at(-1)?.trim();
  return last === undefined || last === "" ? null : last.slice(0, 64);
}
