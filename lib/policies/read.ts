import type { Actor } from "@/lib/auth/actor";
import type { Answer } from "@/lib/http/contract";
import { settings } from "@/lib/kernel/settings";
import { describePolicy } from "./describe";
import { currentPolicy } from "./load";

/** The policy in force, in sentences and as its document. Everybody with a portal role may read it. */
export async function readPolicy(_actor: Actor): Promise<Answer<"GET /api/v1/policies">> {
  const policy = await currentPolicy();
  return {
    hash: policy.hash,
    source: policy.source,
    loadedAt: policy.loadedAt.toISOString(),
    document: policy.document,
    rules: describePolicy(policy.document),
    personClaim: settings().BINDERY_PERSON_CLAIM ?? null,
  };
}
