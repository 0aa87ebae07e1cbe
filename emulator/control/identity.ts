import type { JWK } from "jose";
import { grantOf } from "../entra/resources";
import { accessToken, newSession } from "../entra/tokens";
import type { Person } from "../state/shapes";
import { armAudience } from "../tenant/ids";
import { knobsOf, setKnobs } from "../world";
import { type Control, ControlError, optionalText, person, texts } from "./control";

/** Writes need the authentication contexts `acrs`, of one `person` or of all. `form`: "values" (a list, as ARM's own MFA rule) or "value". */
export const requireClaims: Control = (world, asked) => {
  const form = optionalText(asked, "form") ?? "values";
  if (form !== "values" && form !== "value") throw new ControlError('"form" is "values" or "value".');
  const oid = asked.person === undefined || asked.person === null ? null : person(world, asked).oid;
  const rule = { oid, acrs: texts(asked, "acrs"), form } as const;
  setKnobs(world, { claimsRules: [...knobsOf(world).claimsRules.filter((one) => one.oid !== oid), rule] });
  return rule;
};

/** No write needs claims any more. */
export const dropClaims: Control = (world) => {
  setKnobs(world, { claimsRules: [] });
  return {};
};

/** The next key signs and a new one is published; the old one is gone with the next rotation, or at once with `drop: true`. */
export const rotateKeys: Control = async (world, asked) => ({
  signingKey: await world.keys.rotate(asked.drop === true),
  published: world.keys.jwks().keys.length,
});

/** A person's refresh tokens are void; with `accessTokens: true` those too, which ARM tells capable clients by a claims challenge. */
export const revokeTokens: Control = (world, asked) => {
  const { oid } = person(world, asked);
  const table = world.store.table("refreshTokens");
  let revoked = 0;
  for (const [key, token] of table.entries()) {
    if (token.oid !== oid || token.revoked) continue;
    table.set(key, { ...token, revoked: true });
    revoked += 1;
  }
  if (asked.accessTokens === true)
    setKnobs(world, { tokensRevokedBefore: { ...knobsOf(world).tokensRevokedBefore, [oid]: world.clock.now() } });
  return { revoked };
};

/** Every access token issued until now counts as expired. */
export const expireTokens: Control = (world) => {
  setKnobs(world, { accessTokensExpireBefore: world.clock.now() });
  return {};
};

/** An access token of a person without a browser, for ARM or for `scope`, with `acrs` as if stepped up. */
export const mintToken: Control = async (world, asked) => {
  const who = person(world, asked);
  const acrs = asked.acrs === undefined ? [] : texts(asked, "acrs");
  const session = { ...newSession(world, who.oid), acrs };
  world.store.table("entraSessions").set(session.sid, session);
  const grant = grantOf(optionalText(asked, "scope") ?? `${armAudience}/.default`);
  return { token_type: "Bearer", access_token: await accessToken(world, who, session, { grant, capabilities: ["cp1"] }) };
};

/** Registers a public key (JWK with `kid`) by which the application may prove itself instead of its secret. */
export const registerClientKey: Control = (world, asked) => {
  const jwk = asked.jwk as JWK | undefined;
  if (typeof jwk?.kid !== "string" || jwk.d !== undefined) throw new ControlError('"jwk" is a public key with a "kid".');
  world.store.table("clientKeys").set(jwk.kid, jwk);
  return { kid: jwk.kid };
};

/** The people with their object ids and portal roles. */
export const listPeople: Control = (world) => ({
  items: [...world.store.table("people").values()].map(({ groups, ...one }) => ({ ...one, groups: groups.length })),
});

/** Changes a person: `enabled`, `portalRoles`. Takes effect with the next token. */
export const changePerson: Control = (world, asked) => {
  const who = person(world, asked);
  const changed: Person = {
    ...who,
    enabled: typeof asked.enabled === "boolean" ? asked.enabled : who.enabled,
    portalRoles: asked.portalRoles === undefined ? who.portalRoles : texts(asked, "portalRoles"),
  };
  world.store.table("people").set(who.oid, changed);
  return { oid: who.oid, name: changed.name, enabled: changed.enabled, portalRoles: changed.portalRoles };
};
