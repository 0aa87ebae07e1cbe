import type { NetworkChange } from "@/lib/plans/plan";
import { addressSet, holds, touches } from "../address-set";
import { type Cidr, readCidr } from "../cidr";
import { type Coverage, coverageOf } from "../coverage";
import { planRanges, type RangeChoice, type RangePlan, type Refusal } from "../plan-ranges";
import type { CoverageScope } from "../required";
import type { ClusterList, ListFacts } from "./facts";
import { listRisks, lockOutOf } from "./lock-out";
import { entryKey } from "./same-list";
import { coverageTags, tagNames } from "./tags-in-use";

/** What is wanted of a list. `own`: those of the further ranges that its people say they call from. */
export type ListChoice = RangeChoice & { scope: CoverageScope; own?: readonly string[] };

/** A list as it is to be, or why there can be none; `before` is its coverage as it stands. */
export type PlannedList = { before: Coverage } & ({ change: NetworkChange; after: Coverage } | { change: null; refusals: Refusal[] });

/** Plans a list from facts. Pure. Whatever is added or removed, entries of others stay byte for byte what they were. */
export function planList(facts: ListFacts, read: ClusterList, choice: ListChoice): PlannedList {
  const before = coverageWith(facts, read, choice.scope, read.live.ranges);
  const planned = planRanges(before, choice);
  // What is taken out is held against the usual ranges, whichever the request counts.
  const { required: usual } = choice.scope === "region-and-pair" ? before : coverageWith(facts, read, "region-and-pair", read.live.ranges);
  const refusals = [...("refusals" in planned ? planned.refusals : []), ...ownRefusals(facts, choice, before, usual.regions)];
  if ("refusals" in planned || refusals.length > 0) return { before, change: null, refusals };
  const { plan } = planned;
  const after = coverageWith(facts, read, choice.scope, plan.list);
  const ofPeople = facts.ledger.filter(({ purpose }) => purpose === "extra").map(({ prefix }) => prefix);
  const scene = {
    plan,
    before,
    after,
    own: choice.own ?? [],
    ofPeople,
    needed: usual.ranges.map(({ cidr }) => cidr),
    allWorkspacesRead: facts.unreadWorkspaces.length === 0,
    clusterName: read.cluster.name,
  };
  return { before, after, change: { ...changeOf(facts, read, choice, before, plan), lockOut: lockOutOf(scene), risks: listRisks(scene) } };
}

/** The coverage of a cluster with a list, be it the one that it has or one that is planned. */
export function coverageWith(
  { workspaces, pairs, egress, tags, ledger }: ListFacts,
  { cluster, live }: ClusterList,
  scope: CoverageScope,
  authorizedRanges: readonly string[],
): Coverage {
  return coverageOf({
    location: cluster.location,
    authorizedRanges,
    isPrivate: live.isPrivate,
    vnetIntegration: live.vnetIntegration,
    loadBalancerSku: live.loadBalancerSku,
    outboundType: live.outboundType,
    egress,
    workspaces,
    scope,
    ...coverageTags(tags, pairs.state === "ok" ? pairs.value : undefined),
    ledger,
  });
}

function ownRefusals(
  { tags, ledger }: ListFacts,
  { addMissing, extra = [], remove = [] }: ListChoice,
  { required }: Coverage,
  usualRegions: readonly string[],
): Refusal[] {
  const everything = extra.flatMap((text, at): Refusal[] =>
    cidrOf(text).some(({ bits }) => bits === 0)
      ? [{ path: `extra.${at}`, text: `${text} would let in every address: then there is no restriction at all.` }]
      : [],
  );
  // What people or nodes call from does not rest on a tag's word.
  const ofTags = new Set(ledger.filter(({ purpose }) => purpose === "azure-ml").map(({ prefix }) => prefix));
  const blocked =
    tags.state !== "ok" || !remove.some((raw) => ofTags.has(entryKey(raw)))
      ? []
      : tagNames([...new Set([...required.regions, ...usualRegions])]).flatMap((tag) => tags.value.removalsBlocked(tag) ?? []);
  return [
    ...everything,
    ...(addMissing && tags.state !== "ok" ? [{ path: "addMissing", text: unknownTags(tags.state === "absent") }] : []),
    ...(addMissing && tags.state === "ok" && required.ranges.length === 0
      ? [{ path: "scope", text: "The service tags have no ranges of Azure ML for these regions." }]
      : []),
    ...blocked.map((text) => ({ path: "remove", text })),
  ];
}

const unknownTags = (isAbsent: boolean): string =>
  `Which ranges Azure ML calls from is not known: ${isAbsent ? "no list of service tags has been imported yet. Have an administrator import one." : "the service tags could not be read."}`;

function changeOf(
  { tags }: ListFacts,
  { live }: ClusterList,
  { scope, extra = [], addMissing }: ListChoice,
  { required, budget }: Coverage,
  { list, added, removed, turnsOnRestriction }: RangePlan,
): Omit<NetworkChange, "lockOut" | "risks"> {
  const asked = addressSet(extra.flatMap((text) => cidrOf(text)));
  const ofTags = addressSet(required.ranges.filter(({ cidr }) => cidr.family === 4).map(({ cidr }) => cidr));
  // A range of a service tag stays one where somebody asked for an address in it as well.
  const isExtra = (cidr: Cidr): boolean => touches(asked, cidr) && !(addMissing && holds(ofTags, cidr));
  return {
    list: { before: [...live.ranges], after: [...list], added: [...added], removed: [...removed] },
    extra: added.filter((text) => cidrOf(text).some(isExtra)),
    turnsOnRestriction,
    scope,
    regions: [...required.regions],
    tags: addMissing && tags.state === "ok" ? tags.value.snapshot : null,
    limit: budget.limit,
  };
}

function cidrOf(text: string) {
  const reading = readCidr(text, { bareAddress: true });
  return "cidr" in reading ? [reading.cidr] : [];
}
