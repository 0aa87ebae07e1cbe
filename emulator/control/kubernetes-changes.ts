import { endObjects, objectsOf, putObject } from "../kubernetes/objects";
import type { KubeObject } from "../state/kubernetes-shapes";
import { keyOf } from "../tenant/ids";
import { setKnobs, type World } from "../world";
import { type Asked, type Control, ControlError, optionalText, text } from "./control";
import { settled } from "./time";

/** What a cluster's own API holds now: `cluster`, and where wanted `kind` and `namespace`. */
export const readObjects: Control = (world, asked) => {
  const kind = optionalText(asked, "kind");
  const namespace = optionalText(asked, "namespace");
  const items = objectsOf(settled(world), clusterOf(world, asked)).filter(
    (one) => (kind === null || one.kind === kind) && (namespace === null || one.metadata.namespace === namespace),
  );
  return { now: world.clock.iso(), items };
};

/** An object is there as if somebody had made it: `cluster` and `object` with apiVersion, kind and metadata.name. */
export const addObject: Control = (world, asked) => {
  const object = asked.object as KubeObject | undefined;
  if (typeof object?.apiVersion !== "string" || typeof object.kind !== "string" || typeof object.metadata?.name !== "string")
    throw new ControlError('"object" needs apiVersion, kind and metadata.name.');
  const cluster = clusterOf(settled(world), asked);
  take(world, cluster.id, object.kind, object.metadata.name, object.metadata.namespace ?? null);
  putObject(world.store, { clusterId: cluster.id, owner: null, from: world.clock.now(), until: null, object });
  return { kind: object.kind, name: object.metadata.name };
};

/** An object is gone as if somebody had deleted it: `cluster`, `kind`, `name` and, where it has one, `namespace`. */
export const removeObject: Control = (world, asked) => {
  const cluster = clusterOf(settled(world), asked);
  const found = take(world, cluster.id, text(asked, "kind"), text(asked, "name"), optionalText(asked, "namespace"));
  if (!found) throw new ControlError("There is no such object, or AKS brings it.");
  return {};
};

/** The address from which API servers see whoever calls them, against their authorized IP ranges. */
export const setEgress: Control = (world, asked) => {
  setKnobs(world, { egressAddress: text(asked, "address") });
  return { address: text(asked, "address") };
};

function take(world: World, clusterId: string, kind: string, name: string, namespace: string | null): boolean {
  let found = false;
  endObjects(world.store, clusterId, world.clock.now(), ({ object }) => {
    const fits = object.kind === kind && object.metadata.name === name && (object.metadata.namespace ?? null) === namespace;
    found ||= fits;
    return fits;
  });
  return found;
}

function clusterOf(world: World, asked: Asked) {
  const id = text(asked, "cluster");
  const cluster = world.store.table("resources").get(keyOf(id));
  if (cluster === undefined) throw new ControlError(`There is no cluster ${id}.`);
  return cluster;
}
