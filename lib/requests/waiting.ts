import type { Actor } from "@/lib/auth/actor";
import { holds } from "@/lib/auth/actor";
import type { Prisma } from "@/lib/db/generated/client";

/** Requests that wait for this person's decision: not their own, not yet decided by them, and of a portal role that they hold (or not planned yet). */
export function waitingFor(actor: Actor): Prisma.RequestWhereInput {
  const never: Prisma.RequestWhereInput = { id: { in: [] } };
  if (!holds(actor, "Approver")) return never;
  return {
    state: "waiting",
    requesterKey: { not: actor.personKey },
    AND: [
      { OR: [{ approverRole: { in: actor.portalRoles } }, { planVersion: 0 }] },
      { NOT: { plans: { some: { voidedAt: null, decisions: { some: { deciderKey: actor.personKey } } } } } },
    ],
  };
}
