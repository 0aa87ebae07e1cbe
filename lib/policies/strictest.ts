import type { RuleSettings } from "./schema";
import { approvalText, hoursText, minutesText } from "./words";

/** Every field of a verdict that rules can decide. */
export type DecidedValues = {
  approvals: number;
  approverRole: string;
  maxHours: number | null;
  standingAllowed: boolean;
  reasonRequired: boolean;
  ticketRequired: boolean;
  stepUp: { authenticationContext: string | null; maxSignInAgeMinutes: number | null };
  executor: "approver" | "requester";
  requesterMayCarryOn: boolean;
  acceptDeleteLock: boolean;
};

/** What some rules come to: the values, which rule decided which of them (with words), and demands that cannot both be met. */
export type Decision = { values: DecidedValues; decidedBy: Map<string, { field: string; text: string }[]>; conflicts: string[] };

type Value = string | number | boolean;
type Field = {
  name: string;
  of: (set: RuleSettings) => Value | undefined;
  /** The stricter of two different values; null when neither includes the other. */
  stricter: (a: Value, b: Value) => Value | null;
  text: (value: Value) => string;
};

const more = (a: Value, b: Value): Value => (a > b ? a : b);
const less = (a: Value, b: Value): Value => (a < b ? a : b);
const prefer = (wanted: Value) => (): Value => wanted;

/** The fields in the order in which a verdict is read, each with its idea of stricter. */
export const fields: readonly Field[] = [
  { name: "approvals", of: (set) => set.approvals, stricter: more, text: (value) => approvalText(Number(value)) },
  // A scoped role is stricter than the plain one; of two scoped roles neither is.
  {
    name: "approverRole",
    of: (set) => set.approverRole,
    stricter: (a, b) => (a === "Approver" ? b : b === "Approver" ? a : null),
    text: (value) => `approvers hold the portal role ${value}`,
  },
  { name: "maxHours", of: (set) => set.maxHours, stricter: less, text: (value) => `access lasts at most ${hoursText(Number(value))}` },
  {
    name: "standing",
    of: (set) => set.standing,
    stricter: prefer(false),
    text: (value) => `access without an end is ${value ? "" : "not "}allowed`,
  },
  {
    name: "reasonRequired",
    of: (set) => set.reasonRequired,
    stricter: prefer(true),
    text: (value) => `a reason is ${value ? "required" : "optional"}`,
  },
  {
    name: "ticketRequired",
    of: (set) => set.ticketRequired,
    stricter: prefer(true),
    text: (value) => `a ticket is ${value ? "required" : "optional"}`,
  },
  {
    name: "authenticationContext",
    of: (set) => set.stepUp?.authenticationContext,
    stricter: () => null,
    text: (value) => `approvers meet the authentication context ${value}`,
  },
  {
    name: "maxSignInAgeMinutes",
    of: (set) => set.stepUp?.maxSignInAgeMinutes,
    stricter: less,
    text: (value) => `an approver's sign-in is at most ${minutesText(Number(value))} old`,
  },
  {
    name: "executor",
    of: (set) => set.executor,
    stricter: prefer("approver"),
    text: (value) => `the run acts as the ${value === "approver" ? "approver who completes the approval" : "requester"}`,
  },
  {
    name: "requesterMayCarryOn",
    of: (set) => set.requesterMayCarryOn,
    stricter: prefer(false),
    text: (value) => `the requester may ${value ? "" : "not "}carry on the run`,
  },
  {
    name: "acceptDeleteLock",
    of: (set) => set.acceptDeleteLock,
    stricter: prefer(false),
    text: (value) => (value ? "a delete lock is accepted for timed access" : "a delete lock stops timed access"),
  },
];

/** The strictest value of each field over the rules; `defaults`, then the strict built-in value, where no rule decides. */
export function strictest(rules: { id: string; set: RuleSettings }[], defaults: RuleSettings): Decision {
  const won = new Map<string, Value>();
  const decidedBy: Decision["decidedBy"] = new Map();
  const conflicts: string[] = [];
  for (const field of fields) {
    const asked = rules.flatMap(({ id, set }) => {
      const value = field.of(set);
      return value === undefined ? [] : [{ id, value }];
    });
    let best = asked[0]?.value ?? field.of(defaults);
    for (const { value } of asked) {
      if (best === undefined || value === best) continue;
      const stricter = field.stricter(best, value);
      if (stricter === null)
        conflicts.push(`The policy contradicts itself: ${field.text(best)}, and ${field.text(value)}. An administrator has to mend it.`);
      else best = stricter;
    }
    if (best === undefined) continue;
    won.set(field.name, best);
    for (const { id, value } of asked)
      if (value === best) decidedBy.set(id, [...(decidedBy.get(id) ?? []), { field: field.name, text: field.text(best) }]);
  }
  return { values: valuesOf(won), decidedBy, conflicts };
}

function valuesOf(won: Map<string, Value>): DecidedValues {
  const pick = <T extends Value | null>(name: string, otherwise: T): T => (won.get(name) as T | undefined) ?? otherwise;
  return {
    approvals: pick("approvals", 1),
    approverRole: pick("approverRole", "Approver"),
    maxHours: pick<number | null>("maxHours", null),
    // No end is longer than any limit.
    standingAllowed: pick("standing", true) && !won.has("maxHours"),
    reasonRequired: pick("reasonRequired", true),
    ticketRequired: pick("ticketRequired", false),
    stepUp: {
      authenticationContext: pick<string | null>("authenticationContext", null),
      maxSignInAgeMinutes: pick<number | null>("maxSignInAgeMinutes", null),
    },
    executor: pick<"approver" | "requester">("executor", "approver"),
    requesterMayCarryOn: pick("requesterMayCarryOn", false),
    acceptDeleteLock: pick("acceptDeleteLock", false),
  };
}
