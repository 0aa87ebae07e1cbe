import type { PolicyFacts } from "./match";
import { hoursText } from "./words";

/** A demand of the policy that the request does not meet, with what to do. `field` is the form field that would meet it. */
export type BrokenLimit = { field: "hours" | "reason" | "ticket"; message: string };

type Limits = { maxHours: number | null; standingAllowed: boolean; reasonRequired: boolean; ticketRequired: boolean };

/** Every limit of a verdict that the request breaks, in words. A revoke has no duration and breaks none for it. */
export function limitsBroken(limits: Limits, facts: Pick<PolicyFacts, "hours" | "reason" | "ticket">): BrokenLimit[] {
  const broken: BrokenLimit[] = [];
  const { hours } = facts;
  if (hours === null && !limits.standingAllowed) {
    const atMost = limits.maxHours === null ? "" : ` of at most ${hoursText(limits.maxHours)}`;
    broken.push({ field: "hours", message: `The policy does not allow access without an end: give a duration${atMost}.` });
  }
  if (typeof hours === "number" && limits.maxHours !== null && hours > limits.maxHours) {
    broken.push({
      field: "hours",
      message: `The policy allows at most ${hoursText(limits.maxHours)}; this asks for ${hoursText(hours)}: ask for less.`,
    });
  }
  if (limits.reasonRequired && facts.reason.trim() === "")
    broken.push({ field: "reason", message: "The policy asks for a reason: say why this is needed." });
  if (limits.ticketRequired && (facts.ticket ?? "").trim() === "")
    broken.push({ field: "ticket", message: "The policy asks for a ticket: name it." });
  return broken;
}
