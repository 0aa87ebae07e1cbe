import { parseResourceId } from "@/lib/kernel/resource-id";
import { callArm, pagesOf } from "./pipeline";
import type { AzureCaller } from "./types";

const apiVersion = "2025-05-01";
/** The whole list is some 4 MB. */
const deadlineMs = 60_000;

/**
 * Service tags as ARM answers them to this person, as one document: pages joined. The location picks no tags, those of all regions come back
 * (azure-rest-api-specs, Microsoft.Network, serviceTags.json), and the list is called `values`. A raw GET, since the package for
 * Microsoft.Network has 73 MB for all that we do not call. Throws like every gateway; `invalid_input` for what is no subscription or location.
 */
export async function readServiceTagsOfArm(caller: AzureCaller, subscriptionId: string, location: string): Promise<string> {
  const { id } = parseResourceId(`/subscriptions/${subscriptionId}/providers/Microsoft.Network/locations/${location}`);
  return callArm(
    caller,
    async (arm) => {
      let head: Record<string, unknown> = {};
      const values: unknown[] = [];
      for await (const { values: part, nextLink: _, ...rest } of pagesOf(arm, `${id}/serviceTags?api-version=${apiVersion}`)) {
        head = { ...rest, ...head };
        if (Array.isArray(part)) values.push(...(part as unknown[]));
      }
      return JSON.stringify({ ...head, values });
    },
    deadlineMs,
  );
}
