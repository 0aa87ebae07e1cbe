import { headerOf, type Incoming } from "../server/exchange";
import { armAudience, tenantId } from "../tenant/ids";
import { knobsOf, type World } from "../world";
import { accessTokenSeconds } from "../entra/tokens";
import type { Caller } from "./context";
import { ArmError } from "./errors";

/**
 * Proves the caller by the bearer token: signature, audience, tenant, expiry, revocation.
 * Throws ArmError 401 with `WWW-Authenticate`; a revoked token of a capable client gets a claims challenge (continuous access evaluation).
 */
export async function authenticate(world: World, incoming: Incoming): Promise<Caller> {
  const header = headerOf(incoming, "authorization");
  if (header === undefined)
    throw refuse(world, "AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing.", "invalid_token");
  const token = /^Bearer (\S+)$/i.exec(header)?.[1];
  if (token === undefined)
    throw refuse(
      world,
      "AuthenticationFailedInvalidHeader",
      "Authentication failed. The 'Authorization' header is provided in an invalid format.",
      "invalid_request",
    );
  const claims = await world.keys.verify(token).catch((cause: Error) => {
    throw refuse(world, "InvalidAuthenticationToken", `The access token is invalid: ${cause.message}.`, "invalid_token");
  });
  if (claims.aud !== armAudience && claims.aud !== `${armAudience}/`) {
    throw refuse(
      world,
      "InvalidAuthenticationTokenAudience",
      `The access token has been obtained for wrong audience or resource '${String(claims.aud)}'. It should exactly match with one of the allowed audiences '${armAudience}','${armAudience}/'.`,
      "invalid_token",
    );
  }
  if (claims.tid !== tenantId) {
    throw refuse(
      world,
      "InvalidAuthenticationTokenTenant",
      `The access token is from the wrong issuer. It must match the tenant '${tenantId}' associated with this subscription.`,
      "invalid_token",
    );
  }
  const issuedAt = Number(claims.xms_at ?? 0);
  judgeExpiry(world, claims.exp ?? 0, issuedAt);
  const oid = typeof claims.oid === "string" ? claims.oid : "";
  const capabilities = listOf(claims.xms_cc);
  judgeRevocation(world, oid, issuedAt, capabilities);
  const person = world.store.table("people").get(oid);
  if (person === undefined)
    throw refuse(world, "InvalidAuthenticationToken", "The access token is of a principal that is not in the tenant.", "invalid_token");
  return { oid, upn: person.upn, principals: new Set([oid, ...person.groups]), acrs: listOf(claims.acrs), capabilities, issuedAt };
}

/** `exp` is of real time, as every client reads it; what was advanced by hand counts from the emulator's time of issue. */
function judgeExpiry(world: World, exp: number, issuedAt: number): void {
  const now = world.clock.now();
  const ends = Math.min(exp * 1000 + world.clock.offsetMs, issuedAt + accessTokenSeconds * 1000);
  if (ends > now && issuedAt >= knobsOf(world).accessTokensExpireBefore) return;
  const at = (ms: number) => new Date(ms).toISOString();
  const message = `The access token expiry UTC time '${at(Math.min(ends, now))}' is earlier than current UTC time '${at(now)}'.`;
  throw refuse(world, "ExpiredAuthenticationToken", message, "invalid_token");
}

function judgeRevocation(world: World, oid: string, issuedAt: number, capabilities: string[]): void {
  const revokedBefore = knobsOf(world).tokensRevokedBefore[oid] ?? 0;
  if (issuedAt >= revokedBefore) return;
  const message = "The access token has been revoked.";
  if (!capabilities.includes("cp1")) throw refuse(world, "InvalidAuthenticationToken", message, "invalid_token");
  throw challenge(
    world,
    { access_token: { nbf: { essential: true, value: String(Math.floor(revokedBefore / 1000)) } } },
    "TokenRevoked",
    message,
  );
}

/** 401 that asks for claims, as Conditional Access does: `claims` is base64 of the JSON. */
export function challenge(world: World, claims: object, code: string, message: string): ArmError {
  const encoded = Buffer.from(JSON.stringify(claims)).toString("base64");
  const value = `Bearer realm="", authorization_uri="${world.addresses.azure}/common/oauth2/authorize", error="insufficient_claims", claims="${encoded}"`;
  return new ArmError(401, code, message, { "www-authenticate": value });
}

function refuse(world: World, code: string, message: string, error: string): ArmError {
  const value = `Bearer authorization_uri="${world.addresses.azure}/${tenantId}", error="${error}", error_description="${message.replaceAll('"', "'")}"`;
  return new ArmError(401, code, message, { "www-authenticate": value });
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
}
