import { db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { fromNow, now } from "@/lib/kernel/clock";
import { settings } from "@/lib/kernel/settings";
import { openStates } from "@/lib/runs/state";

/**
 * Deletes the tokens of an account that nobody needs any more: no living session of it, and no open run that may still act as it. Without an
 * account, of every such account. Gives how many were deleted.
 */
export async function dropUnusedTokens(homeAccountId?: string): Promise<number> {
  const idle = fromNow(-settings().BINDERY_SESSION_IDLE_MINUTES * 60_000);
  const born = fromNow(-settings().BINDERY_SESSION_MAX_MINUTES * 60_000);
  const one = homeAccountId === undefined ? Prisma.empty : Prisma.sql`AND t."homeAccountId" = ${homeAccountId}`;
  return db().$executeRaw`
    DELETE FROM token_cache t WHERE NOT EXISTS (
      SELECT FROM session s WHERE s."homeAccountId" = t."homeAccountId" AND s."endedAt" IS NULL AND s."seenAt" > ${idle} AND s."createdAt" > ${born}
    ) AND NOT EXISTS (
      SELECT FROM run r WHERE r."actingAccountId" = t."homeAccountId" AND r.state IN (${Prisma.join([...openStates])}) AND r."actUntil" > ${now()}
    ) ${one}`;
}
