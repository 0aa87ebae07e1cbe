import { ipv4Set } from "./address-set";
import type { Cidr } from "./cidr";
import { isLacking, type JudgedList, privateSentence, stateOf, type CoverageState } from "./coverage-state";
import { type EgressState, egressState, type KnownEgress, notRestricted } from "./egress";
import { type LedgerEntry, type ReadEntries, readEntries } from "./entries";
import { type JudgedEntry, judgeEntries } from "./judge-entries";
import { ipv6Sentence, type JudgedRange, judgeRanges } from "./judge-ranges";
import { type CoverageScope, type KnownRanges, regionsOf, requiredRanges, type RequiredRanges } from "./required";

/** A workspace whose compute is, or is to be, on a cluster. */
export type CoverageWorkspace = {
  id: string;
  name: string;
  /** ARM location. */
  region: string;
  /** True when a trusted access binding with `mlworkload` is in effect: then Azure ML comes another way. */
  bindingInEffect: boolean;
};

/** What coverage is found from. */
export type CoverageInput = {
  /** ARM location of the cluster; it counts when there is no workspace. */
  location: string;
  /** `apiServerAccessProfile.authorizedIPRanges` as ARM gives it. */
  authorizedRanges: readonly string[] | null;
  isPrivate: boolean;
  /** API Server VNet Integration: it raises the limit. */
  vnetIntegration: boolean;
  /** Null when it could not be read. */
  loadBalancerSku: string | null;
  outboundType: string | null;
  egress: KnownEgress;
  workspaces: readonly CoverageWorkspace[];
  scope: CoverageScope;
  known: KnownRanges;
  /** Ranges of any service tag by its name, for a tag that stands as an entry; undefined where the snapshot does not have it. */
  tagOf: (name: string) => readonly Cidr[] | undefined;
  /** Whether a tag of these regions lost ranges, and nobody said that it is so: then what it still has may not be all. */
  isDoubtful: (regions: readonly string[]) => boolean;
  /** What Bindery added to this cluster's list. */
  ledger: readonly LedgerEntry[];
};

/** How a workspace fares. `isFallback`: its binding is in effect, and it needs no ranges as long as that stays so. */
export type WorkspaceCoverage = CoverageWorkspace & { state: CoverageState; isFallback: boolean; sentence: string };

/** All that can be said of one cluster's list. */
export type Coverage = {
  state: CoverageState;
  /** A sentence: why it is so. */
  reason: string;
  required: RequiredRanges;
  ranges: readonly JudgedRange[];
  entries: readonly JudgedEntry[];
  /** The same entries as they were read, with what they let in. */
  read: ReadEntries;
  /** Entries that the list has, would have with all that is missing, and may have. */
  budget: { used: number; after: number; limit: 200 | 2000 };
  egress: EgressState;
  workspaces: readonly WorkspaceCoverage[];
  /** Why no list can be set on this cluster, as a sentence; null when one can. */
  obstacle: string | null;
  /** Further sentences: regions without a pair or a tag, IPv6. */
  notes: readonly string[];
};

/** Finds the coverage of one cluster. A service tag that stands as an entry counts with its ranges, where they are known. */
export function coverageOf(input: CoverageInput): Coverage {
  const regions = input.workspaces.length > 0 ? input.workspaces.map(({ region }) => region) : [input.location];
  const required = requiredRanges(regions, input.scope, input.known);
  const read = readEntries(input.authorizedRanges ?? [], input.tagOf);
  const allowed = ipv4Set(read.letIn);
  const ranges = judgeRanges(required.ranges, read, allowed);
  const list = { isPrivate: input.isPrivate, entries: read.entries };
  const { state, reason } = stateOf(list, ranges, required.withoutTag, input.isDoubtful(required.regions));
  const isKept = state !== "open" && state !== "not-applicable";
  return {
    state,
    reason,
    required,
    ranges,
    entries: judgeEntries(read, required.ranges, input.ledger),
    read,
    budget: {
      used: read.entries.length,
      after: read.entries.length + (isKept ? ranges.filter(isLacking).length : 0),
      limit: input.vnetIntegration ? 2000 : 200,
    },
    egress: isKept ? egressState(input.egress, input.outboundType, allowed) : notRestricted,
    workspaces: input.workspaces.map((workspace) => ofWorkspace(workspace, input, list, ranges, required.withoutTag)),
    obstacle: obstacleOf(input),
    notes: notesOf(required, ranges),
  };
}

function ofWorkspace(
  workspace: CoverageWorkspace,
  { scope, known, isDoubtful }: CoverageInput,
  list: JudgedList,
  ranges: readonly JudgedRange[],
  withoutTag: readonly string[],
): WorkspaceCoverage {
  const regions = regionsOf([workspace.region], scope, known);
  const own = scope === "global" ? ranges : ranges.filter((range) => range.regions.some((region) => regions.includes(region)));
  const { state, reason } = stateOf(
    list,
    own,
    withoutTag.filter((region) => regions.includes(region)),
    isDoubtful(regions),
  );
  const isFallback = workspace.bindingInEffect && state !== "not-applicable";
  return { ...workspace, state, isFallback, sentence: isFallback ? `${fallbackSentence} ${reason}` : reason };
}

const fallbackSentence =
  "Its trusted access binding is in effect: Azure ML reaches the API server through that, and the ranges are a fallback for this workspace.";

/** Why a cluster takes no list of authorized ranges (AKS documentation, api-server-authorized-ip-ranges). */
function obstacleOf({ isPrivate, loadBalancerSku }: CoverageInput): string | null {
  if (isPrivate) return privateSentence;
  return loadBalancerSku?.toLowerCase() === "basic"
    ? "AKS takes authorized ranges with a standard load balancer only, and this cluster has a basic one."
    : null;
}

function notesOf({ withoutPair, withoutTag }: RequiredRanges, ranges: readonly JudgedRange[]): string[] {
  return [
    ...withoutPair.map((region) => `${region} has no paired region: its own ranges are all that count.`),
    ...withoutTag.map((region) => `The service tags have none for Azure ML in ${region}: what it calls from is not known.`),
    ...(ranges.some(({ state }) => state === "not-applicable") ? [ipv6Sentence] : []),
  ];
}
