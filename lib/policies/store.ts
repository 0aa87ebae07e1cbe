import type { Tx } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import type { PolicyDocument } from "./schema";

/** Keeps a policy version once. `isNew` is true for exactly one of several processes that load it at the same time. */
export async function savePolicy(
  tx: Tx,
  policy: { hash: string; document: PolicyDocument; source: string; loadedAt: Date },
): Promise<{ isNew: boolean; loadedAt: Date }> {
  const created = await tx.policy.createMany({
    data: [{ ...policy, document: policy.document as unknown as Prisma.InputJsonValue }],
    skipDuplicates: true,
  });
  const kept = await tx.policy.findUniqueOrThrow({ where: { hash: policy.hash } });
  return { isNew: created.count === 1, loadedAt: kept.loadedAt };
}
