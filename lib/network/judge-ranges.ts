import { type AddressSet, addressSet, collapse, holds, type Interval, subtract, touches } from "./address-set";
import { type Cidr, edgesOf, formatCidr } from "./cidr";
import type { ReadEntries } from "./entries";
import type { RequiredRange } from "./required";
import { notInUseBefore } from "./tags/first-seen";

/** Whether a required range is let in: wholly, in part, not at all; not applicable to IPv6, since the API server's address is IPv4. */
export type RangeState = "covered" | "partial" | "missing" | "not-applicable";
/** A required range with what was found. */
export type JudgedRange = RequiredRange & {
  state: RangeState;
  /** Raw entries that let in some of it; of a covered range together all of it. */
  coveredBy: readonly string[];
  /** What is not let in, CIDR; empty when all is, or nothing is to be. */
  missing: readonly string[];
  /** Azure does not use it before, ISO 8601; null for one that was always there. */
  notInUseBefore: string | null;
};

/** Why IPv6 is never missing: a sentence for people. */
export const ipv6Sentence =
  "IPv6 ranges do not apply: the API server's public address is IPv4, so that no call from an IPv6 address reaches it, and AKS's tools refuse such an entry.";

/** Each required range against the entries, one alone or several together. `allowed`: all IPv4 addresses of the entries. */
export function judgeRanges(required: readonly RequiredRange[], read: ReadEntries, allowed: AddressSet): JudgedRange[] {
  return required.map((range) => ({ ...range, notInUseBefore: notInUseBefore(range.firstSeen), ...judgeCidr(range.cidr, read, allowed) }));
}

/** Any range against the entries, as `judgeRanges`. */
export function judgeCidr(cidr: Cidr, read: ReadEntries, allowed: AddressSet): Pick<JudgedRange, "state" | "coveredBy" | "missing"> {
  if (cidr.family === 6) return { state: "not-applicable", coveredBy: [], missing: [] };
  if (!touches(allowed, cidr)) return { state: "missing", coveredBy: [], missing: [formatCidr(cidr)] };
  const coveredBy = entriesThatMeet(read, edgesOf(cidr));
  if (holds(allowed, cidr)) return { state: "covered", coveredBy, missing: [] };
  return { state: "partial", coveredBy, missing: collapse(subtract(addressSet([cidr]), allowed)).map(formatCidr) };
}

function entriesThatMeet({ entries, letIn }: ReadEntries, { start, end }: Interval<number>): string[] {
  const found = new Set<number>();
  for (const one of letIn) if (one.start < end && start < one.end) found.add(one.entry);
  return [...found].flatMap((at) => entries[at]?.raw ?? []);
}
