import { createHash, timingSafeEqual } from "node:crypto";
import { formOf, headerOf, type Incoming, type Reply } from "../server/exchange";
import type { EntraSession, Person } from "../state/shapes";
import { clientId } from "../tenant/ids";
import type { World } from "../world";
import { acrsAsked, capabilitiesOf } from "./claims";
import { proveClientKey } from "./client-key";
import { EntraError, errorReply } from "./errors";
import { asksForRefresh, grantOf } from "./resources";
import { accessToken, appToken, accessTokenSeconds, clientInfo, hashOf, idToken, refreshToken } from "./tokens";

const refreshLifetimeMs = 90 * 86_400_000;

/** POST /{tenant}/oauth2/v2.0/token: authorization code with PKCE, refresh, and the application for itself. */
export async function token(world: World, incoming: Incoming): Promise<Reply> {
  const form = formOf(incoming);
  try {
    await proveClient(world, incoming, form);
    const grant = form.get("grant_type");
    if (grant === "authorization_code") return await byCode(world, form);
    if (grant === "refresh_token") return await byRefresh(world, form);
    if (grant === "client_credentials") return await byClient(world, form);
    throw new EntraError("unsupportedGrant", `The app requested an unsupported grant type '${grant ?? ""}'.`);
  } catch (cause) {
    if (cause instanceof EntraError) return errorReply(cause, world.clock.now());
    throw cause;
  }
}

async function proveClient(world: World, incoming: Incoming, form: URLSearchParams): Promise<void> {
  const basic = /^Basic (.+)$/i.exec(headerOf(incoming, "authorization") ?? "")?.[1];
  const [basicId, ...basicSecret] = basic === undefined ? [] : Buffer.from(basic, "base64").toString("utf8").split(":");
  const id = form.get("client_id") ?? basicId;
  if (id !== clientId)
    throw new EntraError("unknownClient", `Application with identifier '${id ?? ""}' was not found in the directory 'Contoso'.`);
  if (form.has("client_assertion")) return proveClientKey(world, form);
  const secret = form.get("client_secret") ?? (basicSecret.length === 0 ? null : decodeURIComponent(basicSecret.join(":")));
  if (secret === null) {
    throw new EntraError("clientMissing", "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.");
  }
  if (!same(secret, world.clientSecret)) {
    throw new EntraError(
      "invalidClient",
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${clientId}'.`,
    );
  }
}

async function byCode(world: World, form: URLSearchParams): Promise<Reply> {
  const key = hashOf(form.get("code") ?? "");
  const codes = world.store.table("codes");
  const code = codes.get(key);
  if (code === undefined)
    throw new EntraError(
      "codeUsed",
      "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.",
    );
  codes.delete(key);
  world.store.flush();
  if (code.expiresAt < world.clock.now())
    throw new EntraError("codeExpired", "The provided authorization code or refresh token has expired due to inactivity.");
  if (form.get("redirect_uri") !== code.redirectUri) {
    throw new EntraError("badRedirect", "The redirect URI specified in the request does not match the one the code was issued for.");
  }
  if (code.challenge !== null && challengeOf(form.get("code_verifier") ?? "") !== code.challenge) {
    throw new EntraError("wrongVerifier", "The Code_Verifier does not match the code_challenge supplied in the authorization request.");
  }
  const { person, session } = holder(world, code.oid, code.sid);
  return answer(world, person, session, form.get("scope") ?? code.scope, {
    nonce: code.nonce,
    claims: form.get("claims"),
    scopeOfCode: code.scope,
  });
}

async function byRefresh(world: World, form: URLSearchParams): Promise<Reply> {
  const kept = world.store.table("refreshTokens").get(hashOf(form.get("refresh_token") ?? ""));
  if (kept === undefined)
    throw new EntraError("refreshInvalid", "The provided value for the input parameter 'refresh_token' is not valid.");
  if (kept.revoked) {
    throw new EntraError(
      "refreshRevoked",
      "The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password.",
    );
  }
  if (kept.issuedAt + refreshLifetimeMs < world.clock.now())
    throw new EntraError("refreshExpired", "The refresh token has expired due to inactivity.");
  const { person, session } = holder(world, kept.oid, kept.sid);
  const claims = form.get("claims");
  const asked = acrsAsked(claims);
  if (asked === null) throw new EntraError("badRequest", "The claims parameter is not valid JSON.");
  if (asked.some((acr) => !session.acrs.includes(acr))) {
    throw new EntraError(
      "stepUp",
      "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access the resource.",
      claims,
    );
  }
  return answer(world, person, session, form.get("scope") ?? "", { nonce: null, claims, scopeOfCode: "offline_access" });
}

/** The application for itself. Azure gives it nothing: no role names it. */
async function byClient(world: World, form: URLSearchParams): Promise<Reply> {
  const grant = grantOf(form.get("scope") ?? "");
  const access_token = await appToken(world, grant);
  return { status: 200, body: { token_type: "Bearer", expires_in: accessTokenSeconds, ext_expires_in: accessTokenSeconds, access_token } };
}

type More = { nonce: string | null; claims: string | null; scopeOfCode: string };

async function answer(world: World, person: Person, session: EntraSession, scope: string, more: More): Promise<Reply> {
  const grant = grantOf(scope);
  const refresh = asksForRefresh(scope) || asksForRefresh(more.scopeOfCode);
  // The refresh token that was used stays valid, as in Entra: web and worker may refresh at once.
  const body = {
    token_type: "Bearer",
    scope: grant.answered,
    expires_in: accessTokenSeconds,
    ext_expires_in: accessTokenSeconds,
    access_token: await accessToken(world, person, session, { grant, capabilities: capabilitiesOf(more.claims) }),
    ...(refresh ? { refresh_token: refreshToken(world, person.oid, session.sid) } : {}),
    id_token: await idToken(world, person, session, more.nonce),
    client_info: clientInfo(person),
  };
  world.store.flush();
  return { status: 200, body };
}

function holder(world: World, oid: string, sid: string): { person: Person; session: EntraSession } {
  const person = world.store.table("people").get(oid);
  const session = world.store.table("entraSessions").get(sid);
  if (person === undefined || session === undefined)
    throw new EntraError("refreshRevoked", "The provided grant has expired due to it being revoked, a fresh auth token is needed.");
  if (!person.enabled) throw new EntraError("disabled", "The user account is disabled.");
  return { person, session };
}

function challengeOf(verifier: string): string {
  return createHash("sha256").update(verifier).digest("base64url");
}

function same(a: string, b: string): boolean {
  return timingSafeEqual(createHash("sha256").update(a).digest(), createHash("sha256").update(b).digest());
}
