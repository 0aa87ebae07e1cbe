import { matchesPattern } from "@/lib/kernel/pattern";
import type { Precondition } from "@/lib/plans/plan";
import { rolesThatHave } from "@/lib/roles/azure-roles";
import { deleteAction, writeAction } from "../steps-of-plan";
import { type Check, notVerified, ok, warn, whyUnread } from "./check";

const words = { key: "rights", label: "Your Azure rights", field: "clusterId" } as const;

/** A hint, not a gate: whether the person who plans could carry the change out. Whoever executes is asked by Azure itself. */
export const checkRights: Check = ({ intent, facts, verdict }) => {
  const { permissions } = facts;
  if (permissions.state !== "ok")
    return [
      notVerified(
        words,
        `Which Azure rights are held on the cluster cannot be read ${whyUnread(permissions)}.`,
        "Azure itself decides when the run starts.",
      ),
    ];
  const needed = intent.input.kind === "binding-revoke" ? [deleteAction] : intent.replaces ? [deleteAction, writeAction] : [writeAction];
  const missing = needed.filter((action) => !allowsAction(permissions.value, action));
  if (missing.length === 0) return [ok(words, "The Azure rights that this change needs are held.")];
  return [lacking(missing, verdict === null || (verdict.approvals > 0 && verdict.executor === "approver"))];
};

function lacking(missing: string[], byApprover: boolean): Precondition {
  const what = missing.join(" and ");
  if (byApprover)
    return ok(words, `Not held on the cluster, and not needed to ask: ${what}. The run acts as the approver who completes the approval.`);
  return warn(
    words,
    `Missing on the cluster: ${what}. The run acts as the requester, who needs it.`,
    `Activate a role that has it before the run starts: ${rolesThatHave(missing)}.`,
  );
}

/** True when some role assignment allows the action: its actions match and its notActions do not (Azure RBAC's own rule). */
export function allowsAction(permissions: { actions: string[]; notActions: string[] }[], action: string): boolean {
  return permissions.some(
    ({ actions, notActions }) =>
      actions.some((pattern) => matchesPattern(pattern, action)) && !notActions.some((pattern) => matchesPattern(pattern, action)),
  );
}
