// The part of `npm run doctor` that needs the product's own ways to Entra and to the database: bundled into dist/doctor.mjs.
import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { authority } from "@/lib/auth/authority";
import { aadsts } from "@/lib/auth/entra-failure";
import { honourProxy } from "@/lib/auth/outbound";
import { armScope, entraClient, redirectUri } from "@/lib/auth/msal";
import { closeDb, db } from "@/lib/db/client";
import { now } from "@/lib/kernel/clock";
import { settings } from "@/lib/kernel/settings";

const dayMs = 86_400_000;
const soonMs = 30 * dayMs;

/** Proves Bindery's own credential by asking Entra for a token of the application itself, which is thrown away. Throws what is wrong with it. */
export async function proveCredential(): Promise<string> {
  await honourProxy();
  const client = await entraClient();
  try {
    await client.acquireTokenByClientCredential({ scopes: [armScope()] });
  } catch (cause) {
    const number = aadsts(cause);
    const why = {
      "700016": `the tenant knows no application ${settings().BINDERY_CLIENT_ID}: check BINDERY_CLIENT_ID and BINDERY_TENANT_ID.`,
      "7000215": "BINDERY_CLIENT_SECRET is wrong: it wants the secret's value, not its id.",
      "7000222": "the client secret has expired: make a new one, or better a certificate.",
      "700027": "the certificate is not registered with the application, or its key does not fit.",
      "70021": "no federated credential of the application fits the subject and issuer of the federated token.",
    }[number ?? ""];
    throw new Error(
      `Entra refuses it${number === null ? "" : ` (AADSTS${number})`}: ${why ?? (cause instanceof Error ? cause.message : String(cause))}`,
      {
        cause,
      },
    );
  }
  const { BINDERY_CLIENT_CERTIFICATE_FILE: certificate, BINDERY_FEDERATED_TOKEN_FILE: federated } = settings();
  if (certificate !== undefined) return `Entra takes the certificate; ${validity(certificate)}`;
  if (federated !== undefined) return "Entra takes the federated token";
  return "Entra takes the client secret. A certificate or a federated credential is safer: neither can be copied out of a settings page";
}

function validity(file: string): string {
  const end = new Date(new X509Certificate(readFileSync(file)).validTo);
  const days = Math.floor((end.getTime() - now().getTime()) / dayMs);
  const until = `valid until ${end.toISOString().slice(0, 10)}`;
  if (end.getTime() - now().getTime() < soonMs) throw new Error(`The certificate is ${until}, ${days} days from now: replace it.`);
  return until;
}

/** Asks Entra to come back without a page: only to a registered address does it do so. Throws when the redirect address is not registered. */
export async function proveRedirect(): Promise<string> {
  await honourProxy();
  const { metadata } = await authority();
  const { authorization_endpoint } = JSON.parse(metadata) as { authorization_endpoint: string };
  const url = new URL(authorization_endpoint);
  const query = {
    client_id: settings().BINDERY_CLIENT_ID,
    redirect_uri: redirectUri(),
    response_type: "code",
    response_mode: "query",
    scope: "openid",
    prompt: "none",
    state: "doctor",
  };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const response = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(15_000) });
  if (response.headers.get("location")?.startsWith(redirectUri()) === true) return `${redirectUri()} is registered`;
  const number = aadsts(new Error(await response.text()));
  if (number === "50011")
    throw new Error(`${redirectUri()} is not registered: add it to the application as a redirect URI of the platform Web.`);
  if (number === "700016") throw new Error(`The tenant knows no application ${settings().BINDERY_CLIENT_ID}.`);
  return `could not be told without a browser (Entra answered ${response.status}). It has to be registered as ${redirectUri()}`;
}

/**
 * What the newest sign-ins show of consent, app roles and optional claims: without somebody's sign-in nobody but Entra's administrator can
 * read these. Throws what is missing.
 */
export async function signInsShow(): Promise<string> {
  try {
    if (await isEmpty()) return "the database is empty: the first start makes its tables. Run this again after the first sign-in";
    const sessions = await db().session.findMany({ orderBy: { createdAt: "desc" }, take: 50 });
    const [newest] = sessions;
    if (newest === undefined)
      return "nobody has signed in yet. Consent, app roles and optional claims show with the first sign-in: run this again then";
    const faults: string[] = [];
    if (sessions.every(({ portalRoles }) => portalRoles.length === 0))
      faults.push(
        "Nobody who signed in holds a portal role: create the app roles and assign people to them (README, app registration, 3).",
      );
    if (newest.authTime.getTime() === 0)
      faults.push("Entra does not tell auth_time: add it as an optional claim of the ID token, or no sign-in counts as recent.");
    const claim = settings().BINDERY_PERSON_CLAIM;
    if (claim !== undefined && newest.personKey === newest.oid)
      faults.push(
        `The newest sign-in brought no claim ${claim} (BINDERY_PERSON_CLAIM): add it as an optional claim of the ID token, or nobody can ask or decide.`,
      );
    const reads = await db().visibleScope.count();
    if (reads === 0)
      faults.push(
        "No sign-in could read Azure yet: grant admin consent for Azure Service Management, user_impersonation (README, app registration, 2).",
      );
    if (faults.length > 0) throw new Error(faults.join("\n"));
    return `${sessions.length} looked at: portal roles, auth_time and consent for Azure are there`;
  } finally {
    await closeDb();
  }
}

/** Whether nothing was ever started on this database. */
async function isEmpty(): Promise<boolean> {
  const [row] = await db().$queryRaw<{ there: boolean }[]>`SELECT to_regclass('session') IS NOT NULL AS there`;
  return row?.there !== true;
}
