import type { RoleBinding } from "@/lib/azure/types";
import { sameId } from "@/lib/kernel/resource-id";

/** The bindings of a source that give a role, by its full name; of all its bindings when no role is named. */
export function bindingsOfSource(bindings: readonly RoleBinding[], sourceId: string, role?: string): RoleBinding[] {
  return bindings.filter(
    (binding) =>
      sameId(binding.sourceResourceId, sourceId) &&
      (role === undefined || binding.roles.some((name) => name.toLowerCase() === role.toLowerCase())),
  );
}
