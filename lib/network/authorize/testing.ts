import { cluster as aks, readable, refused, workspaceId } from "@/lib/bindings/testing";
import { clusterOf } from "@/lib/azure/cluster-shape";
import type { Json } from "@/lib/kernel/json";
import type { NetworkPlan } from "@/lib/plans/plan";
import { tagRanges } from "../required";
import { eastUs, eastUsIpv6, westUs, westUsIpv6 } from "../testing";
import type { KnownTags, NetworkFacts } from "./facts";
import { liveNetworkOf } from "./live";
import type { NetworkInput } from "./schema";

export { readable, refused, workspaceId };

/** Addresses for tests: an office, and the one by which the nodes go out. */
export const office = "203.0.113.0/28";
export const egress = "52.224.1.2";

type Properties = { [key: string]: Json };

/** A cluster's JSON as ARM writes it, with what nobody here knows at each level. */
export function clusterJson(ranges: string[] | null, changes: Properties = {}, top: Properties = {}): { [key: string]: Json } {
  return {
    id: aks.id,
    name: aks.name,
    type: "Microsoft.ContainerService/managedClusters",
    location: "eastus",
    eTag: "tag-1",
    tags: {},
    unknownOfCluster: { kept: true },
    ...top,
    properties: {
      provisioningState: "Succeeded",
      powerState: { code: "Running" },
      resourceUID: aks.resourceUid,
      kubernetesVersion: "1.33.2",
      apiServerAccessProfile: { ...(ranges === null ? {} : { authorizedIPRanges: ranges }), unknownOfProfile: 1 },
      networkProfile: { outboundType: "loadBalancer", loadBalancerSku: "standard" },
      agentPoolProfiles: [{ name: "p", count: 2, vmSize: "v", provisioningState: "Succeeded", unknownOfPool: "x" }],
      ...changes,
    },
  };
}

/** Tags of Azure ML in two paired regions. */
export const knownTags = (changes: Partial<KnownTags> = {}): KnownTags => ({
  snapshot: { snapshotId: "snapshot-1", since: "2026-11-20T00:00:00.000Z" },
  regional: new Map([
    ["eastus", tagRanges([...eastUs, eastUsIpv6])],
    ["westus", tagRanges([...westUs, westUsIpv6])],
  ]),
  global: tagRanges([...eastUs, ...westUs]),
  tagOf: () => undefined,
  isWithdrawn: () => false,
  warningsOf: () => [],
  removalsBlocked: () => null,
  ...changes,
});

/** Everything readable, for a cluster whose list holds the office and one range of East US. */
export function networkFacts(
  ranges: string[] | null = [office, eastUs[0] ?? ""],
  changes: Partial<NetworkFacts> = {},
  properties: Properties = {},
): NetworkFacts {
  const json = clusterJson(ranges, properties);
  return {
    list: readable({ cluster: clusterOf(json), live: liveNetworkOf(json) }),
    workspaces: [{ id: workspaceId, name: "ml-dev", region: "eastus", bindingInEffect: false }],
    unreadWorkspaces: [],
    pairs: readable(
      new Map([
        ["eastus", "westus"],
        ["westus", "eastus"],
      ]),
    ),
    egress: { addresses: [egress] },
    tags: readable(knownTags()),
    ledger: [],
    locks: readable([]),
    permissions: readable([{ actions: ["Microsoft.ContainerService/managedClusters/*"], notActions: [] }]),
    ...changes,
  };
}

/** For tests: open what Azure ML lacks. */
export const networkInput = (changes: Partial<NetworkInput> = {}): NetworkInput => ({
  kind: "network-authorize",
  clusterId: aks.id,
  scope: "region-and-pair",
  addMissing: true,
  extra: [],
  remove: [],
  mergeAdjacent: false,
  workspaces: [],
  reason: "Train the models",
  ...changes,
});

/** The plan, which a test knows to be there. */
export function planned(plan: NetworkPlan | null): NetworkPlan {
  if (plan === null) throw new Error("There is no plan.");
  return plan;
}
