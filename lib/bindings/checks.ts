import type { Precondition } from "@/lib/plans/plan";
import { limitsBroken } from "@/lib/policies/limits";
import type { CheckInput } from "./checks/check";
import { checkCluster } from "./checks/cluster";
import { checkLocks } from "./checks/locks";
import { checkName } from "./checks/name";
import { checkRights } from "./checks/rights";
import { checkRoles } from "./checks/roles";
import { checkSource } from "./checks/source";

export { slotLimit } from "./checks/name";
export type { CheckInput } from "./checks/check";

const labels = { hours: "Duration", reason: "Reason", ticket: "Ticket" } as const;

/**
 * Every condition of a change of a role binding, each with the form field that it belongs to, in the order of the form: name, slots and
 * other bindings, source, roles, cluster, locks, policy, rights. What cannot be read is `not-verified`, never `ok`. Without a readable
 * cluster only that is said: nothing else about it is given away.
 */
export function checkBinding(input: CheckInput): Precondition[] {
  const cluster = checkCluster(input);
  if (input.facts.cluster.state !== "ok" && input.facts.baseline === undefined) return cluster;
  return [
    ...checkName(input),
    ...checkSource(input),
    ...checkRoles(input),
    ...cluster,
    ...checkLocks(input),
    ...checkPolicy(input),
    ...checkRights(input),
  ];
}

/** What the policy asks and the request does not give. */
function checkPolicy({ intent, verdict }: CheckInput): Precondition[] {
  if (verdict === null) return [];
  const facts = { hours: intent.hours, reason: intent.input.reason, ticket: intent.input.ticket ?? null };
  const broken = limitsBroken(verdict, facts).map(
    ({ field, message }): Precondition => ({
      key: `policy-${field}`,
      label: labels[field],
      field,
      status: "blocking",
      message,
    }),
  );
  const covered = new Set(broken.map((finding) => finding.message));
  const others = verdict.refusals
    .filter((text) => !covered.has(text))
    .map(
      (message, index): Precondition => ({
        key: `policy-${index + 1}`,
        label: "Policy",
        status: "blocking",
        message,
        remedy: "Ask an administrator to mend the policy.",
      }),
    );
  return [...broken, ...others, ...durationNote(intent.hours)];
}

function durationNote(hours: number | null | undefined): Precondition[] {
  if (typeof hours !== "number") return [];
  return [
    {
      key: "duration",
      label: "Duration",
      field: "hours",
      status: "ok",
      message: "Azure keeps no end for a binding. When the time is over, the bindings page marks it as overdue, and a person revokes.",
    },
  ];
}
