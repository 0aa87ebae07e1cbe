import type { Actor } from "@/lib/auth/actor";
import { holds } from "@/lib/auth/actor";
import type { Verdict } from "@/lib/policies/evaluate";

/** Whether a person may do something now, and if not, why not: a sentence for the disabled button and for the refusal. */
export type Ability = { allowed: boolean; why: string | null };

const yes: Ability = { allowed: true, why: null };
const no = (why: string): Ability => ({ allowed: false, why });

type Person = Pick<Actor, "oid" | "personKey" | "portalRoles">;

/** One's own request: asked by the same person, or by the same account even if the claim that joins accounts has changed since. */
export const isOwn = (person: Person, request: RequestFacts): boolean =>
  request.requesterKey === person.personKey || request.requesterOid === person.oid;

/** What the rules need to know of a request. */
export type RequestFacts = {
  state: string;
  requesterKey: string;
  requesterOid: string;
  /** Of the current plan; null: not planned yet. */
  verdict: Verdict | null;
  /** Person keys and account oids that have decided on the current plan. */
  deciders: string[];
  /** Approvals of the current plan. */
  approvals: number;
  /** State of the newest run of the current plan; null: none yet. */
  runState: string | null;
};

/** Scoped roles count only where the policy names them, and the plain one only where it names the plain one. */
export const holdsApproverRole = (person: Pick<Actor, "portalRoles">, role: string): boolean => person.portalRoles.includes(role);

/** May this person approve or reject the current plan? Never one's own; persons, not accounts. */
export function mayDecide(person: Person, request: RequestFacts): Ability {
  if (request.state !== "waiting") return no("Only a request that waits can be decided.");
  if (isOwn(person, request)) return no("This is your own request: somebody else has to decide.");
  if (request.verdict === null) return no("There is no plan yet: make one first, with your own rights on the cluster.");
  if (request.verdict.approvals === 0) return no("The policy asks for no approval: the requester can start it.");
  if (!holdsApproverRole(person, request.verdict.approverRole))
    return no(`The policy asks for the portal role ${request.verdict.approverRole}.`);
  return hasDecided(person, request) ? no(waitsForOthers(request)) : yes;
}

/** What a plan still needs once this person has approved it; a rejection would have closed the request. */
function waitsForOthers({ verdict, approvals }: RequestFacts): string {
  const left = Math.max(1, (verdict?.approvals ?? 0) - approvals);
  return `You approved; ${left === 1 ? "one more Approver has" : `${left} more Approvers have`} to.`;
}

/** Whether this person, or this account, decided on the current plan. */
export const hasDecided = (person: Person, request: RequestFacts): boolean =>
  request.deciders.includes(person.personKey) || request.deciders.includes(person.oid);

/** May this person withdraw the request? Only the requester, until its run has begun. */
export function mayWithdraw(person: Person, request: RequestFacts): Ability {
  if (!isOwn(person, request)) return no("Only the requester can withdraw.");
  if (request.state !== "waiting" && request.state !== "approved") return no("This request is closed.");
  if (request.runState !== null && request.runState !== "failed") return no("Its run has begun: cancel the run instead.");
  return yes;
}

export function mayComment(person: Pick<Actor, "portalRoles">): Ability {
  return person.portalRoles.some((role) => role === "Requester" || role === "Approver" || role.startsWith("Approver."))
    ? yes
    : no("Requesters and approvers can comment.");
}

/** May this person make the run of an approved request act as themself: start, retry, carry on? */
export function mayAct(person: Person, request: RequestFacts): Ability {
  const { verdict } = request;
  if (verdict === null) return no("There is no plan yet.");
  if (isOwn(person, request)) {
    const own = verdict.executor === "requester" || verdict.approvals === 0 || verdict.requesterMayCarryOn;
    return own ? yes : no("This is your own request: somebody who may approve it has to carry it out.");
  }
  if (verdict.executor === "requester" && request.runState === null) return no("The policy says that the requester carries this out.");
  return holdsApproverRole(person, verdict.approverRole) ? yes : no(`The policy asks for the portal role ${verdict.approverRole}.`);
}

/** Approved and not run yet. A plan that needs no approval waits when somebody else had to make it, or when it took the place of a void one. */
export function isReadyToStart({ state, verdict, runState }: RequestFacts): boolean {
  return runState === null && (state === "approved" || (state === "waiting" && verdict?.approvals === 0));
}

export function mayStart(person: Person, request: RequestFacts): Ability {
  if (!isReadyToStart(request))
    return no(
      request.runState === null
        ? "Only an approved request can be started."
        : "Its run exists already: carry it on or retry it on the run's page.",
    );
  return mayAct(person, request);
}

/** May this person plan (again) with their own token? Anyone who may ask or decide, and sees the request. */
export function mayPlan(person: Person, request: RequestFacts): Ability {
  if (request.state !== "waiting") return no("Only a request that waits can be planned again.");
  return holds(person, "Requester") || holds(person, "Approver") ? yes : no("Requesters and approvers can plan.");
}
