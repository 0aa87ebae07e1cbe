import { errors, jwtVerify } from "jose";
import { z } from "zod";
import { now } from "@/lib/kernel/clock";
import { BinderyError } from "@/lib/kernel/errors";
import { unhidden } from "@/lib/kernel/hidden";
import { settings } from "@/lib/kernel/settings";
import { authority } from "./authority";

const listOf = z.union([z.array(z.string()), z.string().transform((text) => [text])]).optional();
const IdToken = z.looseObject({
  oid: z.guid(),
  tid: z.guid(),
  iat: z.number(),
  name: z.string().optional(),
  preferred_username: z.string().optional(),
  nonce: z.string().optional(),
  roles: listOf,
  acrs: listOf,
  amr: listOf,
  auth_time: z.number().optional(),
  login_hint: z.string().optional(),
  /** Optional claim: 0 member, 1 guest. */
  acct: z.coerce.number().optional(),
  /** Present when another provider than the tenant itself proved the person. */
  idp: z.string().optional(),
});
/** Claims of a verified id_token of our tenant. */
export type IdTokenClaims = z.infer<typeof IdToken>;

/** What Bindery keeps of a person from an id_token. `authTime` is null when Entra was not set up to tell it. */
export type Person = {
  tid: string;
  oid: string;
  /** Joins the accounts of one person; null: a claim is configured for that, and this account's token lacks it. */
  personKey: string | null;
  name: string;
  upn: string;
  portalRoles: string[];
  acrs: string[] | null;
  amr: string[] | null;
  authTime: Date | null;
  isGuest: boolean;
};

/**
 * Verifies an id_token: signature against the tenant's keys, issuer, audience, times and, when one is named, the nonce.
 * Throws `forbidden` with field `tid` for another tenant or issuer, `not_signed_in` for any other fault of the token.
 */
export async function verifyIdToken(raw: string, nonce?: string): Promise<IdTokenClaims> {
  const { issuer, keys } = await authority();
  const { BINDERY_CLIENT_ID: audience, BINDERY_TENANT_ID: tenant } = settings();
  try {
    const options = {
      issuer,
      audience,
      algorithms: ["RS256"],
      currentDate: now(),
      clockTolerance: 120,
      requiredClaims: ["exp", "iat", "oid", "tid"],
    };
    const { payload } = await jwtVerify(raw, keys, options);
    const claims = IdToken.parse(payload);
    if (claims.tid.toLowerCase() !== tenant.toLowerCase()) throw otherTenant();
    if (nonce !== undefined && claims.nonce !== nonce) throw notProven("its nonce is another sign-in's");
    return claims;
  } catch (error) {
    if (error instanceof errors.JWTClaimValidationFailed && error.claim === "iss") throw otherTenant();
    if (error instanceof errors.JOSEError || error instanceof z.ZodError) throw notProven(error.message, error);
    throw error;
  }
}

const otherTenant = (): BinderyError => new BinderyError("forbidden", "This account belongs to another Entra tenant.", { field: "tid" });
const notProven = (why: string, cause?: unknown): BinderyError =>
  new BinderyError("not_signed_in", `Entra's answer does not prove who you are: ${why}.`, { cause });

/** The person of a verified id_token. A guest is told by `acct`, by a foreign `idp`, or by the form of the user name. */
export function personOf(claims: IdTokenClaims): Person {
  const oid = claims.oid.toLowerCase();
  const upn = claims.preferred_username ?? "";
  return {
    tid: claims.tid.toLowerCase(),
    oid,
    personKey: personKeyOf(claims, oid),
    name: unhidden(claims.name ?? (upn === "" ? oid : upn)),
    upn,
    portalRoles: claims.roles ?? [],
    acrs: claims.acrs ?? null,
    amr: claims.amr ?? null,
    authTime: claims.auth_time === undefined ? null : new Date(claims.auth_time * 1000),
    isGuest: claims.acct === 1 || isForeign(claims.idp) || upn.includes("#EXT#"),
  };
}

/** An account is a person of its own, unless a claim is configured that joins accounts: then only its value tells. */
function personKeyOf(claims: IdTokenClaims, oid: string): string | null {
  const claim = settings().BINDERY_PERSON_CLAIM;
  if (claim === undefined) return oid;
  const value = claims[claim];
  return typeof value === "string" && value !== "" ? `${claim}:${value}` : null;
}

/** An `idp` that names this tenant itself proves a member; any other a guest. */
function isForeign(idp: string | undefined): boolean {
  return idp !== undefined && !idp.toLowerCase().includes(settings().BINDERY_TENANT_ID.toLowerCase());
}
