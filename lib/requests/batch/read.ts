import type { Actor } from "@/lib/auth/actor";
import type { Answer } from "@/lib/http/contract";
import { inParallel } from "@/lib/kernel/parallel";
import { detailOf } from "../read";
import { visibleBatch } from "../store";
import { atOnce, BatchRequest } from "./schema";

/**
 * The requests that were asked for together, as far as this person may see them; of the others, nothing. What only a request's own page is for
 * (comments, history, exports) is left out.
 */
export async function readBatch(actor: Actor, { id }: { id: string }): Promise<Answer<"GET /api/v1/batches/{id}">> {
  const [first, ...more] = await inParallel(atOnce, await visibleBatch(actor, id), (request) => detailOf(actor, request));
  if (first === undefined) throw new Error("A visible batch has a request.");
  const { requesterName, mine, reason, ticket, createdAt } = first;
  return { id, requesterName, mine, reason, ticket, createdAt, requests: [first, ...more].map((detail) => BatchRequest.parse(detail)) };
}
