import { createHash } from "node:crypto";
import type { ArmResource } from "../state/shapes";
import type { ClusterSeed } from "./cluster-seeds";
import { clusterId, groupId, guidOf } from "./ids";

/** The group that AKS makes for a cluster's nodes. The local Azure lists it nowhere; what lies in it can be read by id. */
export function nodeGroupOf(seed: ClusterSeed): string {
  return `MC_${seed.group}_${seed.name}_${seed.location}`;
}

/** How a cluster's traffic leaves it, as its network profile says. Routes of one's own have no address that AKS knows. */
export function outboundProfile(seed: ClusterSeed): Record<string, unknown> {
  const outboundType = seed.outboundType ?? "loadBalancer";
  const effectiveOutboundIPs = outboundAddresses(seed).map(({ id }) => ({ id }));
  if (outboundType === "loadBalancer") {
    const loadBalancerProfile = { managedOutboundIPs: { count: 1 }, effectiveOutboundIPs, backendPoolType: "nodeIPConfiguration" };
    return { outboundType, loadBalancerSku: "standard", loadBalancerProfile };
  }
  if (outboundType === "managedNATGateway") {
    const natGatewayProfile = { managedOutboundIPProfile: { count: 1 }, effectiveOutboundIPs, idleTimeoutInMinutes: 4 };
    return { outboundType, loadBalancerSku: "standard", natGatewayProfile };
  }
  return { outboundType, loadBalancerSku: "standard" };
}

/** The public addresses of a cluster's load balancer or NAT gateway, as ARM answers them; made up in 52.224.0.0/16, which is Azure's. */
export function outboundAddresses(seed: ClusterSeed): ArmResource[] {
  if (seed.outboundType === "userDefinedRouting") return [];
  const owner = clusterId(seed.subscriptionId, seed.group, seed.name);
  const name = guidOf(`outbound:${owner}`);
  const [third = 0, fourth = 0] = createHash("sha256").update(`outbound:${owner}`).digest();
  return [
    {
      id: `${groupId(seed.subscriptionId, nodeGroupOf(seed))}/providers/Microsoft.Network/publicIPAddresses/${name}`,
      name,
      type: "Microsoft.Network/publicIPAddresses",
      location: seed.location,
      tags: {
        "aks-managed-cluster-name": seed.name,
        "aks-managed-cluster-rg": seed.group,
        "aks-managed-type": "aks-slb-managed-outbound-ip",
      },
      sku: { name: "Standard", tier: "Regional" },
      properties: {
        provisioningState: "Succeeded",
        ipAddress: `52.224.${third}.${fourth}`,
        publicIPAddressVersion: "IPv4",
        publicIPAllocationMethod: "Static",
        idleTimeoutInMinutes: 30,
        ipTags: [],
      },
    },
  ];
}
