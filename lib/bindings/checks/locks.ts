import type { Lock } from "@/lib/azure/types";
import type { Precondition } from "@/lib/plans/plan";
import { parseResourceId } from "@/lib/kernel/resource-id";
import { lockRemedy } from "../lock-words";
import { block, type Check, type CheckInput, notVerified, ok, warn, whyUnread } from "./check";

const words = { key: "locks", label: "Azure locks", field: "clusterId" } as const;

/**
 * Locks on the cluster or above it. A read-only lock stops every write, a delete lock stops removal: of a binding that is to be revoked
 * or replaced now, and of one whose time ends later.
 */
export const checkLocks: Check = ({ intent, facts, verdict }) => {
  const { locks } = facts;
  if (locks.state === "absent") return [];
  if (locks.state !== "ok")
    return [notVerified(words, `Whether a lock stands in the way: the cluster's locks cannot be read ${whyUnread(locks)}.`)];
  const found = locks.value.flatMap((lock) => lockFinding(lock, intent, verdict));
  return found.length > 0 ? worstFirst(found) : [ok(words, "No lock stands in the way.")];
};

function lockFinding(lock: Lock, intent: CheckInput["intent"], verdict: CheckInput["verdict"]): Precondition[] {
  const named = `The ${lock.level === "ReadOnly" ? "read-only" : "delete"} lock ${lock.name} on ${scopeWords(lock.scope)}`;
  const remedy = lockRemedy(lock);
  if (lock.level === "ReadOnly") return [block(words, `${named} stops every change of the cluster's bindings.`, remedy)];
  if (intent.input.kind === "binding-revoke") return [block(words, `${named} stops the removal of the binding.`, remedy)];
  if (intent.replaces) return [block(words, `${named} stops the binding from being deleted and made again.`, remedy)];
  if (typeof intent.hours === "number") {
    if (verdict?.acceptDeleteLock === true)
      return [
        warn(words, `${named} will stop the revocation when the time is over. The policy accepts that.`, "Plan who lifts the lock then."),
      ];
    return [
      block(
        words,
        `${named} would stop the revocation when the time is over.`,
        `${remedy} Or ask for access without an end, or have the policy accept delete locks.`,
      ),
    ];
  }
  return [warn(words, `${named} would stop a later revocation. Azure's own services also fail to make bindings under it.`, remedy)];
}

function scopeWords(scope: string): string {
  const { type, name } = parseResourceId(scope);
  if (type.endsWith("/resourceGroups")) return `the resource group ${name}`;
  if (type === "Microsoft.Resources/subscriptions") return "the subscription";
  return `the ${type.split("/").at(-1)} ${name}`;
}

/** One finding for each status is enough to read: the first blocking one stands for its key, the others follow with a number. */
function worstFirst(found: Precondition[]): Precondition[] {
  const sorted = [...found].sort((a, b) => Number(b.status === "blocking") - Number(a.status === "blocking"));
  return sorted.map((finding, index) => (index === 0 ? finding : { ...finding, key: `${finding.key}-${index + 1}` }));
}
