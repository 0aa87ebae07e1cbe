import { SubscriptionClient } from "@azure/arm-resources-subscriptions";
import { callArm } from "./pipeline";
import type { AzureCaller, Subscription } from "./types";

/** A region of a subscription. `name`: `eastus2`; `paired`: names of its paired regions. */
export type Location = { name: string; displayName: string; paired: string[] };

/** The subscriptions that the person can see, by name. Ids in lower case. Throws like every gateway. */
export async function listSubscriptions(caller: AzureCaller): Promise<Subscription[]> {
  return callArm(caller, async (arm) => {
    const found: Subscription[] = [];
    for await (const item of new SubscriptionClient(arm.credential, arm.options).subscriptions.list()) {
      if (item.subscriptionId === undefined) continue;
      found.push({
        id: item.subscriptionId.toLowerCase(),
        name: item.displayName ?? item.subscriptionId,
        tenantId: (item.tenantId ?? "").toLowerCase(),
        state: item.state ?? "Unknown",
      });
    }
    return found.sort((a, b) => a.name.localeCompare(b.name));
  });
}

/** The physical regions of a subscription, by display name. Throws like every gateway. */
export async function listLocations(caller: AzureCaller, subscriptionId: string): Promise<Location[]> {
  return callArm(caller, async (arm) => {
    const found: Location[] = [];
    for await (const item of new SubscriptionClient(arm.credential, arm.options).subscriptions.listLocations(subscriptionId)) {
      if (item.name === undefined || item.metadata?.regionType === "Logical") continue;
      found.push({
        name: item.name,
        displayName: item.displayName ?? item.name,
        paired: (item.metadata?.pairedRegion ?? []).flatMap((pair) => pair.name ?? []),
      });
    }
    return found.sort((a, b) => a.displayName.localeCompare(b.displayName));
  });
}
