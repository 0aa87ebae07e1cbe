import { createRemoteJWKSet, type JWTVerifyGetKey } from "jose";
import { z } from "zod";
import { cloud } from "@/lib/azure/cloud";
import { now } from "@/lib/kernel/clock";
import { BinderyError } from "@/lib/kernel/errors";
import { settings } from "@/lib/kernel/settings";

const Discovery = z.looseObject({
  issuer: z.string(),
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  jwks_uri: z.url(),
  end_session_endpoint: z.url().optional(),
});

/** Entra's own description of our tenant, and the keys that sign its tokens. */
export type Authority = { address: string; issuer: string; metadata: string; endSession: string | null; keys: JWTVerifyGetKey };

/** So long a description is used before it is read again, ms. */
const keepMs = 24 * 60 * 60_000;
let known: { authority: Authority; at: number } | undefined;

/**
 * The authority of our tenant, read once a day. Throws `azure_unavailable` when Entra does not answer and `wrong_setting` when it
 * describes another tenant: tokens of any other issuer are refused everywhere.
 */
export async function authority(): Promise<Authority> {
  if (known !== undefined && now().getTime() - known.at < keepMs) return known.authority;
  known = { authority: await readAuthority(), at: now().getTime() };
  return known.authority;
}

async function readAuthority(): Promise<Authority> {
  const tenant = settings().BINDERY_TENANT_ID.toLowerCase();
  const address = `${cloud().authorityHost}/${tenant}`;
  const metadata = await readText(`${address}/v2.0/.well-known/openid-configuration`);
  const parsed = Discovery.safeParse(safeJson(metadata));
  if (!parsed.success) throw new BinderyError("azure_unavailable", "Entra described this tenant in a form that Bindery does not know.");
  const { issuer, jwks_uri, end_session_endpoint } = parsed.data;
  if (!issuer.toLowerCase().endsWith(`/${tenant}/v2.0`)) {
    throw new BinderyError("wrong_setting", `Entra says that BINDERY_TENANT_ID belongs to the issuer ${issuer}, which is another tenant.`);
  }
  const keys = createRemoteJWKSet(new URL(jwks_uri), { timeoutDuration: 10_000 });
  return { address, issuer, metadata, endSession: end_session_endpoint ?? null, keys };
}

async function readText(url: string): Promise<string> {
  try {
    const response = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(10_000) });
    if (response.ok) return await response.text();
    throw new Error(`HTTP ${response.status}`);
  } catch (cause) {
    throw new BinderyError("azure_unavailable", "Entra does not answer: its description of the tenant cannot be read.", {
      cause,
      remedy: "Check BINDERY_TENANT_ID, the network and the proxy, then try again.",
    });
  }
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
