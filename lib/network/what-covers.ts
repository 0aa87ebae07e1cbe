import { ipv4Set } from "./address-set";
import { type Cidr, contains, readCidr } from "./cidr";
import type { Coverage } from "./coverage";
import { darkEntry } from "./coverage-state";
import { judgeCidr, type RangeState } from "./judge-ranges";
import { cidrOfPrefix } from "./tags/quick-prefix";
import type { ServiceTag } from "./tags/snapshot";

/** A tag that has an address: by which range, and since when (ISO 8601; null: since before the history began). */
export type HoldingTag = { name: string; prefix: string; since: string | null };
/**
 * Whether a cluster lets in an address or range, in the words of its coverage: *covered* is let in, by one entry or several together. *Unknown*: it is
 * not let in as far as can be read, and what some entry lets in is not known.
 */
export type AddressAnswer = { address: string; state: RangeState | "unknown"; sentence: string };

/**
 * Whether an address is let in, by what, since when and to which tags it belongs. Of a range, the list has to let in all. The fault is a sentence
 * about a text that is no address.
 */
export function whatCovers(text: string, coverage: Coverage, tags: readonly HoldingTag[]): AddressAnswer | { fault: string } {
  const address = text.trim();
  const reading = readCidr(address, { bareAddress: true });
  if ("fault" in reading) return reading;
  const { state, sentence } = judge(address, reading.cidr, coverage);
  return { address, state, sentence: `${sentence} ${tagSentence(tags)}` };
}

/** Tags that have all of an address or range, in the order of the document; none for a text that is neither. */
export function tagsHolding(
  text: string,
  tags: readonly ServiceTag[],
  since: (tag: string, prefix: string) => string | null,
): HoldingTag[] {
  const reading = readCidr(text.trim(), { bareAddress: true });
  if ("fault" in reading) return [];
  return tags.flatMap(({ name, prefixes }) =>
    prefixes.flatMap((prefix) => {
      if (prefix.includes(":") !== (reading.cidr.family === 6)) return [];
      return contains(cidrOfPrefix(prefix), reading.cidr) ? [{ name, prefix, since: since(name, prefix) }] : [];
    }),
  );
}

function judge(address: string, cidr: Cidr, { state: ofList, reason, entries, read }: Coverage): Omit<AddressAnswer, "address"> {
  if (ofList === "not-applicable") return { state: "not-applicable", sentence: reason };
  if (cidr.family === 6)
    return { state: "not-applicable", sentence: `${address} is IPv6: no call from it reaches the API server's public address.` };
  if (ofList === "open") return { state: "covered", sentence: `${address} may call the API server. ${reason}` };
  const { state, coveredBy, missing } = judgeCidr(cidr, read, ipv4Set(read.letIn));
  const added = new Map(entries.map(({ raw, addedAt }) => [raw, addedAt]));
  const named = [...new Set(coveredBy)].map((raw) => `${raw} (${whoseEntry(added.get(raw) ?? null)})`).join(" and ");
  if (state === "covered") return { state, sentence: `${address} is let in by ${named}.` };
  const dark = darkEntry(read.entries);
  const rest = state === "partial" ? missing.join(", ") : address;
  const known = state === "partial" ? `${address} is let in only in part, by ${named}. ` : "";
  if (dark !== undefined)
    return { state: "unknown", sentence: `${known}What the entry “${dark.raw}” lets in is not known, and no other lets in ${rest}.` };
  return { state, sentence: known === "" ? `${address} is not let in by any entry of the list.` : `${known}No entry lets in ${rest}.` };
}

const whoseEntry = (addedAt: string | null): string => (addedAt === null ? "not added by Bindery" : `added ${addedAt.slice(0, 10)}`);

function tagSentence(tags: readonly HoldingTag[]): string {
  if (tags.length === 0) return "No service tag has it.";
  const named = tags.map(({ name, prefix, since }) => `${name} (${prefix}${since === null ? "" : `, since ${since.slice(0, 10)}`})`);
  return `It belongs to ${named.join(", ")}.`;
}
