import { type Actor, holds } from "@/lib/auth/actor";
import { type Scope, visibleScope } from "@/lib/auth/scope";
import { db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";

/**
 * Which requests a person may see: those about clusters that Azure returned to that person's own token (of a deleted one: its resource group
 * or subscription), those to which the person is a party (asked, decided, ran), and for an Auditor the whole tenant. The filter comes
 * before paging, counts and search.
 */
export async function visibleRequests(actor: Actor): Promise<Prisma.RequestWhereInput> {
  if (holds(actor, "Auditor")) return { tid: actor.tid };
  return { tid: actor.tid, OR: requestParts(actor, await visibleScope(actor)) };
}

/** The same for runs: a run is as visible as its request. */
export async function visibleRuns(actor: Actor): Promise<Prisma.RunWhereInput> {
  if (holds(actor, "Auditor")) return { tid: actor.tid };
  return { tid: actor.tid, request: { OR: requestParts(actor, await visibleScope(actor)) } };
}

function requestParts(actor: Actor, scope: Scope): Prisma.RequestWhereInput[] {
  return [{ clusterKey: { in: [...scope.resourceKeys, ...scope.goneKeys] } }, ...partyTo(actor)];
}

/** Whether this person is a party to a request: asked, decided or ran it. */
export async function isPartyTo(actor: Actor, requestId: string): Promise<boolean> {
  return (await db().request.count({ where: { id: requestId, OR: partyTo(actor) } })) > 0;
}

/** What the person asked, decided or ran; where a claim joins accounts, also what this account did before its claim was what it is now. */
function partyTo({ personKey, oid }: Actor): Prisma.RequestWhereInput[] {
  const byPerson: Prisma.RequestWhereInput[] = [
    { requesterKey: personKey },
    { decisions: { some: { deciderKey: personKey } } },
    { runs: { some: { actingKey: personKey } } },
  ];
  if (personKey === oid) return byPerson;
  return [...byPerson, { requesterOid: oid }, { decisions: { some: { deciderOid: oid } } }, { runs: { some: { actingOid: oid } } }];
}
