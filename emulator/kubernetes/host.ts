import { BlockList } from "node:net";
import type { ArmResource } from "../state/shapes";
import { knobsOf, type World } from "../world";

/** The name of a cluster's API server: its public one, or the private one where it has no other. */
export function apiServerHost(cluster: ArmResource): string {
  const { fqdn, privateFQDN } = cluster.properties as { fqdn?: string; privateFQDN?: string };
  return (fqdn ?? privateFQDN ?? "").toLowerCase();
}

/** The cluster whose API server has that name, or undefined. */
export function clusterOfHost(world: World, host: string): ArmResource | undefined {
  const wanted = host.toLowerCase();
  for (const one of world.store.table("resources").values()) {
    if (one.type.toLowerCase() !== "microsoft.containerservice/managedclusters") continue;
    if ([one.properties.fqdn, one.properties.privateFQDN].includes(wanted)) return one;
  }
  return undefined;
}

/** Why nobody outside reaches a cluster's API server, or null: it is stopped, private, or its authorized IP ranges do not hold the caller. */
export function unreachable(world: World, cluster: ArmResource): "stopped" | "private" | "ranges" | null {
  if ((cluster.properties.powerState as { code?: string } | undefined)?.code === "Stopped") return "stopped";
  const profile = (cluster.properties.apiServerAccessProfile ?? {}) as {
    enablePrivateCluster?: boolean;
    authorizedIPRanges?: string[] | null;
  };
  if (profile.enablePrivateCluster === true) return "private";
  const ranges = profile.authorizedIPRanges ?? [];
  return ranges.length === 0 || holds(ranges, knobsOf(world).egressAddress) ? null : "ranges";
}

function holds(ranges: string[], address: string): boolean {
  const list = new BlockList();
  for (const range of ranges) {
    const [, start = "", bits] = /^(\d+\.\d+\.\d+\.\d+)(?:\/(\d+))?$/.exec(range) ?? [];
    if (start !== "") list.addSubnet(start, bits === undefined ? 32 : Number(bits), "ipv4");
  }
  return list.check(address, "ipv4");
}
