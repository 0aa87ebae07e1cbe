import { idKey, sameId } from "@/lib/kernel/resource-id";

/** Roles as a set, for comparing: lower case, each once, sorted. Azure does not mind order, repetition or case. */
export function roleKeys(roles: string[]): string[] {
  return [...new Set(roles.map((role) => role.toLowerCase()))].sort();
}

/** True when both lists name the same roles. */
export function sameRoles(a: string[], b: string[]): boolean {
  return roleKeys(a).join() === roleKeys(b).join();
}

/** Roles of `a` that `b` lacks, as `a` writes them. */
export function rolesOnlyIn(a: string[], b: string[]): string[] {
  const known = new Set(roleKeys(b));
  return a.filter((role) => !known.has(role.toLowerCase()));
}

type Grant = { sourceResourceId: string; roles: string[] };

/** True when two bindings give the same roles to the same source. */
export function sameGrant(a: Grant, b: Grant): boolean {
  return sameId(a.sourceResourceId, b.sourceResourceId) && sameRoles(a.roles, b.roles);
}

/** A grant in the form that guarded facts keep. */
export function grantKey(grant: Grant): { sourceResourceId: string; roles: string[] } {
  return { sourceResourceId: idKey(grant.sourceResourceId), roles: roleKeys(grant.roles) };
}
