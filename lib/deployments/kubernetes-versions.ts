import { listKubernetesVersions } from "@/lib/azure/clusters";
import type { AzureCaller, KubernetesVersion, Readable } from "@/lib/azure/types";
import { personKeyOf } from "@/lib/clusters/fleet";
import { shortCache } from "@/lib/kernel/short-cache";

const hourMs = 3_600_000;
const kept = shortCache<Readable<KubernetesVersion[]>>({ freshMs: hourMs, staleMs: 6 * hourMs, poor: ({ state }) => state !== "ok" });

/** The versions that AKS offers in a region, as this caller may read them. They change every few months; what was read is at most six hours old. */
export async function kubernetesVersionsFor(
  caller: AzureCaller,
  subscriptionId: string,
  location: string,
): Promise<Readable<KubernetesVersion[]>> {
  const key = `${personKeyOf(caller)}|${subscriptionId}|${location}`.toLowerCase();
  return kept.get(key, () => listKubernetesVersions(caller, subscriptionId, location));
}
