import { ManagementLockClient } from "@azure/arm-locks";
import { idKey, subscriptionOf } from "@/lib/kernel/resource-id";
import { callArm } from "./pipeline";
import { readable } from "./readable";
import type { AzureCaller, Lock, Readable } from "./types";

const lockSegment = "/providers/microsoft.authorization/locks/";

/** The locks that bear on a resource: its own and those inherited from its parents, resource group and subscription. */
export async function listLocks(caller: AzureCaller, resourceId: string): Promise<Readable<Lock[]>> {
  return readable(() =>
    callArm(caller, async (arm) => {
      const locks: Lock[] = [];
      const list = new ManagementLockClient(arm.credential, subscriptionOf(resourceId), arm.options).managementLocks.listByScope(
        resourceId.replace(/^\//, ""),
        { filter: "atScope()" },
      );
      for await (const item of list) {
        if (item.id === undefined || (item.level !== "CanNotDelete" && item.level !== "ReadOnly")) continue;
        const scope = item.id.slice(0, item.id.toLowerCase().lastIndexOf(lockSegment));
        // Without regard to what the filter lets through: a lock on a child does not bind the resource.
        if (holdsOn(scope, resourceId))
          locks.push({ id: item.id, name: item.name ?? "", level: item.level, scope, notes: item.notes ?? null });
      }
      return locks.sort((a, b) => (idKey(a.id) < idKey(b.id) ? -1 : 1));
    }),
  );
}

/** True when a scope is the resource itself or lies above it. */
export function holdsOn(scope: string, resourceId: string): boolean {
  const [above, below] = [idKey(scope), idKey(resourceId)];
  return below === above || below.startsWith(`${above}/`);
}
