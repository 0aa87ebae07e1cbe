import type { Actor } from "@/lib/auth/actor";
import { callerFor } from "@/lib/auth/caller";
import { mapReadable, shown } from "@/lib/azure/readable";
import type { AzureCaller, Cluster, Readable, Workspace } from "@/lib/azure/types";
import { fleetPage } from "@/lib/clusters/fleet-page";
import { fleetOf, personKeyOf, subscriptionsFor, workspacesOf } from "@/lib/clusters/fleet";
import { isProduction } from "@/lib/clusters/production";
import { db } from "@/lib/db/client";
import type { Answer, QueryOut } from "@/lib/http/contract";
import { armLocation } from "@/lib/kernel/arm-location";
import { idPage } from "@/lib/kernel/id-page";
import { inParallel } from "@/lib/kernel/parallel";
import { idKey } from "@/lib/kernel/resource-id";
import { shortCache } from "@/lib/kernel/short-cache";
import { readPairs } from "./authorize/gather";
import { knownTags } from "./authorize/known-tags";
import { tagNames } from "./authorize/tags-in-use";
import { hasWorkload } from "./authorize/workspaces";
import type { Coverage, CoverageWorkspace } from "./coverage";
import { isLacking } from "./coverage-state";
import { fleetCoverageOf } from "./fleet-coverage";

type Shape = Answer<"GET /api/v1/network/clusters">;
type Pairs = ReadonlyMap<string, string | null>;

const hour = 3_600_000;
const pairsOf = shortCache<Readable<Pairs>>({ freshMs: hour, staleMs: 24 * hour, poor: ({ state }) => state !== "ok" });

/**
 * Coverage of every cluster that Azure shows to this person, by id: one list over all subscriptions, and of workspaces those whose role bindings were
 * last seen. What only a look at one cluster tells (computes without a binding, where the nodes go out, how long the list may be) is on its own page.
 */
export async function readFleetCoverage(actor: Actor, query: QueryOut<"GET /api/v1/network/clusters">): Promise<Shape> {
  const caller = callerFor(actor);
  const [fleet, known, workspaces, tags] = await Promise.all([fleetOf(actor), subscriptionsFor(caller), workspacesOf(actor), knownTags()]);
  const [bound, pairs] = await Promise.all([boundTo(fleet.items, workspaces.items), pairsIn(caller, fleet.items)]);
  const words = ({ name, resourceGroup, location }: Cluster) => [name, resourceGroup, location];
  const all = fleetPage(fleet, known, { ...query, cursor: undefined, limit: Number.MAX_SAFE_INTEGER }, words);
  const judged = all.items.map((cluster) => ({
    cluster,
    coverage: fleetCoverageOf(cluster, bound.get(idKey(cluster.id)) ?? [], pairs.get(cluster.subscriptionId), tags),
  }));
  const regions = judged.flatMap(({ coverage }) => coverage.required.regions);
  const chosen = query.state === undefined ? judged : judged.filter(({ coverage }) => coverage.state === query.state);
  const { items, nextCursor } = idPage(chosen, query, ({ cluster }) => cluster.id);
  const count = (state: Coverage["state"]): number => judged.filter(({ coverage }) => coverage.state === state).length;
  return {
    ...all.around,
    nextCursor,
    total: chosen.length,
    items: items.map(({ cluster, coverage }) => rowOf(cluster, all.nameOf(cluster.subscriptionId), coverage)),
    counts: {
      covered: count("covered"),
      partly: count("partly"),
      missing: count("missing"),
      open: count("open"),
      "not-applicable": count("not-applicable"),
      unknown: count("unknown"),
    },
    tags: shown(mapReadable(tags, ({ snapshot, warningsOf }) => ({ ...snapshot, warnings: [...warningsOf(tagNames(regions))] }))),
  };
}

/** The workspaces with a role binding on each cluster, as last seen; a workspace that this person does not read is left out. */
async function boundTo(clusters: readonly Cluster[], workspaces: readonly Workspace[]): Promise<Map<string, CoverageWorkspace[]>> {
  const rows = await db().bindingObservation.findMany({
    where: { clusterKey: { in: clusters.map(({ id }) => idKey(id)) }, present: true },
    select: { clusterKey: true, sourceKey: true, roles: true, provisioningState: true },
  });
  const known = new Map(workspaces.map((one) => [idKey(one.id), one]));
  const found = new Map<string, Map<string, CoverageWorkspace>>();
  for (const { clusterKey, sourceKey, roles, provisioningState } of rows) {
    const workspace = known.get(sourceKey);
    if (workspace === undefined || workspace.location === null) continue;
    const own = found.get(clusterKey) ?? new Map<string, CoverageWorkspace>();
    found.set(clusterKey, own);
    const bindingInEffect = own.get(sourceKey)?.bindingInEffect === true || hasWorkload({ roles, provisioningState });
    const region = armLocation(workspace.location);
    own.set(sourceKey, { id: workspace.id, name: workspace.name, region, bindingInEffect });
  }
  return new Map([...found].map(([key, own]) => [key, [...own.values()]]));
}

/** The paired regions, by subscription; a subscription whose regions cannot be read has none. */
async function pairsIn(caller: AzureCaller, clusters: readonly Cluster[]): Promise<Map<string, Pairs>> {
  const subscriptions = [...new Set(clusters.map(({ subscriptionId }) => subscriptionId))];
  const read = await inParallel(6, subscriptions, async (id) => ({
    id,
    pairs: await pairsOf.get(`${personKeyOf(caller)}|${id}`, () => readPairs(caller, id)),
  }));
  return new Map(read.flatMap(({ id, pairs }) => (pairs.state === "ok" ? [[id, pairs.value] as const] : [])));
}

function rowOf(
  cluster: Cluster,
  subscriptionName: string,
  { state, reason, ranges, entries, workspaces }: Coverage,
): Shape["items"][number] {
  const counted = ranges.filter((range) => range.state !== "not-applicable");
  return {
    id: cluster.id,
    name: cluster.name,
    resourceGroup: cluster.resourceGroup,
    location: cluster.location,
    subscriptionName,
    production: isProduction(cluster.tags),
    state,
    reason,
    lacking: state === "open" || state === "not-applicable" ? 0 : counted.filter(isLacking).length,
    counted: counted.length,
    entries: entries.length,
    workspaces: workspaces.map(({ id, name, region, isFallback }) => ({ id, name, region, isFallback })),
  };
}
