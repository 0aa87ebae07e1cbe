import type { RoleBinding } from "@/lib/azure/types";
import { sameId } from "@/lib/kernel/resource-id";
import type { ApprovedBinding } from "./facts";

/** The bindings of a source that give a role, by its full name; of all its bindings when no role is named. */
export function bindingsOfSource(bindings: readonly RoleBinding[], sourceId: string, role?: string): RoleBinding[] {
  return bindings.filter(
    (binding) =>
      sameId(binding.sourceResourceId, sourceId) &&
      (role === undefined || binding.roles.some((name) => name.toLowerCase() === role.toLowerCase())),
  );
}

/** What was approved here of a live binding; undefined: nothing, it was made outside. One of that name for another source does not count. */
export function approvalOf(live: RoleBinding, approved: readonly ApprovedBinding[]): ApprovedBinding | undefined {
  return approved.find(
    ({ name, state, sourceResourceId }) =>
      state === "approved-present" && name.toLowerCase() === live.name.toLowerCase() && sameId(sourceResourceId, live.sourceResourceId),
  );
}
