import type { Actor } from "@/lib/auth/actor";
import { mapReadable, shown } from "@/lib/azure/readable";
import { clusterAt } from "@/lib/clusters/one";
import type { Answer, ParamsOf, QueryOut } from "@/lib/http/contract";
import { coverageWith } from "./authorize/change";
import type { ListFacts } from "./authorize/facts";
import { gatherList } from "./authorize/gather";
import { tagNames } from "./authorize/tags-in-use";
import { workspacesOn } from "./authorize/workspaces";
import type { Coverage } from "./coverage";
import { planRanges } from "./plan-ranges";
import { renderCidrList, renderRangesAz, renderRangesTerraform } from "./render-ranges";
import { currentTags } from "./snapshots/current";
import { tagsHolding, whatCovers } from "./what-covers";

type Route = "GET /api/v1/clusters/{subscription}/{group}/{name}/network";
type Shape = Answer<Route>;

/**
 * Whether Azure ML reaches the API server of one cluster by its list, read now with this person's token. Throws `not_found` alike for an absent
 * cluster and for one that Azure does not show.
 */
export async function readCoverage(actor: Actor, params: ParamsOf<Route>, { scope, address }: QueryOut<Route>): Promise<Shape> {
  const { caller, cluster } = await clusterAt(actor, params);
  const [gathered, around] = await Promise.all([gatherList(caller, cluster.id), workspacesOn(caller, cluster.id, [])]);
  const facts: ListFacts = { ...gathered, ...around };
  const read = facts.list;
  const coverage = mapReadable(read, (list) => coverageWith(facts, list, scope, list.live.ranges));
  const regions = coverage.state === "ok" ? coverage.value.required.regions : [];
  return {
    clusterId: cluster.id,
    coverage: shown(mapReadable(coverage, coverageShape)),
    tags: shown(mapReadable(facts.tags, ({ snapshot, warningsOf }) => ({ ...snapshot, warnings: [...warningsOf(tagNames(regions))] }))),
    unread: [
      ...facts.unreadWorkspaces,
      ...(facts.pairs.state === "ok" ? [] : ["The paired regions cannot be read: only own regions count."]),
    ],
    answer: address === undefined || address === "" || coverage.state !== "ok" ? null : await answerOf(address, coverage.value),
    exports: coverage.state === "ok" ? exportsOf(cluster.id, coverage.value) : null,
  };
}

type Ok<T> = T extends { state: "ok"; value: infer V } ? V : never;

function coverageShape({
  state,
  reason,
  required,
  ranges,
  entries,
  budget,
  egress,
  workspaces,
  obstacle,
  notes,
}: Coverage): Ok<Shape["coverage"]> {
  const isRestricted = state !== "open" && state !== "not-applicable";
  return {
    state,
    reason,
    regions: [...required.regions],
    ranges: ranges.map((range) => ({
      prefix: range.prefix,
      regions: [...range.regions],
      state: isRestricted ? range.state : null,
      coveredBy: [...range.coveredBy],
      missing: isRestricted ? [...range.missing] : [],
      firstSeenAt: range.firstSeen,
      notInUseBefore: range.notInUseBefore,
    })),
    entries: entries.map(({ raw, kind, addedAt, note }) => ({ raw, kind, addedAt, note })),
    budget,
    egress: { ...egress, absent: [...egress.absent] },
    workspaces: workspaces.map(({ id, name, region, state: own, isFallback, sentence }) => ({
      id,
      name,
      region,
      state: own,
      isFallback,
      sentence,
    })),
    obstacle,
    notes: [...notes],
  };
}

async function answerOf(address: string, coverage: Coverage): Promise<NonNullable<Shape["answer"]>> {
  const kept = await currentTags();
  const since = (tag: string, prefix: string): string | null => kept?.firstSeen.get(tag.toLowerCase())?.get(prefix) ?? null;
  return whatCovers(address, coverage, tagsHolding(address, kept?.tags ?? [], since));
}

/** With nothing missing it is the list as it stands. */
function exportsOf(clusterId: string, coverage: Coverage): Shape["exports"] {
  if (coverage.state === "open" || coverage.state === "not-applicable") return null;
  const planned = planRanges(coverage, { addMissing: true });
  const list = "plan" in planned ? planned.plan.list : null;
  if (list === null || list.length === 0) return null;
  return { list: renderCidrList(list), terraform: renderRangesTerraform(list), az: renderRangesAz(clusterId, list) };
}
