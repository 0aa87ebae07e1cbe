import type { Reply } from "../server/exchange";
import type { Lock, RoleAssignment, RoleDefinition } from "../state/shapes";
import { knobsOf } from "../world";
import type { ArmCall } from "./context";
import { ArmError } from "./errors";
import { page } from "./paging";
import { authorizationFailed, need, rolesAt, within } from "./rbac";

/** GET {scope}/providers/Microsoft.Authorization/permissions: the caller's own, of every role held at the scope. */
export function listPermissions(call: ArmCall): Reply {
  const [scope = ""] = call.params;
  // Whether Azure asks for `Microsoft.Authorization/permissions/read` here is not documented; any role at the scope will do.
  const roles = rolesAt(call.world, call.caller, scope);
  if (roles.length === 0) throw authorizationFailed(call.caller, "Microsoft.Authorization/permissions/read", scope);
  return {
    status: 200,
    body: page(
      call,
      roles.flatMap((role) => role.permissions),
      knobsOf(call.world).listPageSize,
    ),
  };
}

/** GET {scope}/providers/Microsoft.Authorization/roleAssignments, with the filters `atScope()`, `principalId eq '…'` and `assignedTo('…')`. */
export function listRoleAssignments(call: ArmCall): Reply {
  const [scope = ""] = call.params;
  need(call, "Microsoft.Authorization/roleAssignments/read", scope);
  const keep = assignmentFilter(call, scope);
  const rows = [...call.world.store.table("roleAssignments").values()].filter(keep).map(shownAssignment);
  return { status: 200, body: page(call, rows, knobsOf(call.world).listPageSize) };
}

/** GET {scope}/providers/Microsoft.Authorization/roleDefinitions and …/{guid} */
export function readRoleDefinitions(call: ArmCall): Reply {
  const [scope = "", guid] = call.params;
  need(call, "Microsoft.Authorization/roleDefinitions/read", scope);
  const table = call.world.store.table("roleDefinitions");
  if (guid !== undefined) {
    const role = table.get(guid.toLowerCase());
    if (role === undefined)
      throw new ArmError(
        404,
        "RoleDefinitionDoesNotExist",
        `The specified role definition with ID '${guid.replaceAll("-", "")}' does not exist.`,
      );
    return { status: 200, body: shownDefinition(scope, role) };
  }
  const wanted = /^(roleName|type) eq '([^']*)'$/i.exec(call.incoming.query.get("$filter") ?? "");
  const roles = [...table.values()].filter(
    (role) => wanted === null || (wanted[1]?.toLowerCase() === "rolename" ? role.roleName : role.type) === wanted[2],
  );
  return {
    status: 200,
    body: page(
      call,
      roles.map((role) => shownDefinition(scope, role)),
      knobsOf(call.world).listPageSize,
    ),
  };
}

/** GET {scope}/providers/Microsoft.Authorization/locks: at and above the scope; below it too unless `$filter=atScope()`. */
export function listLocks(call: ArmCall): Reply {
  const [scope = ""] = call.params;
  need(call, "Microsoft.Authorization/locks/read", scope);
  const filter = call.incoming.query.get("$filter");
  if (filter !== null && !isAtScope(filter)) throw badFilter(filter);
  const rows = [...call.world.store.table("locks").values()].filter(
    (one) => within(scope, one.scope) || (filter === null && within(one.scope, scope)),
  );
  return { status: 200, body: page(call, rows.map(shownLock), knobsOf(call.world).listPageSize) };
}

/** The locks that bind a scope: its own and those above it, that a delete (or any write) runs into. */
function locksOn(call: ArmCall, scope: string, change: "write" | "delete"): Lock[] {
  const locks = [...call.world.store.table("locks").values()].filter((one) => within(scope, one.scope));
  return change === "delete" ? locks : locks.filter((one) => one.level === "ReadOnly");
}

/** Throws 409 ScopeLocked where a lock forbids the change. A lock on a parent holds for its children. */
export function refuseLocked(call: ArmCall, scope: string, change: "write" | "delete"): void {
  const locks = locksOn(call, scope, change);
  if (locks.length === 0) return;
  const scopes = [...new Set(locks.map((one) => one.scope))].join(",");
  throw new ArmError(
    409,
    "ScopeLocked",
    `The scope '${scope}' cannot perform ${change} operation because following scope(s) are locked: '${scopes}'. Please remove the lock and try again.`,
  );
}

function assignmentFilter(call: ArmCall, scope: string): (one: RoleAssignment) => boolean {
  const filter = call.incoming.query.get("$filter");
  const above = (one: RoleAssignment) => within(scope, one.scope);
  const related = (one: RoleAssignment) => above(one) || within(one.scope, scope);
  if (filter === null) return related;
  if (isAtScope(filter)) return above;
  const principal = /^principalId eq '?([0-9a-f-]+)'?$/i.exec(filter)?.[1];
  if (principal !== undefined) return (one) => related(one) && one.principalId === principal.toLowerCase();
  const assigned = /^(?:atScope\(\) and )?assignedTo\('([0-9a-f-]+)'\)$/i.exec(filter)?.[1];
  if (assigned === undefined) throw badFilter(filter);
  const groups = call.world.store.table("people").get(assigned.toLowerCase())?.groups ?? [];
  const principals = new Set([assigned.toLowerCase(), ...groups]);
  return (one) => related(one) && principals.has(one.principalId);
}

function isAtScope(filter: string): boolean {
  return filter.replace(/\s/g, "").toLowerCase() === "atscope()";
}

function badFilter(filter: string): ArmError {
  return new ArmError(
    400,
    "UnsupportedQuery",
    `The filter '${filter}' is not supported. Supported filters are 'atScope()', 'principalId eq '{value}'' and 'assignedTo('{value}')'.`,
  );
}

function shownAssignment(one: RoleAssignment): object {
  const subscription = /^\/subscriptions\/[^/]+/i.exec(one.scope)?.[0] ?? "";
  return {
    id: `${one.scope}/providers/Microsoft.Authorization/roleAssignments/${one.guid}`,
    type: "Microsoft.Authorization/roleAssignments",
    name: one.guid,
    properties: {
      roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${one.roleGuid}`,
      principalId: one.principalId,
      principalType: one.principalType,
      scope: one.scope,
      condition: null,
      conditionVersion: null,
      createdOn: "2025-09-01T08:00:00.0000000Z",
      updatedOn: "2025-09-01T08:00:00.0000000Z",
      createdBy: "",
      updatedBy: "",
      delegatedManagedIdentityResourceId: null,
      description: null,
    },
  };
}

function shownDefinition(scope: string, role: RoleDefinition): object {
  const subscription = /^\/subscriptions\/[^/]+/i.exec(scope)?.[0] ?? "";
  return {
    id: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${role.guid}`,
    type: "Microsoft.Authorization/roleDefinitions",
    name: role.guid,
    properties: {
      roleName: role.roleName,
      type: role.type,
      description: role.description,
      assignableScopes: ["/"],
      permissions: role.permissions,
    },
  };
}

function shownLock(one: Lock): object {
  return {
    id: one.id,
    type: "Microsoft.Authorization/locks",
    name: one.name,
    properties: { level: one.level, ...(one.notes === null ? {} : { notes: one.notes }) },
  };
}
