import type { Incoming, Reply } from "../server/exchange";
import { tenantId } from "../tenant/ids";
import { knobsOf, type World } from "../world";
import { authorize, choose, forgetSession } from "./authorize";
import { instanceDiscovery, openIdConfiguration } from "./discovery";
import { EntraError, errorReply } from "./errors";
import { errorPage, signedOutPage } from "./page";
import { token } from "./token-endpoint";

const entraPath =
  /^\/([^/]+)\/(v2\.0\/\.well-known\/openid-configuration|discovery\/v2\.0\/keys|discovery\/instance|oauth2\/v2\.0\/(?:token|authorize|logout))$/i;

/** True for a path that belongs to Entra and not to ARM. */
export function isEntraPath(path: string): boolean {
  return entraPath.test(path) || path.startsWith("/graph/");
}

/** Entra's part of the https server. */
export async function entra(world: World, incoming: Incoming): Promise<Reply> {
  if (incoming.path.startsWith("/graph/")) return memberObjects(world, incoming);
  const [, tenant = "", rest = ""] = entraPath.exec(incoming.path) ?? [];
  if (rest === "discovery/instance") return instanceDiscovery(world);
  if (!knownTenant(tenant))
    return errorReply(
      new EntraError("unknownTenant", `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID.`),
      world.clock.now(),
    );
  if (rest === "discovery/v2.0/keys") return { status: 200, body: world.keys.jwks() };
  if (rest === "oauth2/v2.0/token") {
    if (incoming.method !== "POST")
      return errorReply(new EntraError("badRequest", "The endpoint only accepts POST requests."), world.clock.now());
    return token(world, incoming);
  }
  if (rest === "v2.0/.well-known/openid-configuration") return openIdConfiguration(world);
  return { status: 404, body: { error: "not_found", error_description: `The pages for browsers are at ${world.addresses.signIn}.` } };
}

/** The pages for browsers: the http server on loopback. */
export function signInPages(world: World, incoming: Incoming): Reply {
  const [, tenant = "", rest = ""] = entraPath.exec(incoming.path) ?? [];
  if (rest === "" || !knownTenant(tenant))
    return { ...errorPage("Nothing is here", "This address is no page of the local Azure.", world.addresses.portal), status: 404 };
  if (rest === "oauth2/v2.0/logout") return logout(world, incoming);
  if (rest !== "oauth2/v2.0/authorize") return { status: 404, body: { error: "not_found" } };
  return incoming.method === "POST" ? choose(world, incoming) : authorize(world, incoming);
}

function logout(world: World, incoming: Incoming): Reply {
  // Only the browser's session ends; its tokens stay, as in Entra: a run that acts as the person may go on.
  const wanted = incoming.query.get("post_logout_redirect_uri");
  const { portal } = world.addresses;
  const allowed = wanted !== null && (wanted === portal || wanted.startsWith(`${portal}/`));
  if (!allowed) return { ...signedOutPage(portal), headers: { ...signedOutPage(portal).headers, ...forgetSession } };
  const state = incoming.query.get("state");
  const target = new URL(wanted);
  if (state !== null) target.searchParams.set("state", state);
  return { status: 303, headers: { location: target.href, ...forgetSession } };
}

function knownTenant(tenant: string): boolean {
  return ["common", "organizations", tenantId, "contoso.example"].includes(tenant.toLowerCase());
}

/** What `_claim_sources` points to: the group ids of a person, for a token of this tenant. */
async function memberObjects(world: World, incoming: Incoming): Promise<Reply> {
  const oid = /\/users\/([^/]+)\/getMemberObjects$/.exec(incoming.path)?.[1] ?? "";
  const bearer = /^Bearer (.+)$/i.exec(incoming.headers.authorization ?? "")?.[1];
  try {
    const claims = await world.keys.verify(bearer ?? "");
    if (Number(claims.xms_at ?? 0) < knobsOf(world).accessTokensExpireBefore) throw new Error("expired");
  } catch {
    return {
      status: 401,
      body: { error: { code: "InvalidAuthenticationToken", message: "Access token is missing, invalid or expired." } },
    };
  }
  const person = world.store.table("people").get(oid);
  if (person === undefined)
    return { status: 404, body: { error: { code: "Request_ResourceNotFound", message: `Resource '${oid}' does not exist.` } } };
  return { status: 200, body: { value: person.groups } };
}
