import { noteEffect } from "../arm/operations";
import type { ArmIdentity, ArmResource, Binding, Lock, TrustedAccessRule } from "../state/shapes";
import { azureRoleIds } from "../tenant/azure-roles";
import { guidOf, keyOf, tenantId, uidOf } from "../tenant/ids";
import { lock } from "../tenant/story";
import type { World } from "../world";
import { type Asked, type Control, ControlError, optionalText, person, text, texts } from "./control";
import { settled } from "./time";

/** A binding is there as if someone else had made or changed it, at once and Succeeded. Rules of AKS are not asked. */
export const putBinding: Control = (world, asked) => {
  const cluster = resource(settled(world), text(asked, "clusterId"));
  const name = text(asked, "name");
  const id = `${cluster.id}/trustedAccessRoleBindings/${name}`;
  const binding: Binding = {
    id,
    name,
    clusterId: cluster.id,
    sourceResourceId: text(asked, "sourceResourceId"),
    roles: texts(asked, "roles"),
    provisioningState: "Succeeded",
    operationId: null,
  };
  world.store.table("bindings").set(keyOf(id), binding);
  noteEffect(world, binding, true, world.clock.now());
  return { id };
};

/** A binding is gone as if someone else had deleted it. */
export const deleteBinding: Control = (world, asked) => {
  const key = keyOf(text(asked, "id"));
  const binding = settled(world).store.table("bindings").get(key);
  if (binding === undefined) throw new ControlError("There is no such binding.");
  world.store.table("bindings").delete(key);
  noteEffect(world, binding, false, world.clock.now());
  return { id: binding.id };
};

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

/** A resource gets another identity: `type` None, SystemAssigned or UserAssigned; `principalId` is made new where left out. */
export const changeIdentity: Control = (world, asked) => {
  const kept = resource(world, text(asked, "id"));
  const type = text(asked, "type");
  const principalId = optionalText(asked, "principalId") ?? guidOf(`principal:${kept.id}:${world.clock.now()}`);
  const identity: ArmIdentity =
    type === "SystemAssigned"
      ? { type, principalId, tenantId }
      : type === "UserAssigned"
        ? {
            type,
            userAssignedIdentities: {
              [`${kept.id.split("/providers/")[0]}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-${kept.name}`]: {
                principalId,
                clientId: guidOf(`client:${principalId}`),
              },
            },
          }
        : { type: "None" };
  save(world, { ...kept, identity });
  return identity;
};

/** A resource is gone, with what lies below it. Bindings that name it as their source stay. */
export const deleteResource: Control = (world, asked) => {
  const kept = resource(world, text(asked, "id"));
  remove(world, kept);
  return { id: kept.id };
};

/** Any resource is put as it is given: `id`, `name`, `type`, `properties` and what else ARM shows. */
export const putResource: Control = (world, asked) => {
  const given = asked.resource as ArmResource | undefined;
  if (
    typeof given?.id !== "string" ||
    typeof given.name !== "string" ||
    typeof given.type !== "string" ||
    typeof given.properties !== "object"
  ) {
    throw new ControlError('"resource" needs id, name, type and properties.');
  }
  save(world, given);
  return { id: given.id };
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

/** Stops or starts a cluster: `power` Stopped or Running; `provisioningState` sets that too. */
export const changeCluster: Control = (world, asked) => {
  const kept = resource(world, text(asked, "id"));
  const power = optionalText(asked, "power");
  const state = optionalText(asked, "provisioningState");
  const properties = {
    ...kept.properties,
    ...(power === null ? {} : { powerState: { code: power } }),
    ...(state === null ? {} : { provisioningState: state }),
  };
  save(world, { ...kept, properties });
  return { id: kept.id, powerState: properties.powerState, provisioningState: properties.provisioningState };
};

/** The cluster is deleted and made again under its name: another `resourceUID`, no bindings. */
export const recreateCluster: Control = (world, asked) => {
  const kept = resource(settled(world), text(asked, "id"));
  remove(world, kept);
  const resourceUID = uidOf(`${kept.id}#${String(kept.properties.resourceUID)}`);
  save(world, { ...kept, properties: { ...kept.properties, resourceUID, provisioningState: "Succeeded" } });
  return { id: kept.id, resourceUID };
};

/** What a cluster's own Kubernetes holds now because of bindings: it follows ARM late. */
export const readEffects: Control = (world, asked) => {
  const cluster = keyOf(text(asked, "cluster"));
  const now = settled(world).clock.now();
  const rows = [...world.store.table("effects").values()].filter((one) => keyOf(one.clusterId) === cluster);
  const items = rows.map(({ name, changes }) => ({
    name,
    ...(changes.filter((one) => one.at <= now).at(-1) ?? { present: false }),
    next: changes.find((one) => one.at > now) ?? null,
  }));
  return { now: world.clock.iso(), items };
};

function resource(world: World, id: string): ArmResource {
  const found = world.store.table("resources").get(keyOf(id));
  if (found === undefined) throw new ControlError(`There is no resource ${id}.`);
  return found;
}

function remove(world: World, kept: ArmResource): void {
  world.store.table("resources").delete(keyOf(kept.id));
  const bindings = world.store.table("bindings");
  for (const key of bindings.below(keyOf(kept.id))) bindings.delete(key);
}

function save(world: World, changed: ArmResource): void {
  world.store.table("resources").set(keyOf(changed.id), changed);
}

function rulesOf(asked: Asked): TrustedAccessRule[] {
  if (!Array.isArray(asked.rules)) throw new ControlError('"rules" is a list of rules, or null to take the role away.');
  return asked.rules as TrustedAccessRule[];
}

function assignmentOf(world: World, asked: Asked) {
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
