import { randomBytes } from "node:crypto";
import { formOf, headerOf, type Incoming, type Reply } from "../server/exchange";
import type { EntraSession, Person } from "../state/shapes";
import type { World } from "../world";
import { type AuthorizeRequest, readAuthorizeRequest } from "./authorize-request";
import { confirmPage, errorPage, formPostPage, pickerPage } from "./page";
import { clientInfo, hashOf, newSession, roomIn } from "./tokens";

const cookieName = "local_entra_session";
const codeLifetimeMs = 60_000;

type Known = { session: EntraSession; person: Person };

/** GET /{tenant}/oauth2/v2.0/authorize: goes on silently for a fitting session, asks for a person or a second factor otherwise. */
export function authorize(world: World, incoming: Incoming): Reply {
  const read = readAuthorizeRequest(incoming.query, world.addresses.portal);
  if ("refused" in read) return errorPage("Sign-in is not possible", read.refused, world.addresses.portal);
  if ("bad" in read)
    return goBack(read.redirectUri, "query", { error: read.bad.error, error_description: read.bad.sentence }, read.state, world);
  const asked = read.ok;
  const known = sessionOf(world, incoming);
  const hinted = personOfHint(world, asked.loginHint);
  const fits = known !== null && !tooOld(known.session, asked) && (hinted === null || hinted.oid === known.person.oid);
  if (asked.prompt === "none") return silently(world, asked, fits ? known : null);
  if (fits && hinted !== null && asked.prompt === null) return secondFactor(world, incoming, asked, known);
  return picker(world, incoming.path, incoming.query.toString(), hinted?.oid ?? known?.person.oid ?? null, null);
}

/** POST of a choice made on the page: a person, the second factor, or cancel. */
export function choose(world: World, incoming: Incoming): Reply {
  const origin = headerOf(incoming, "origin");
  if (origin !== undefined && origin !== "null" && !ownOrigin(origin, world))
    return errorPage("Sign-in is not possible", "The form came from another site.", world.addresses.portal);
  const form = formOf(incoming);
  const request = form.get("request") ?? "";
  const read = readAuthorizeRequest(new URLSearchParams(request), world.addresses.portal);
  if (!("ok" in read))
    return errorPage("Sign-in is not possible", "The request of the application is not valid any more.", world.addresses.portal);
  const asked = read.ok;
  const known = sessionOf(world, incoming);
  if (form.get("choice") === "cancel") {
    return goBack(
      asked.redirectUri,
      asked.mode,
      { error: "access_denied", error_description: "AADSTS65004: User declined to consent to access the app." },
      asked.state,
      world,
    );
  }
  if (form.get("choice") === "confirm") {
    if (known === null) return picker(world, incoming.path, request, null, "Your sign-in ended. Choose again.");
    return complete(world, asked, { ...known, session: stepUp(world, known.session, asked.acrs) });
  }
  const person = world.store.table("people").get(form.get("oid") ?? "");
  if (person === undefined) return picker(world, incoming.path, request, null, "There is no such person in the tenant.");
  if (!person.enabled)
    return picker(world, incoming.path, request, null, `AADSTS50057: The account of ${person.name} is disabled. Choose another person.`);
  const reusable = known !== null && known.person.oid === person.oid && !tooOld(known.session, asked);
  const session = reusable ? known.session : newSession(world, person.oid);
  const reply = secondFactor(world, { ...incoming, query: new URLSearchParams(request) }, asked, { session, person });
  return { ...reply, headers: { ...reply.headers, "set-cookie": `${cookieName}=${session.sid}; Path=/; HttpOnly; SameSite=Lax` } };
}

/** The session that the browser's cookie names, if it is still good. */
function sessionOf(world: World, incoming: Incoming): Known | null {
  const sid = new RegExp(`(?:^|;\\s*)${cookieName}=([^;]+)`).exec(headerOf(incoming, "cookie") ?? "")?.[1];
  const session = sid === undefined ? undefined : world.store.table("entraSessions").get(sid);
  const person = session === undefined ? undefined : world.store.table("people").get(session.oid);
  return session !== undefined && person?.enabled === true ? { session, person } : null;
}

/** Header that makes the browser forget its session. */
export const forgetSession = { "set-cookie": `${cookieName}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0` };

function silently(world: World, asked: AuthorizeRequest, known: Known | null): Reply {
  const missing = known === null || lacking(known.session, asked).length > 0;
  if (!missing) return complete(world, asked, known);
  const [error, number, sentence] =
    known === null
      ? ["login_required", 50058, "A silent sign-in request was sent but no user is signed in."]
      : ["interaction_required", 50076, "You must use multi-factor authentication to access the resource."];
  return goBack(asked.redirectUri, asked.mode, { error, error_description: `AADSTS${number}: ${sentence}` }, asked.state, world);
}

function secondFactor(world: World, incoming: Incoming, asked: AuthorizeRequest, known: Known): Reply {
  const wanted = lacking(known.session, asked);
  if (wanted.length === 0) return complete(world, asked, known);
  return confirmPage({ action: incoming.path, request: incoming.query.toString() }, known.person, wanted, world.addresses.portal);
}

function complete(world: World, asked: AuthorizeRequest, { session, person }: Known): Reply {
  const code = `1.${randomBytes(32).toString("base64url")}`;
  roomIn(world.store.table("codes")).set(hashOf(code), {
    oid: person.oid,
    sid: session.sid,
    redirectUri: asked.redirectUri,
    scope: asked.scope,
    nonce: asked.nonce,
    challenge: asked.challenge,
    expiresAt: world.clock.now() + codeLifetimeMs,
  });
  world.store.flush();
  const answer = { code, ...(asked.wantsClientInfo ? { client_info: clientInfo(person) } : {}), session_state: session.sid };
  return goBack(asked.redirectUri, asked.mode, answer, asked.state, world);
}

function goBack(
  redirectUri: string,
  mode: AuthorizeRequest["mode"],
  answer: Record<string, string>,
  state: string | null,
  world: World,
): Reply {
  const fields = new URLSearchParams({ ...answer, ...(state === null ? {} : { state }) });
  if (mode === "form_post") return formPostPage(redirectUri, fields, world.addresses.portal);
  return { status: 303, headers: { location: `${redirectUri}${mode === "fragment" ? "#" : "?"}${fields}` } };
}

function picker(world: World, action: string, request: string, preferred: string | null, problem: string | null): Reply {
  return pickerPage({ action, request }, [...world.store.table("people").values()], preferred, problem, world.addresses.portal);
}

function lacking(session: EntraSession, asked: AuthorizeRequest): string[] {
  return asked.acrs.filter((acr) => !session.acrs.includes(acr));
}

function stepUp(world: World, session: EntraSession, acrs: string[]): EntraSession {
  const stronger = { ...session, acrs: [...new Set([...session.acrs, ...acrs])], amr: [...new Set([...session.amr, "mfa"])] };
  world.store.table("entraSessions").set(session.sid, stronger);
  return stronger;
}

function tooOld(session: EntraSession, asked: AuthorizeRequest): boolean {
  return asked.prompt === "login" || (asked.maxAge !== null && Date.now() - session.authTime > asked.maxAge * 1000);
}

function personOfHint(world: World, hint: string | null): Person | null {
  if (hint === null) return null;
  const decoded = Buffer.from(hint, "base64url").toString("utf8");
  const wanted = (decoded.startsWith("hint:") ? decoded.slice(5) : hint).toLowerCase();
  return [...world.store.table("people").values()].find((one) => one.upn.toLowerCase() === wanted || one.oid === wanted) ?? null;
}

function ownOrigin(origin: string, world: World): boolean {
  const port = new URL(world.addresses.signIn).port;
  return [`http://127.0.0.1:${port}`, `http://localhost:${port}`].includes(origin);
}
