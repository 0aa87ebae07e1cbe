import type { Actor } from "@/lib/auth/actor";
import { callerFor } from "@/lib/auth/caller";
import { readServiceTagsOfArm } from "@/lib/azure/service-tags";
import type { Answer, BodyOut } from "@/lib/http/contract";
import { requireAdministrator } from "./gate";
import { importTags, recordRefusal, whyNotTaken } from "./import-tags";
import type { Origin } from "./store";

/**
 * Imports what ARM answers this person for a subscription and location: tags of all regions, up to four weeks behind the weekly file. Each import
 * and refusal is on record. Throws like every gateway, and `invalid_input` with the faults of an answer that is not sound.
 */
export async function importFromAzure(
  actor: Actor,
  { subscription, location }: BodyOut<"POST /api/v1/network/snapshots/from-azure">,
  correlationId: string,
): Promise<Answer<"POST /api/v1/network/snapshots/from-azure">> {
  requireAdministrator(actor);
  const origin: Origin = { source: "arm", whereFrom: location, subscriptionId: subscription, publishedAt: null };
  try {
    const text = await readServiceTagsOfArm(callerFor(actor, correlationId), subscription, location);
    return await importTags(text, origin, actor);
  } catch (error) {
    await recordRefusal(whyNotTaken(error), origin, actor);
    throw error;
  }
}
