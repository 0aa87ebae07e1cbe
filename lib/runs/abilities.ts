import { type Ability, mayAct, type RequestFacts } from "@/lib/requests/abilities";
import { isOpen } from "./state";

const no = (why: string): Ability => ({ allowed: false, why });

type Person = { oid: string; personKey: string; portalRoles: string[] };
/** What the rules need to know of a run. */
export type RunFacts = { state: string; errorCode: string | null; actingKey: string; planVoided: boolean };

/** May this person retry a failed run, acting as themself? */
export function mayRetry(person: Person, run: RunFacts, request: RequestFacts): Ability {
  if (run.state !== "failed") return no("Only a failed run can be retried.");
  if (run.planVoided) return no("Its plan is void: the request waits with a new one.");
  if (request.state !== "approved") return no(`Its request is ${request.state}.`);
  return mayAct(person, request);
}

/** May this person carry on a run that waits for a person? */
export function mayCarryOn(person: Person, run: RunFacts, request: RequestFacts): Ability {
  if (run.state !== "rights-needed" && run.state !== "sign-in-needed") return no("Only a run that waits for a person can be carried on.");
  if (run.planVoided || request.state !== "approved") return no(`Its request is ${request.state}.`);
  return mayAct(person, request);
}

/** May this person cancel the run? The one it acts as, the requester, and anyone who may approve. */
export function mayCancel(person: Person, run: RunFacts, request: RequestFacts): Ability {
  if (!isOpen(run.state) && run.state !== "failed") return no("This run has ended.");
  if (run.planVoided) return no("Its plan is void: there is nothing left to cancel.");
  if (run.actingKey === person.personKey || request.requesterKey === person.personKey) return { allowed: true, why: null };
  return mayAct(person, request);
}
