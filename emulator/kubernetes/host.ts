import { BlockList } from "node:net";
import { isServiceTag } from "../arm/authorized-ranges";
import { rangesInEffect } from "../arm/cluster-reach";
import { readIpv4 } from "../arm/ipv4";
import type { ArmResource } from "../state/shapes";
import { armEdition } from "../tenant/service-tag-editions";
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

/** Why nobody outside reaches a cluster's API server, or null: it is stopped, private, or the authorized IP ranges that it goes by do not hold the caller. */
export function unreachable(world: World, cluster: ArmResource): "stopped" | "private" | "ranges" | null {
  if ((cluster.properties.powerState as { code?: string } | undefined)?.code === "Stopped") return "stopped";
  const profile = (cluster.properties.apiServerAccessProfile ?? {}) as { enablePrivateCluster?: boolean };
  if (profile.enablePrivateCluster === true) return "private";
  const ranges = rangesInEffect(world, cluster);
  return ranges.length === 0 || holds(world, ranges, knobsOf(world).egressAddress) ? null : "ranges";
}

function holds(world: World, ranges: string[], address: string): boolean {
  const list = new BlockList();
  for (const entry of ranges.flatMap((one) => (isServiceTag(one) ? prefixesOf(world, one) : [one]))) {
    const range = readIpv4(entry);
    if (range !== null) list.addSubnet(range.text, range.bits, "ipv4");
  }
  return list.check(address, "ipv4");
}

/** The prefixes of a service tag as ARM has it; none of a tag that there is not. */
function prefixesOf(world: World, name: string): string[] {
  const { tags } = armEdition(knobsOf(world).serviceTags);
  return tags.find((one) => one.name.toLowerCase() === name.toLowerCase())?.addressPrefixes ?? [];
}
