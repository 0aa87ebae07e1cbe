import { listComputes } from "@/lib/azure/computes";
import { listWorkspaces } from "@/lib/azure/sources";
import type { AzureCaller, Readable } from "@/lib/azure/types";
import { now } from "@/lib/kernel/clock";
import { inParallel } from "@/lib/kernel/parallel";
import { sameId, subscriptionOf } from "@/lib/kernel/resource-id";

/** So many workspaces are asked at once, and in all: with more of them nothing is said. */
const atOnce = 6;
const askedAtMost = 40;

/**
 * Computes on a cluster that belong to other workspaces (null: to any), as far as this person's token sees workspaces: only those of the cluster's own
 * subscription can be attached. `unavailable` when one of them cannot be read: what is not known is never taken for none.
 */
export async function computesElsewhere(
  caller: AzureCaller,
  clusterId: string,
  exceptWorkspaceId: string | null,
): Promise<Readable<{ workspaceId: string; name: string }[]>> {
  const all = await listWorkspaces(caller);
  const subscription = subscriptionOf(clusterId).toLowerCase();
  if (all.failures.some(({ scope }) => scope.toLowerCase().includes(subscription) || scope === "/"))
    return { state: "unavailable", message: "Not all workspaces of the subscription could be read." };
  const others = all.items.filter(
    ({ id }) => subscriptionOf(id).toLowerCase() === subscription && (exceptWorkspaceId === null || !sameId(id, exceptWorkspaceId)),
  );
  if (others.length > askedAtMost)
    return { state: "unavailable", message: `The subscription has ${others.length} other workspaces, too many to ask each.` };
  const found = await inParallel(atOnce, others, async ({ id }) => ({ id, read: await listComputes(caller, id) }));
  const failed = found.find(({ read }) => read.state !== "ok" && read.state !== "absent");
  if (failed !== undefined) return { state: "unavailable", message: `The computes of ${failed.id} could not be read.` };
  const value = found.flatMap(({ id, read }) =>
    read.state !== "ok"
      ? []
      : read.value
          .filter(({ resourceId }) => resourceId !== null && sameId(resourceId, clusterId))
          .map(({ name }) => ({ workspaceId: id, name })),
  );
  return { state: "ok", value, at: now().toISOString() };
}
