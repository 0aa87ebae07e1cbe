import type { Lock } from "@/lib/azure/types";
import { lockRemedy } from "@/lib/bindings/lock-words";
import { lastName } from "@/lib/kernel/resource-id";
import { block, type Check, notVerified, ok, type PreflightCheck, warn, whyUnread } from "../check";

const about = { key: "locks", group: "locks", title: "Azure locks", field: "clusterId" } as const;

/** Locks on cluster and workspace: one against writing stops the deployment, one against deleting its teardown. */
export const checkLocks: Check = ({ facts: { locks } }) => {
  if (locks.state !== "ok") return [notVerified(about, `Whether a lock stands in the way cannot be read ${whyUnread(locks)}.`)];
  if (locks.value.length === 0) return [ok(about, "No lock stands in the way.")];
  const sorted = [...locks.value].sort((a, b) => Number(b.level === "ReadOnly") - Number(a.level === "ReadOnly"));
  return sorted.map((lock, index) => ({ ...ofLock(lock), key: index === 0 ? about.key : `${about.key}-${index + 1}` }));
};

function ofLock({ name, level, scope, notes }: Lock): PreflightCheck {
  const remedy = lockRemedy({ notes });
  if (level === "ReadOnly") return block(about, `The read-only lock ${name} on ${lastName(scope)} stops every step.`, remedy);
  return warn(
    about,
    `The delete lock ${name} on ${lastName(scope)} lets the deployment through and stops its teardown: extension, compute and binding cannot be removed under it.`,
    remedy,
  );
}
