import type { Verdict } from "@/lib/policies/evaluate";
import { approvalText, hoursText, minutesText } from "@/lib/policies/words";

type Part = { of: (verdict: Verdict) => string; text: (verdict: Verdict) => string };

const ruleIds = (verdict: Verdict): string =>
  verdict.rules
    .map((rule) => rule.id)
    .sort()
    .join(", ");

const parts: Part[] = [
  { of: (verdict) => String(verdict.approvals), text: (verdict) => approvalText(verdict.approvals) },
  { of: (verdict) => verdict.approverRole, text: (verdict) => `approvers hold ${verdict.approverRole}` },
  {
    of: (verdict) => String(verdict.maxHours),
    text: (verdict) => (verdict.maxHours === null ? "no longest duration is set" : `access lasts at most ${hoursText(verdict.maxHours)}`),
  },
  {
    of: (verdict) => String(verdict.standingAllowed),
    text: (verdict) => `access without an end is ${verdict.standingAllowed ? "" : "not "}allowed`,
  },
  { of: (verdict) => String(verdict.reasonRequired), text: (verdict) => `a reason is ${verdict.reasonRequired ? "required" : "optional"}` },
  { of: (verdict) => String(verdict.ticketRequired), text: (verdict) => `a ticket is ${verdict.ticketRequired ? "required" : "optional"}` },
  {
    of: (verdict) => String(verdict.stepUp.authenticationContext),
    text: (verdict) =>
      verdict.stepUp.authenticationContext === null
        ? "no authentication context is asked for"
        : `approvers meet the authentication context ${verdict.stepUp.authenticationContext}`,
  },
  {
    of: (verdict) => String(verdict.stepUp.maxSignInAgeMinutes),
    text: (verdict) =>
      verdict.stepUp.maxSignInAgeMinutes === null
        ? "an approver's sign-in may have any age"
        : `an approver's sign-in is at most ${minutesText(verdict.stepUp.maxSignInAgeMinutes)} old`,
  },
  { of: (verdict) => verdict.executor, text: (verdict) => `the run acts as the ${verdict.executor}` },
  {
    of: (verdict) => String(verdict.requesterMayCarryOn),
    text: (verdict) => `the requester may ${verdict.requesterMayCarryOn ? "" : "not "}carry on the run`,
  },
  {
    of: (verdict) => String(verdict.acceptDeleteLock),
    text: (verdict) => (verdict.acceptDeleteLock ? "a delete lock is accepted" : "a delete lock stops timed access"),
  },
  {
    of: ruleIds,
    text: (verdict) => `the deciding rules are ${ruleIds(verdict) || "the defaults alone"}`,
  },
  {
    of: (verdict) => verdict.refusals.join(" "),
    text: (verdict) =>
      verdict.refusals.length === 0 ? "the policy allows the request" : `the policy refuses the request: ${verdict.refusals.join(" ")}`,
  },
];

/** What another verdict says differently, a sentence for each field. */
export function verdictChanges(before: Verdict, after: Verdict): string[] {
  return parts
    .filter((part) => part.of(before) !== part.of(after))
    .map((part) => `By policy ${sentence(part.text(after))} Before, ${sentence(part.text(before))}`);
}

const sentence = (text: string): string => (text.endsWith(".") ? text : `${text}.`);
