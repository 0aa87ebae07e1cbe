import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { BinderyError } from "@/lib/kernel/errors";
import type { Plan } from "@/lib/plans/plan";
import type { RequestFacts } from "@/lib/requests/abilities";
import { visibleRuns } from "@/lib/requests/visible";

const parts = {
  request: {
    select: { id: true, number: true, kind: true, state: true, sentence: true, requesterKey: true, requesterOid: true, clusterId: true },
  },
  plan: { select: { version: true, digest: true, document: true, voidedAt: true } },
} satisfies Prisma.RunInclude;

export type VisibleRun = Prisma.RunGetPayload<{ include: typeof parts }>;

/** The run of that id, if this person may see it; otherwise `not_found`, exactly as for an absent one. */
export async function visibleRun(actor: Actor, id: string): Promise<VisibleRun> {
  const found = await db().run.findFirst({ where: { AND: [{ id }, await visibleRuns(actor)] }, include: parts });
  if (found === null) throw new BinderyError("not_found", "There is no such run, or you may not see it.");
  return found;
}

export const planOf = (run: VisibleRun): Plan => run.plan.document as unknown as Plan;

/** What the rules of `requests/abilities.ts` need to know. */
export function requestFactsOf(run: VisibleRun): RequestFacts {
  return {
    state: run.request.state,
    requesterKey: run.request.requesterKey,
    requesterOid: run.request.requesterOid,
    verdict: planOf(run).verdict,
    deciders: [],
    approvals: 0,
    runState: run.state,
  };
}
