import type { Actor } from "@/lib/auth/actor";
import type { Answer } from "@/lib/http/contract";
import { inParallel } from "@/lib/kernel/parallel";
import { reviewOf } from "../read";
import { visibleBatch } from "../store";
import { atOnce } from "./limits";

/** The requests that were asked for together, as far as this person may see them; of the others, nothing. */
export async function readBatch(actor: Actor, { id }: { id: string }): Promise<Answer<"GET /api/v1/batches/{id}">> {
  const found = await visibleBatch(actor, id);
  const requests = await inParallel(atOnce, found, (request) => reviewOf(actor, request, `/requests/batch/${id}`));
  // All of them were asked with one form, and there is one at least.
  const [{ requesterName, mine, reason, ticket, createdAt }] = requests as [(typeof requests)[number]];
  return { id, requesterName, mine, reason, ticket, createdAt, requests };
}
