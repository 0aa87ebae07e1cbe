import { clusterOf } from "@/lib/azure/cluster-shape";
import { publicAddresses } from "@/lib/azure/public-ips";
import { getRawCluster } from "@/lib/azure/raw-cluster";
import { mapReadable, readable } from "@/lib/azure/readable";
import { listLocations } from "@/lib/azure/subscriptions";
import type { AzureCaller, Readable } from "@/lib/azure/types";
import { subscriptionOf } from "@/lib/kernel/resource-id";
import type { KnownEgress } from "../egress";
import type { ClusterList, ListFacts } from "./facts";
import { knownTags } from "./known-tags";
import { liveNetworkOf } from "./live";
import { reconcileLedger } from "./store";

/** What a list of authorized ranges rests on besides the workspaces. */
export type GatheredList = Omit<ListFacts, "workspaces" | "unreadWorkspaces">;

/** Reads it with one person's token and all at once. What that token cannot read is told as such; nothing is guessed. Writes nothing but that an
 * entry of Bindery's own was found removed. */
export async function gatherList(caller: AzureCaller, clusterId: string): Promise<GatheredList> {
  const subscription = subscriptionOf(clusterId);
  const listRead = readList(caller, clusterId);
  const [list, pairs, egress, tags, ledger] = await Promise.all([
    listRead,
    readPairs(caller, subscription),
    listRead.then((read) => readEgress(caller, read)),
    knownTags(),
    listRead.then((read) => (read.state === "ok" ? reconcileLedger(caller.tid, clusterId, read.value.live) : [])),
  ]);
  return { list, pairs, egress, tags, ledger };
}

/** The cluster and its list from one raw read. */
export async function readList(caller: AzureCaller, clusterId: string): Promise<Readable<ClusterList>> {
  return mapReadable(await getRawCluster(caller, clusterId), ({ json }) => ({ cluster: clusterOf(json), live: liveNetworkOf(json) }));
}

/** Paired region by ARM location, of one subscription. */
export async function readPairs(caller: AzureCaller, subscriptionId: string): Promise<ListFacts["pairs"]> {
  const read = await readable(() => listLocations(caller, subscriptionId));
  return mapReadable(
    read,
    (locations) => new Map(locations.map(({ name, paired }) => [name.toLowerCase(), paired[0]?.toLowerCase() ?? null])),
  );
}

/** The addresses by which the nodes go out, where AKS knows them. They lie in the group of the nodes, which fewer people may read. */
async function readEgress(caller: AzureCaller, list: Readable<ClusterList>): Promise<KnownEgress> {
  if (list.state !== "ok") return { notReadable: "the cluster cannot be read." };
  const { outboundIds, outboundType } = list.value.live;
  if (outboundIds.length === 0) return { notReadable: `AKS does not tell them for outbound type ${outboundType ?? "unknown"}.` };
  const read = await publicAddresses(caller, outboundIds);
  if (read.state === "ok") return { addresses: read.value };
  return { notReadable: read.state === "absent" ? "one of them is not there." : read.message };
}
