import { rowsOf } from "@/lib/db/client";
import type { Answer } from "@/lib/http/contract";
import { isBinderyError } from "@/lib/kernel/errors";
import { log } from "@/lib/kernel/log";
import { movingStates, waitingStates } from "@/lib/runs/state";
import { type Actor, holds } from "./actor";
import { visibleScope } from "./scope";

type Counts = Answer<"GET /api/v1/me">["counts"];
const none: NonNullable<Counts> = { waitingForMe: 0, runsNeedMe: 0, runsMoving: 0 };

/**
 * What waits for a person and what moves, of the rows that the person may see. Without a portal role there is none. While Azure cannot say
 * what that is, they are not known (null), which is no error: who one is must not hang on Azure, and each page says what failed.
 */
export async function countsFor(actor: Actor): Promise<Counts> {
  if (actor.portalRoles.length === 0) return none;
  try {
    const { tid, oid, personKey, portalRoles } = actor;
    const seesAll = holds(actor, "Auditor");
    const scope = seesAll ? null : await visibleScope(actor);
    const keys = scope === null ? [] : [...scope.resourceKeys, ...scope.goneKeys];
    const values = [tid, oid, personKey, portalRoles, holds(actor, "Approver"), seesAll, keys, waitingStates, movingStates];
    const [counts] = await rowsOf<NonNullable<Counts>>(countThem, values);
    return counts ?? none;
  } catch (error) {
    if (!isBinderyError(error)) throw error;
    log("info", "counts-unknown", { oid: actor.oid, code: error.code });
    return null;
  }
}

// The same rules as `visibleRequests`, `visibleRuns`, `waitingFor` and `needsMe`, in one statement, since every page shows these counts;
// counts.test.ts holds them to the lists.
const visible = `($6::boolean OR r."clusterKey" = ANY($7::text[]) OR r."requesterKey" = $3 OR ($2::text <> $3 AND r."requesterOid" = $2)
  OR EXISTS (SELECT 1 FROM "decision" d WHERE d."requestId" = r."id" AND (d."deciderKey" = $3 OR ($2 <> $3 AND d."deciderOid" = $2)))
  OR EXISTS (SELECT 1 FROM "run" u WHERE u."requestId" = r."id" AND (u."actingKey" = $3 OR ($2 <> $3 AND u."actingOid" = $2))))`;
const countThem = `SELECT
  (SELECT count(*)::int FROM "request" r
    WHERE $5::boolean AND r."tid" = $1 AND r."state" = 'waiting' AND r."requesterKey" <> $3
      AND (r."approverRole" = ANY($4::text[]) OR r."planVersion" = 0)
      AND NOT EXISTS (SELECT 1 FROM "plan" p JOIN "decision" d ON d."planId" = p."id"
        WHERE p."requestId" = r."id" AND p."voidedAt" IS NULL AND d."deciderKey" = $3)
      AND ${visible}) AS "waitingForMe",
  (SELECT count(*)::int FROM "run" n JOIN "request" r ON r."id" = n."requestId"
    WHERE n."tid" = $1 AND n."state" = ANY($8::text[])
      AND (n."actingKey" = $3 OR (r."requesterKey" <> $3 AND r."approverRole" = ANY($4)))
      AND ${visible}) AS "runsNeedMe",
  (SELECT count(*)::int FROM "run" n JOIN "request" r ON r."id" = n."requestId"
    WHERE n."tid" = $1 AND n."state" = ANY($9::text[]) AND ${visible}) AS "runsMoving"`;
