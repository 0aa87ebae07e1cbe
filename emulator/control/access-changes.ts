import type { Lock, RoleAssignment, TrustedAccessRule } from "../state/shapes";
import { azureRoleIds } from "../tenant/azure-roles";
import { guidOf, keyOf } from "../tenant/ids";
import { lock } from "../tenant/story";
import type { World } from "../world";
import { type Asked, type Control, ControlError, optionalText, person, text } from "./control";

/** A trusted access role of a region gets other rules, or goes where `rules` is null. `role`: type/name. */
export const changeRole: Control = (world, asked) => {
  const location = text(asked, "location");
  const catalogue = world.store.table("catalogues").get(location);
  if (catalogue === undefined) throw new ControlError(`There is no region ${location}.`);
  const full = text(asked, "role");
  const at = full.lastIndexOf("/");
  const [sourceResourceType, name] = [full.slice(0, at), full.slice(at + 1)];
  const others = catalogue.roles.filter((one) => `${one.sourceResourceType}/${one.name}`.toLowerCase() !== full.toLowerCase());
  const roles = asked.rules === null ? others : [...others, { sourceResourceType, name, rules: rulesOf(asked) }];
  world.store.table("catalogues").set(location, { location, roles });
  return { location, roles: roles.length };
};

/** Grants an Azure role: `role` (name of the definition), `scope`, and `person` or `principalId`. */
export const grantRole: Control = (world, asked) => {
  const row = assignmentOf(world, asked);
  world.store.table("roleAssignments").set(row.guid, row);
  return row;
};

/** Takes an Azure role away. */
export const revokeRole: Control = (world, asked) => {
  const wanted = assignmentOf(world, asked);
  const table = world.store.table("roleAssignments");
  const same = [...table.values()].filter(
    (one) => one.roleGuid === wanted.roleGuid && one.principalId === wanted.principalId && keyOf(one.scope) === keyOf(wanted.scope),
  );
  for (const one of same) table.delete(one.guid);
  if (same.length === 0) throw new ControlError("There is no such role assignment.");
  return { removed: same.length };
};

/** Locks a scope: `level` CanNotDelete or ReadOnly. */
export const addLock: Control = (world, asked) => {
  const level = text(asked, "level");
  if (level !== "CanNotDelete" && level !== "ReadOnly") throw new ControlError('"level" is CanNotDelete or ReadOnly.');
  const made: Lock = lock(text(asked, "name"), text(asked, "scope"), level, optionalText(asked, "notes"));
  world.store.table("locks").set(keyOf(made.id), made);
  return { id: made.id };
};

/** Takes a lock away. */
export const removeLock: Control = (world, asked) => {
  const id = lock(text(asked, "name"), text(asked, "scope"), "ReadOnly", null).id;
  if (!world.store.table("locks").delete(keyOf(id))) throw new ControlError("There is no such lock.");
  return { id };
};

function rulesOf(asked: Asked): TrustedAccessRule[] {
  if (!Array.isArray(asked.rules)) throw new ControlError('"rules" is a list of rules, or null to take the role away.');
  return asked.rules as TrustedAccessRule[];
}

function assignmentOf(world: World, asked: Asked): RoleAssignment {
  const wanted = text(asked, "role").toLowerCase();
  const definition = [...world.store.table("roleDefinitions").values()].find((one) =>
    [one.roleName.toLowerCase(), one.guid].includes(wanted),
  );
  const roleGuid = definition?.guid ?? Object.entries(azureRoleIds).find(([name]) => name.toLowerCase() === wanted)?.[1];
  if (roleGuid === undefined) throw new ControlError(`There is no Azure role called ${wanted}.`);
  const principalId = asked.person === undefined ? text(asked, "principalId") : person(world, asked).oid;
  const scope = text(asked, "scope");
  const principalType = asked.person === undefined ? ("ServicePrincipal" as const) : ("User" as const);
  return { guid: guidOf(`assignment:${roleGuid}:${keyOf(scope)}:${principalId}`), scope, roleGuid, principalId, principalType };
}
