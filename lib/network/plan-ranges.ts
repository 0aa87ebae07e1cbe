import { addressSet, collapse, holds, union } from "./address-set";
import { type Cidr, compareCidrs, formatCidr, readCidr } from "./cidr";
import type { Coverage } from "./coverage";
import { isLacking } from "./coverage-state";
import type { JudgedRange } from "./judge-ranges";
import { whyNotPublic } from "./public-addresses";

/** What a person wants to do to a list. */
export type RangeChoice = {
  /** Add each required range that is not wholly let in. */
  addMissing: boolean;
  /** Further addresses and ranges to let in: one's own, or those by which the nodes go out. */
  extra?: readonly string[];
  /** Entries to take out, as they stand in the list; only such that Bindery added. */
  remove?: readonly string[];
  /** Write what is added with as few ranges as possible. Entries that are there already stay as they are. */
  mergeAdjacent?: boolean;
};

/** Why there can be no such list. `path`: the part of the choice that it is about, as `extra.0`; null: the list as a whole. */
export type Refusal = { path: string | null; text: string };

/** The list as it is to be, and what differs. Entries that stay are byte for byte what they were, in their order, before the new ones. */
export type RangePlan = {
  list: readonly string[];
  added: readonly string[];
  removed: readonly string[];
  /** True when there was no list: every address that is not in the new one loses access. */
  turnsOnRestriction: boolean;
};

/** A new list for a cluster, or every reason why there can be none. */
export function planRanges(coverage: Coverage, choice: RangeChoice): { plan: RangePlan } | { refusals: Refusal[] } {
  const remove = new Set(choice.remove ?? []);
  const extra = readExtra(choice.extra ?? []);
  const kept = coverage.entries.filter(({ raw }) => !remove.has(raw)).map(({ raw }) => raw);
  const removed = coverage.entries.filter(({ raw }) => remove.has(raw)).map(({ raw }) => raw);
  const added = additions(coverage, choice, extra.cidrs, remove).map(formatCidr);
  const list = [...kept, ...added];
  const refusals = [
    ...whole(coverage.obstacle === null ? [] : [coverage.obstacle]),
    ...extra.faults,
    ...(choice.remove ?? []).flatMap((raw, at) =>
      [...removalFault(coverage, raw), ...bothWays(coverage, raw, added)].map((text) => ({ path: `remove.${at}`, text })),
    ),
    ...whole(listFaults(coverage, list, added)),
  ];
  return refusals.length > 0
    ? { refusals }
    : { plan: { list, added, removed, turnsOnRestriction: coverage.entries.length === 0 && list.length > 0 } };
}

const whole = (texts: readonly string[]): Refusal[] => texts.map((text) => ({ path: null, text }));

/** What is to be added, each once and in order: required ranges that will not be let in, then what else is wanted beside them. */
function additions(
  { ranges, entries }: Coverage,
  { addMissing, mergeAdjacent = false }: RangeChoice,
  extra: readonly Cidr[],
  remove: ReadonlySet<string>,
): Cidr[] {
  const present = addressSet(entries.flatMap(({ raw, prefix }) => (prefix === null || remove.has(raw) ? [] : cidrsOf(prefix))));
  const isWanted = (range: JudgedRange): boolean =>
    range.cidr.family === 4 &&
    (entries.length === 0 || isLacking(range) || (range.coveredBy.some((raw) => remove.has(raw)) && !holds(present, range.cidr)));
  const wanted = addMissing ? ranges.filter(isWanted).map(({ cidr }) => cidr) : [];
  const letIn = union(present, addressSet(wanted));
  const all = [...wanted, ...extra.filter((cidr) => !holds(letIn, cidr))];
  if (mergeAdjacent) return collapse(addressSet(all));
  return [...new Map(all.map((cidr) => [formatCidr(cidr), cidr])).values()].sort(compareCidrs);
}

function cidrsOf(prefix: string): Cidr[] {
  const reading = readCidr(prefix);
  return "cidr" in reading ? [reading.cidr] : [];
}

function readExtra(texts: readonly string[]): { cidrs: Cidr[]; faults: Refusal[] } {
  const read = texts.map((text, at) => ({ path: `extra.${at}`, reading: readWanted(text) }));
  return {
    cidrs: read.flatMap(({ reading }) => ("cidr" in reading ? [reading.cidr] : [])),
    faults: read.flatMap(({ path, reading }) => ("fault" in reading ? [{ path, text: reading.fault }] : [])),
  };
}

/** A range that a list may be given, or why it may not, as a sentence. */
function readWanted(text: string): { cidr: Cidr } | { fault: string } {
  const reading = readCidr(text, { bareAddress: true });
  if ("fault" in reading) return reading;
  if (reading.cidr.family === 6)
    return { fault: `${text} is IPv6, and the API server's public address is IPv4: such an entry has no effect.` };
  const special = whyNotPublic(reading.cidr);
  return special === undefined ? reading : { fault: `${text} ${special}` };
}

/** An entry cannot go and come in one change. */
function bothWays({ entries }: Coverage, raw: string, added: readonly string[]): string[] {
  return entries.some((entry) => entry.raw === raw && entry.prefix !== null && added.includes(entry.prefix))
    ? [`${raw} is to be taken out and would be added again, since it is wanted. Take it out, or want it: not both.`]
    : [];
}

function removalFault({ entries }: Coverage, raw: string): string[] {
  const entry = entries.find((one) => one.raw === raw);
  if (entry === undefined) return [`${raw} is not in the list any more. Read the cluster again.`];
  return entry.addedAt === null ? [`${raw} was not added by Bindery, so that Bindery does not remove it. Ask whoever did.`] : [];
}

function listFaults({ entries, budget }: Coverage, list: readonly string[], added: readonly string[]): string[] {
  const faults: string[] = [];
  if (list.length > budget.limit)
    faults.push(
      `The list would have ${list.length} entries, and AKS takes ${budget.limit}. ${
        budget.limit === 200
          ? "Choose the ranges of the region and its pair, or give the cluster API Server VNet Integration (2000)."
          : "Choose fewer."
      }`,
    );
  if (list.length === 0)
    faults.push(
      entries.length > 0
        ? "The list would become empty, and an empty list lets in every address. Leave one entry in it."
        : "There is nothing to add: the list would stay empty, which lets in every address.",
    );
  if (entries.length === 1 && entries[0]?.kind === "slb-only" && added.length > 0)
    faults.push(
      "The list is 0.0.0.0/32 alone, and AKS's tools refuse that together with other ranges. Have it replaced by the load balancer's outbound address first.",
    );
  return faults;
}
