import { knownTagsOf } from "@/lib/network/authorize/tags-in-use";
import { fleetCoverageOf, type ListedCluster } from "@/lib/network/fleet-coverage";
import type { ServiceTag } from "@/lib/network/tags/snapshot";
import { type Times, timesOf } from "./times";

const entries = 200;
const clusters = 1000;

/** Coverage of one cluster with 200 entries against its region and pair, and of 1,000 of them, with what is read of the tags once for all. */
export async function coverageTimes(tags: readonly ServiceTag[]): Promise<{ one: Times; fleet: Times }> {
  const inUse = {
    snapshotId: "bench",
    since: "2025-10-28T00:00:00.000Z",
    tags,
    firstSeen: new Map(),
    warnings: [],
    withdrawn: new Set<string>(),
  };
  const readable = () => ({ state: "ok" as const, value: knownTagsOf(inUse), at: inUse.since });
  const known = readable();
  const locations = [...known.value.regional.keys()];
  const pairs = new Map(locations.map((location, at) => [location, locations[at ^ 1] ?? null]));
  const fleet = Array.from({ length: clusters }, (_, at) => clusterAt(at, locations, tags));
  const [first] = fleet;
  if (first === undefined) throw new Error("The bench made no clusters.");
  const one = await timesOf(() => fleetCoverageOf(first, [], pairs, known), { warmUp: 50, times: 101 });
  const ofFleet = await timesOf(() => {
    const once = readable();
    for (const cluster of fleet) fleetCoverageOf(cluster, [], pairs, once);
  });
  if (fleetCoverageOf(first, [], pairs, known).state !== "partly")
    throw new Error("The bench judged nothing: its first cluster should let in its own region and not the pair.");
  return { one, fleet: ofFleet };
}

/** A cluster whose list has what Azure ML needs in its own region, and for the rest other ranges that let in nothing of it. */
function clusterAt(at: number, locations: readonly string[], tags: readonly ServiceTag[]): ListedCluster {
  const location = locations[at % locations.length] ?? "";
  const own = tags.find(({ name, region }) => region === location && name.startsWith("AzureMachineLearning."))?.prefixes ?? [];
  const needed = own.filter((prefix) => !prefix.includes(":"));
  const others = Array.from({ length: entries }, (_, other) => `198.${51 + (at % 100)}.${other}.${(at * 16) % 256}/28`);
  return { location, authorizedIpRanges: [...needed, ...others].slice(0, entries), isPrivate: false, outboundType: "loadBalancer" };
}
