import type { Cluster, Readable } from "@/lib/azure/types";
import type { KnownTags } from "./authorize/facts";
import { coverageTags } from "./authorize/tags-in-use";
import { type Coverage, coverageOf, type CoverageWorkspace } from "./coverage";

/** What a list over all subscriptions tells of a cluster, as far as its coverage is concerned. */
export type ListedCluster = Pick<Cluster, "location" | "authorizedIpRanges" | "isPrivate" | "outboundType">;

/**
 * Coverage of one cluster among many. `pairs`: paired region by ARM location, undefined where regions could not be read. Where the nodes go out,
 * how long the list may be and what Bindery added to it are read for one cluster alone, and left out here.
 */
export function fleetCoverageOf(
  cluster: ListedCluster,
  workspaces: readonly CoverageWorkspace[],
  pairs: ReadonlyMap<string, string | null> | undefined,
  tags: Readable<KnownTags>,
): Coverage {
  return coverageOf({
    location: cluster.location,
    authorizedRanges: cluster.authorizedIpRanges,
    isPrivate: cluster.isPrivate,
    vnetIntegration: false,
    loadBalancerSku: null,
    outboundType: cluster.outboundType,
    egress: { notReadable: "they are read for one cluster alone." },
    workspaces,
    scope: "region-and-pair",
    ...coverageTags(tags, pairs),
    ledger: [],
  });
}
