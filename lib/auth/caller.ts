import type { AuthenticationResult } from "@azure/msal-node";
import type { AzureCaller } from "@/lib/azure/types";
import { now } from "@/lib/kernel/clock";
import { BinderyError } from "@/lib/kernel/errors";
import { newCorrelationId } from "@/lib/kernel/ids";
import { settings } from "@/lib/kernel/settings";
import type { Actor } from "./actor";
import { entraFailure } from "./entra-failure";
import { personOf, verifyIdToken } from "./id-token";
import { inTurn } from "./in-turn";
import { armScope, entraClient } from "./msal";
import { accountCache } from "./token-cache";

type Account = { tid: string; oid: string; homeAccountId: string };
type Token = { token: string; expiresOnTimestamp: number };

/** A caller keeps a token for so long before it asks the cache again, ms; never past the token's own end. */
const keepMs = 60_000;

/** The signed-in person as a caller of Azure, for one request. */
export function callerFor(actor: Actor, correlationId: string = newCorrelationId()): AzureCaller {
  return callerForAccount(actor, correlationId);
}

/** An account whose tokens Bindery holds as a caller of Azure, for one request or one run step. */
export function callerForAccount(account: Account, correlationId: string): AzureCaller {
  const kept = new Map<string, Token & { until: number }>();
  return {
    tid: account.tid,
    oid: account.oid,
    correlationId,
    async getToken(scopes, options) {
      const wanted = [scopes].flat();
      const known = options?.claims === undefined ? kept.get(wanted.join(" ")) : undefined;
      if (known !== undefined && known.until > now().getTime()) return { token: known.token, expiresOnTimestamp: known.expiresOnTimestamp };
      const { accessToken, expiresOn } = await renew(account, {
        scopes: wanted,
        ...(options?.claims === undefined ? {} : { claims: options.claims }),
      });
      const expiresOnTimestamp = expiresOn?.getTime() ?? now().getTime() + keepMs;
      kept.set(wanted.join(" "), {
        token: accessToken,
        expiresOnTimestamp,
        until: Math.min(now().getTime() + keepMs, expiresOnTimestamp - keepMs),
      });
      return { token: accessToken, expiresOnTimestamp };
    },
  };
}

/** Portal roles, person and strength of the sign-in, from an id_token that Entra gives out now. */
export type FreshRoles = { portalRoles: string[]; personKey: string | null; acrs: string[]; amr: string[]; authTime: Date };

/**
 * Asks Entra for a new id_token of the signed-in person and gives what it says. What Entra does not repeat on renewal (it was not
 * asked to, in the app registration) is as the last sign-in showed it. Throws `sign_in_needed` when the person must come back, a
 * disabled account included.
 */
export async function freshRoles(actor: Actor): Promise<FreshRoles> {
  const renewed = await renew(actor, { scopes: [armScope()], forceRefresh: true });
  const person = personOf(await verifyIdToken(renewed.idToken));
  if (person.oid !== actor.oid)
    throw new BinderyError("sign_in_needed", "Entra answered for another person than the one who is signed in.");
  const { portalRoles, personKey, acrs, amr, authTime } = person;
  return { portalRoles, personKey, acrs: acrs ?? actor.acrs, amr: amr ?? actor.amr, authTime: authTime ?? actor.authTime };
}

/** One renewal at a time for each account in this process; between processes the cache row's version keeps order. */
function renew(account: Account, want: { scopes: string[]; claims?: string; forceRefresh?: boolean }): Promise<AuthenticationResult> {
  return inTurn(account.homeAccountId, async () => {
    try {
      const client = await entraClient(accountCache(account.homeAccountId));
      const known = await client.getTokenCache().getAccountByHomeId(account.homeAccountId);
      if (known === null) throw noTokens(want.claims);
      const result = await client.acquireTokenSilent({ account: known, ...want });
      if (result.tenantId.toLowerCase() !== settings().BINDERY_TENANT_ID.toLowerCase()) {
        throw new BinderyError("forbidden", "Entra gave a token of another tenant; it was thrown away.", { field: "tid" });
      }
      return result;
    } catch (error) {
      throw entraFailure(error, want.claims);
    }
  });
}

function noTokens(claims: string | undefined): BinderyError {
  const remedy = "Sign in again; what you were doing can go on afterwards.";
  return new BinderyError("sign_in_needed", "Bindery holds no tokens of this sign-in any more.", {
    remedy,
    ...(claims === undefined ? {} : { claims }),
  });
}
