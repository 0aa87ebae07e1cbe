import type { Actor } from "@/lib/auth/actor";
import { inParallel } from "@/lib/kernel/parallel";
import type { Answer, BodyOut } from "@/lib/http/contract";
import { checkRequest } from "../check";
import { atOnce } from "./limits";
import { inputsOf } from "./schema";

/** Checks the same change for each cluster as it is typed, with the asker's own rights. Stores nothing. */
export async function checkBatch(actor: Actor, body: BodyOut<"POST /api/v1/batches/check">): Promise<Answer<"POST /api/v1/batches/check">> {
  const items = await inParallel(atOnce, inputsOf(body), async (input) => ({
    clusterId: input.clusterId,
    answer: await checkRequest(actor, input),
  }));
  return { items };
}
