import { z } from "zod";
import type { Json } from "@/lib/kernel/json";

const text = z.string().nullish();
const flag = z.boolean().nullish();
const Addresses = z.object({ effectiveOutboundIPs: z.array(z.object({ id: text })).nullish() }).nullish();

const ArmCluster = z.object({
  properties: z.object({
    provisioningState: text,
    powerState: z.object({ code: text }).nullish(),
    resourceUID: text,
    apiServerAccessProfile: z
      .looseObject({
        authorizedIPRanges: z.array(z.string()).nullish(),
        enablePrivateCluster: flag,
        enableVnetIntegration: flag,
      })
      .nullish(),
    networkProfile: z
      .object({ outboundType: text, loadBalancerSku: text, loadBalancerProfile: Addresses, natGatewayProfile: Addresses })
      .nullish(),
    agentPoolProfiles: z.array(z.object({ name: text, provisioningState: text })).nullish(),
  }),
});

/** What a cluster's JSON says of who may reach its API server, and of whether it can be changed now. */
export type LiveNetwork = {
  /** Entry by entry as ARM writes them; empty: every address is let in. */
  ranges: string[];
  /** The access profile but for the ranges. */
  access: Json;
  isPrivate: boolean;
  /** API Server VNet Integration. */
  vnetIntegration: boolean;
  /** Null: ARM does not say. */
  loadBalancerSku: string | null;
  outboundType: string | null;
  /** ARM ids of the public addresses by which the nodes go out, as far as AKS knows them. */
  outboundIds: string[];
  provisioningState: string;
  /** A node pool that Azure is at work on; null: none. */
  busyPool: string | null;
  powerState: string | null;
  resourceUid: string | null;
};

/** States in which nothing is under way; in any other one Azure works on it. */
const settled = ["succeeded", "failed", "canceled"];

/** Reads a cluster's JSON. Throws ZodError for JSON that is no managed cluster. */
export function liveNetworkOf(json: Json): LiveNetwork {
  const { properties: own } = ArmCluster.parse(json);
  const { authorizedIPRanges, ...access } = own.apiServerAccessProfile ?? {};
  const outbound = [own.networkProfile?.loadBalancerProfile, own.networkProfile?.natGatewayProfile];
  return {
    ranges: authorizedIPRanges ?? [],
    access: access as Json,
    isPrivate: access.enablePrivateCluster === true,
    vnetIntegration: access.enableVnetIntegration === true,
    loadBalancerSku: own.networkProfile?.loadBalancerSku ?? null,
    outboundType: own.networkProfile?.outboundType ?? null,
    outboundIds: outbound.flatMap((profile) => profile?.effectiveOutboundIPs ?? []).flatMap(({ id }) => id ?? []),
    provisioningState: own.provisioningState ?? "Unknown",
    busyPool: own.agentPoolProfiles?.find(({ provisioningState }) => isBusy(provisioningState ?? "Succeeded"))?.name ?? null,
    powerState: own.powerState?.code ?? null,
    resourceUid: own.resourceUID ?? null,
  };
}

/** Whether Azure is at work in this provisioning state. */
export const isBusy = (provisioningState: string): boolean => !settled.includes(provisioningState.toLowerCase());
