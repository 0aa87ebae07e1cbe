import type { ICachePlugin, TokenCacheContext } from "@azure/msal-node";
import { db, transaction, type Tx } from "@/lib/db/client";
import { now } from "@/lib/kernel/clock";
import { seal, unseal } from "@/lib/kernel/seal";
import { mergeCaches } from "./merge-caches";

/** MSAL's cache of one account, as text, and the version of the row it came from. */
export type CachedAccount = { text: string; version: number };

const boundTo = (accountId: string): string => `token_cache ${accountId}`;

/** Reads an account's cache; null when there is none. Throws when the row was altered, moved, or sealed with a lost key. */
export async function loadCache(accountId: string): Promise<CachedAccount | null> {
  const row = await db().tokenCache.findUnique({ where: { homeAccountId: accountId } });
  return row === null ? null : { text: unseal(row.sealed, boundTo(accountId)), version: row.version };
}

/** Puts a new sign-in's cache in the place of whatever was there: the newest sign-in shows the most. */
export async function replaceCache(tx: Tx, accountId: string, text: string): Promise<void> {
  const sealed = seal(text, boundTo(accountId));
  const create = { homeAccountId: accountId, sealed, updatedAt: now() };
  await tx.tokenCache.upsert({
    where: { homeAccountId: accountId },
    create,
    update: { sealed, updatedAt: now(), version: { increment: 1 } },
  });
}

/**
 * Saves a renewed cache over the version it was made from. When another process was faster, both are merged once under the row's lock.
 * A row that was deleted meanwhile stays deleted: the person signed out. Gives what is stored afterwards, or null.
 */
export async function saveCache(accountId: string, text: string, madeFrom: number): Promise<CachedAccount | null> {
  const version = madeFrom + 1;
  const data = { sealed: seal(text, boundTo(accountId)), version, updatedAt: now() };
  const saved = await db().tokenCache.updateMany({ where: { homeAccountId: accountId, version: madeFrom }, data });
  return saved.count === 1 ? { text, version } : mergeInto(accountId, text);
}

function mergeInto(accountId: string, text: string): Promise<CachedAccount | null> {
  return transaction(async (tx) => {
    const rows = await tx.$queryRaw<{ sealed: string; version: number }[]>`
      SELECT sealed, version FROM token_cache WHERE "homeAccountId" = ${accountId} FOR UPDATE`;
    const row = rows[0];
    if (row === undefined) return null;
    const merged = mergeCaches(unseal(row.sealed, boundTo(accountId)), text);
    const version = row.version + 1;
    await tx.tokenCache.update({
      where: { homeAccountId: accountId },
      data: { sealed: seal(merged, boundTo(accountId)), version, updatedAt: now() },
    });
    return { text: merged, version };
  });
}

/** MSAL's door to the cache of one account. Made anew for each use; reads the row once, since MSAL asks before every step. */
export function accountCache(accountId: string): ICachePlugin {
  let known: CachedAccount | null | undefined;
  return {
    async beforeCacheAccess(context: TokenCacheContext): Promise<void> {
      known ??= await loadCache(accountId);
      if (known !== null) context.tokenCache.deserialize(known.text);
    },
    async afterCacheAccess(context: TokenCacheContext): Promise<void> {
      if (!context.cacheHasChanged || known === null || known === undefined) return;
      known = await saveCache(accountId, context.tokenCache.serialize(), known.version);
    },
  };
}
