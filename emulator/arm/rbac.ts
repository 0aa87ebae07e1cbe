import type { RoleDefinition } from "../state/shapes";
import { keyOf } from "../tenant/ids";
import type { World } from "../world";
import type { ArmCall, Caller } from "./context";
import { ArmError } from "./errors";

const patterns = new Map<string, RegExp>();

/** True when a role's actions cover the action; `*` stands for anything, case does not matter. */
function definitionAllows(role: RoleDefinition, action: string): boolean {
  return role.permissions.some(
    (part) => part.actions.some((one) => covers(one, action)) && !part.notActions.some((one) => covers(one, action)),
  );
}

/** Role definitions that the caller holds at a scope, inherited ones included. */
export function rolesAt(world: World, caller: Caller, scope: string): RoleDefinition[] {
  const definitions = world.store.table("roleDefinitions");
  const roles = assignmentsOf(world, caller)
    .filter((one) => within(scope, one.scope))
    .map((one) => definitions.get(one.roleGuid));
  return roles.filter((role): role is RoleDefinition => role !== undefined);
}

/** True when the caller may do the action at the scope. */
function allows(world: World, caller: Caller, action: string, scope: string): boolean {
  return rolesAt(world, caller, scope).some((role) => definitionAllows(role, action));
}

/** True when a principal of any kind, an identity of a resource for one, may do the action at the scope. */
export function principalAllows(world: World, principalId: string, action: string, scope: string): boolean {
  const definitions = world.store.table("roleDefinitions");
  return [...world.store.table("roleAssignments").values()].some((one) => {
    const role = definitions.get(one.roleGuid);
    return one.principalId === principalId && within(scope, one.scope) && role !== undefined && definitionAllows(role, action);
  });
}

/** True when one of the principals may do a data action at the scope: Azure RBAC for Kubernetes is made of these. */
export function dataActionAllowed(world: World, principals: Set<string>, action: string, scope: string): boolean {
  const definitions = world.store.table("roleDefinitions");
  return [...world.store.table("roleAssignments").values()].some((one) => {
    if (!principals.has(one.principalId) || !within(scope, one.scope)) return false;
    const parts = definitions.get(one.roleGuid)?.permissions ?? [];
    return parts.some(
      (part) => part.dataActions.some((data) => covers(data, action)) && !part.notDataActions.some((data) => covers(data, action)),
    );
  });
}

/** A test of ids for one action, for lists: the assignments are read once. */
export function readerOf(world: World, caller: Caller, action: string): (id: string) => boolean {
  const definitions = world.store.table("roleDefinitions");
  const scopes = assignmentsOf(world, caller).filter((one) => {
    const role = definitions.get(one.roleGuid);
    return role !== undefined && definitionAllows(role, action);
  });
  const keys = scopes.map((one) => keyOf(one.scope));
  return (id) => {
    const key = keyOf(id);
    return keys.some((scope) => key === scope || key.startsWith(`${scope}/`));
  };
}

/** True when the caller holds any role in the subscription: at it or below it. Such a subscription is listed. */
export function seesSubscription(world: World, caller: Caller, subscriptionId: string): boolean {
  const scope = `/subscriptions/${subscriptionId}`;
  return assignmentsOf(world, caller).some((one) => within(one.scope, scope) || within(scope, one.scope));
}

/** True when the caller may do the action at the scope. */
export function callerMay(call: ArmCall, action: string, scope: string): boolean {
  return allows(call.world, call.caller, action, scope);
}

/** Throws 403 AuthorizationFailed in Azure's words, whether or not the scope exists. */
export function need(call: ArmCall, action: string, scope: string): void {
  if (allows(call.world, call.caller, action, scope)) return;
  throw authorizationFailed(call.caller, action, scope);
}

/** The 403 of a missing Azure role. */
export function authorizationFailed(caller: Caller, action: string, scope: string): ArmError {
  return new ArmError(
    403,
    "AuthorizationFailed",
    `The client '${caller.upn}' with object id '${caller.oid}' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  );
}

/** True when `id` is the scope or lies under it. */
export function within(id: string, scope: string): boolean {
  const key = keyOf(id);
  const scopeKey = keyOf(scope);
  return key === scopeKey || key.startsWith(`${scopeKey}/`);
}

function assignmentsOf(world: World, caller: Caller) {
  return [...world.store.table("roleAssignments").values()].filter((one) => caller.principals.has(one.principalId));
}

function covers(pattern: string, action: string): boolean {
  let test = patterns.get(pattern);
  if (test === undefined) {
    test = new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`, "i");
    patterns.set(pattern, test);
  }
  return test.test(action);
}
