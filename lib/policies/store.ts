import { lockHead } from "@/lib/audit/append";
import type { Tx } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import type { PolicyDocument } from "./schema";

/** A policy as its table keeps it; `loadedAt` is the first time that this document was loaded. */
export type KeptPolicy = { hash: string; document: PolicyDocument; source: string; loadedAt: Date };

/** Keeps a policy's document, once for each hash. */
export async function keepPolicy(tx: Tx, policy: KeptPolicy): Promise<void> {
  const document = policy.document as unknown as Prisma.InputJsonValue;
  await tx.policy.createMany({ data: [{ ...policy, document }], skipDuplicates: true });
}

/**
 * Which policy is in force by the record, and since when; null when none ever was. From here to the commit no other process can record
 * another one, so that each change is told of exactly once.
 */
export async function policyInForce(tx: Tx): Promise<{ hash: string; since: Date } | null> {
  await lockHead(tx);
  const last = await tx.auditEvent.findFirst({
    where: { action: "policy-loaded" },
    orderBy: { sequence: "desc" },
    select: { subjectId: true, at: true },
  });
  return last?.subjectId ? { hash: last.subjectId, since: last.at } : null;
}
