import { type Actor, holds } from "@/lib/auth/actor";
import { visibleScope } from "@/lib/auth/scope";
import { db } from "@/lib/db/client";
import type { Change } from "@/lib/db/notify";
import { visibleRequests, visibleRuns } from "./visible";

/** Whether a live event may be told to a person: the same rule as for the row itself. */
export async function mayHear(actor: Actor, change: Change): Promise<boolean> {
  if (change.tid !== actor.tid) return false;
  if (change.type === "setting" || holds(actor, "Auditor")) return true;
  const { resourceKeys, goneKeys } = await visibleScope(actor);
  if (change.clusterKey !== undefined && (resourceKeys.includes(change.clusterKey) || goneKeys.includes(change.clusterKey))) return true;
  const found =
    change.type === "request"
      ? await db().request.findFirst({ where: { id: change.id, ...(await visibleRequests(actor)) }, select: { id: true } })
      : await db().run.findFirst({ where: { id: change.id, ...(await visibleRuns(actor)) }, select: { id: true } });
  return found !== null;
}
