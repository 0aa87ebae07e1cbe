import type { ClusterAuthority } from "../state/kubernetes-shapes";
import { keyOf } from "../tenant/ids";
import type { World } from "../world";
import { isStillGood, newAuthority, newServerCertificate } from "./issue";

const making = new WeakMap<World, Map<string, Promise<ClusterAuthority>>>();

/**
 * The authority of a cluster's API server and the certificate that it gave for the server's name. Every cluster has its own, made when it is first
 * asked for and kept: a client that trusts one cluster, or ARM, does not trust another cluster.
 */
export function clusterAuthority(world: World, clusterId: string, host: string): Promise<ClusterAuthority> {
  const key = keyOf(clusterId);
  const kept = world.store.table("clusterAuthorities").get(key);
  if (kept !== undefined && kept.host === host && isStillGood(kept.certPem, kept.caPem)) return Promise.resolve(kept);
  const pending = making.get(world) ?? new Map<string, Promise<ClusterAuthority>>();
  making.set(world, pending);
  const begun = pending.get(key);
  if (begun !== undefined) return begun;
  const made = make(world, key, host).finally(() => pending.delete(key));
  pending.set(key, made);
  return made;
}

async function make(world: World, key: string, host: string): Promise<ClusterAuthority> {
  const authority = await newAuthority(`CN=ca, O=${key.split("/").at(-1) ?? ""}`);
  const leaf = await newServerCertificate(authority, [{ type: "dns", value: host }]);
  const row = { caPem: authority.certPem, certPem: leaf.certPem, keyPem: leaf.keyPem, host };
  world.store.table("clusterAuthorities").set(key, row);
  world.store.flush();
  return row;
}
