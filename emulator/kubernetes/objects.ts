import { randomUUID } from "node:crypto";
import type { ArmResource } from "../state/shapes";
import type { KubeObject, TimedObject } from "../state/kubernetes-shapes";
import type { Store } from "../state/store";
import { guidOf, keyOf } from "../tenant/ids";
import type { World } from "../world";
import { baseObjects } from "./base";
import { namespace } from "./namespaces";
import { nodesOf } from "./nodes";
import { trustedAccessObjects } from "./trusted-access";

/** The namespace of the Azure ML extension; it cannot be another. */
export const azuremlNamespace = "azureml";

/** Everything that a cluster's own API holds now: what AKS brings, what trusted access brings, and what was put there. */
export function objectsOf(world: World, cluster: ArmResource): KubeObject[] {
  return [
    ...baseObjects(cluster),
    ...nodesOf(cluster),
    ...trustedAccessObjects(world, cluster),
    ...storedObjects(world, cluster.id).map((row) => row.object),
  ];
}

/** The timed objects of a cluster that are there now. */
export function storedObjects(world: World, clusterId: string): TimedObject[] {
  const now = world.clock.now();
  return rowsOf(world.store, clusterId)
    .map(([, row]) => row)
    .filter((row) => row.from <= now && (row.until === null || row.until > now));
}

/** Puts an object into a cluster from a moment on (ms), until another or for good. */
export function putObject(store: Store, row: TimedObject): void {
  const { metadata } = row.object;
  const object: KubeObject = {
    ...row.object,
    metadata: {
      ...metadata,
      uid: metadata.uid ?? guidOf(`uid:${row.clusterId}:${row.object.kind}:${metadata.namespace ?? ""}/${metadata.name}`),
      creationTimestamp: metadata.creationTimestamp ?? stamp(row.from),
    },
  };
  store.table("kubernetesObjects").set(randomUUID(), { ...row, clusterId: keyOf(row.clusterId), object });
}

/** Ends every object of a cluster that fits at a moment (ms); what would begin later never comes. */
export function endObjects(store: Store, clusterId: string, at: number, fits: (row: TimedObject) => boolean): void {
  const table = store.table("kubernetesObjects");
  for (const [key, row] of rowsOf(store, clusterId)) {
    if (!fits(row) || (row.until !== null && row.until <= at)) continue;
    if (row.from >= at) table.delete(key);
    else table.set(key, { ...row, until: at });
  }
}

/** Forgets what a cluster held, as when it is made anew. */
export function forgetObjects(store: Store, clusterId: string): void {
  for (const [key] of rowsOf(store, clusterId)) store.table("kubernetesObjects").delete(key);
}

/** Makes a namespace from a moment on, unless it is there. */
export function putNamespace(world: World, clusterId: string, name: string, from: number, owner: string | null = null): void {
  if (namespaceOf(world, clusterId, name) !== null) return;
  putObject(world.store, { clusterId, owner, from, until: null, object: namespace(name) });
  putObject(world.store, { clusterId, owner, from, until: null, object: defaultAccount(name) });
}

/** A namespace and all in it are being deleted: Terminating from `at` until `gone` (ms). */
export function terminateNamespace(world: World, clusterId: string, name: string, at: number, gone: number): void {
  const kept = namespaceOf(world, clusterId, name);
  if (kept === null) return;
  endObjects(world.store, clusterId, at, (row) => row.object.kind === "Namespace" && row.object.metadata.name === name);
  const metadata = { ...kept.metadata, deletionTimestamp: stamp(at) };
  putObject(world.store, { clusterId, owner: null, from: at, until: gone, object: { ...namespace(name, "Terminating"), metadata } });
  endObjects(world.store, clusterId, gone, (row) => row.object.metadata.namespace === name);
}

/** A namespace as it is now, or null. */
export function namespaceOf(world: World, clusterId: string, name: string): KubeObject | null {
  const found = storedObjects(world, clusterId).find((row) => row.object.kind === "Namespace" && row.object.metadata.name === name);
  return found?.object ?? null;
}

/** True while a namespace is being deleted. */
export function isTerminating(world: World, clusterId: string, name: string): boolean {
  return (namespaceOf(world, clusterId, name)?.status as { phase?: string } | undefined)?.phase === "Terminating";
}

/** A moment (ms) as Kubernetes writes it: whole seconds. */
export function stamp(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

function defaultAccount(name: string): KubeObject {
  return { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "default", namespace: name } };
}

function rowsOf(store: Store, clusterId: string): [string, TimedObject][] {
  const key = keyOf(clusterId);
  return [...store.table("kubernetesObjects").entries()].filter(([, row]) => row.clusterId === key);
}
