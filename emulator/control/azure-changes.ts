import { randomUUID } from "node:crypto";
import { rangesOf } from "../arm/cluster-reach";
import { noteEffect } from "../arm/operations";
import { forgetObjects } from "../kubernetes/objects";
import type { ArmIdentity, ArmResource, Binding } from "../state/shapes";
import { guidOf, keyOf, tenantId, uidOf } from "../tenant/ids";
import type { World } from "../world";
import { type Control, ControlError, optionalText, text, texts } from "./control";
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

/** Stops or starts a cluster: `power` Stopped or Running; `provisioningState` and `authorizedIpRanges`, in effect at once, set those too. */
export const changeCluster: Control = (world, asked) => {
  const kept = resource(world, text(asked, "id"));
  const power = optionalText(asked, "power");
  const state = optionalText(asked, "provisioningState");
  const properties = {
    ...kept.properties,
    ...(power === null ? {} : { powerState: { code: power } }),
    ...(state === null ? {} : { provisioningState: state }),
    ...(asked.authorizedIpRanges === undefined
      ? {}
      : {
          apiServerAccessProfile: {
            ...(kept.properties.apiServerAccessProfile as object | undefined),
            authorizedIPRanges: texts(asked, "authorizedIpRanges"),
          },
        }),
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
  const below = `${keyOf(kept.id)}/`;
  for (const table of [world.store.table("effects"), world.store.table("extensions"), world.store.table("computes")])
    for (const key of table.keys()) if (key.startsWith(below)) table.delete(key);
  forgetObjects(world.store, kept.id);
  world.store.table("clusterAuthorities").delete(keyOf(kept.id));
}

function save(world: World, changed: ArmResource): void {
  const key = keyOf(changed.id);
  const resources = world.store.table("resources");
  const before = resources.get(key);
  const isCluster = keyOf(changed.type) === "microsoft.containerservice/managedclusters";
  resources.set(key, isCluster ? { ...changed, eTag: randomUUID() } : changed);
  // Ranges that somebody else set some time ago have reached the API server.
  if (before === undefined || rangesOf(before).join() !== rangesOf(changed).join()) world.store.table("reaches").delete(key);
}
