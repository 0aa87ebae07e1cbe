import { matchesPattern } from "@/lib/kernel/pattern";
import type { Precondition } from "@/lib/plans/plan";
import { deleteAction, writeAction } from "../steps-of-plan";
import { type Check, notVerified, ok, warn, whyUnread } from "./check";

const words = { key: "rights", label: "Your Azure rights", field: "clusterId" } as const;

/** A hint, not a gate: whether the person who plans could carry the change out. Whoever executes is asked by Azure itself. */
export const checkRights: Check = ({ intent, facts }) => {
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
  return missing.length === 0 ? [ok(words, "The Azure rights that this change needs are held.")] : [lacking(missing)];
};

function lacking(missing: string[]): Precondition {
  return warn(
    words,
    `Missing on the cluster: ${missing.join(" and ")}. That is fine when somebody else executes: whoever does needs it.`,
    "Azure Kubernetes Service Contributor Role has it; to carry out a run oneself, activate it first.",
  );
}

/** True when some role assignment allows the action: its actions match and its notActions do not (Azure RBAC's own rule). */
export function allowsAction(permissions: { actions: string[]; notActions: string[] }[], action: string): boolean {
  return permissions.some(
    ({ actions, notActions }) =>
      actions.some((pattern) => matchesPattern(pattern, action)) && !notActions.some((pattern) => matchesPattern(pattern, action)),
  );
}
