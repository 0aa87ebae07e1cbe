import type { ReadEntry } from "./entries";
import type { JudgedRange } from "./judge-ranges";

/** Whether Azure ML can reach an API server by its list. *open*: nothing keeps anybody out; *not applicable*: a list has no meaning there. */
export type CoverageState = "covered" | "partly" | "missing" | "open" | "not-applicable" | "unknown";
/** A cluster's list as it was read. */
export type JudgedList = { isPrivate: boolean; entries: readonly ReadEntry[] };

export const privateSentence = "The API server is private: authorized ranges have no meaning there.";

/** True for a range that is not let in wholly, and should be. */
export const isLacking = ({ state }: JudgedRange): boolean => state === "missing" || state === "partial";

/** The first entry of which nobody knows what it lets in: one that cannot be read, or a service tag that the snapshot does not have. */
export const darkEntry = (entries: readonly ReadEntry[]): ReadEntry | undefined =>
  entries.find((entry) => entry.type === "unreadable" || (entry.type === "service-tag" && entry.cidrs === null));

/** State of some required ranges against a list, with the reason as a sentence. `withoutTag`: regions of which no ranges are known; `isDoubtful`: a tag lost ranges. */
export function stateOf(
  { isPrivate, entries }: JudgedList,
  ranges: readonly JudgedRange[],
  withoutTag: readonly string[],
  isDoubtful: boolean,
): { state: CoverageState; reason: string } {
  if (isPrivate) return { state: "not-applicable", reason: privateSentence };
  if (entries.length === 0) return { state: "open", reason: "The API server has no list of authorized ranges: every address may call it." };
  const all = entries.find((entry) => entry.type === "range" && entry.cidr.family === 4 && entry.cidr.bits === 0);
  if (all !== undefined) return { state: "open", reason: `The entry ${all.raw} lets in every address.` };
  const counted = ranges.filter(({ state }) => state !== "not-applicable");
  const lacking = counted.filter(isLacking);
  if (counted.length === 0 || (lacking.length === 0 && withoutTag.length > 0)) {
    const where = withoutTag.length === 0 ? "" : ` in ${withoutTag.join(" and ")}`;
    return { state: "unknown", reason: `The service tags say nothing of Azure ML${where}: which ranges are needed is not known.` };
  }
  if (lacking.length === 0 && isDoubtful)
    return {
      state: "unknown",
      reason: `The list lets in all ${counted.length} ranges that the service tags still have of Azure ML. A tag lost ranges: whether these are all is not known.`,
    };
  if (lacking.length === 0) return { state: "covered", reason: `The list lets in all ${counted.length} ranges of Azure ML.` };
  const dark = darkEntry(entries);
  const numbers = `${lacking.length} of ${counted.length} ranges of Azure ML`;
  if (dark !== undefined)
    return { state: "unknown", reason: `What the entry “${dark.raw}” lets in is not known, and no other lets in ${numbers}.` };
  return counted.every(({ state }) => state === "missing")
    ? { state: "missing", reason: `The list lets in none of the ${counted.length} ranges of Azure ML.` }
    : { state: "partly", reason: `The list does not let in ${numbers}.` };
}
