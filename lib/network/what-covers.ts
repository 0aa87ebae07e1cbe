import { contains, readCidr } from "./cidr";
import type { Coverage } from "./coverage";
import type { EntryKind } from "./judge-entries";
import { quickCidr } from "./tags/quick-prefix";
import type { ServiceTag } from "./tags/snapshot";

/** A tag that has an address: by which range, and since when (ISO 8601; null: since before the history began). */
export type HoldingTag = { name: string; prefix: string; since: string | null };
/** Whether a cluster lets in an address, by which entries, and whose address it is. */
export type AddressAnswer = {
  address: string;
  isLetIn: boolean;
  /** Entries that let it in; `since`: when Bindery added it, null for another's. */
  entries: readonly { raw: string; kind: EntryKind; since: string | null }[];
  tags: readonly HoldingTag[];
  sentence: string;
};

/**
 * Whether an address is let in, by what, since when and to which tags it belongs. Of a range, an entry has to hold all. The fault is a sentence
 * about a text that is no address.
 */
export function whatCovers(text: string, coverage: Coverage, tags: readonly HoldingTag[]): AddressAnswer | { fault: string } {
  const reading = readCidr(text.trim(), { bareAddress: true });
  if ("fault" in reading) return reading;
  const { cidr } = reading;
  const holding = new Set(tags.map(({ name }) => name.toLowerCase()));
  const entries = coverage.entries.flatMap(({ raw, kind, prefix, addedAt }) => {
    const own = prefix === null ? undefined : readCidr(prefix);
    const lets = own === undefined ? kind === "service-tag" && holding.has(raw.toLowerCase()) : "cidr" in own && contains(own.cidr, cidr);
    return lets ? [{ raw, kind, since: addedAt }] : [];
  });
  const isLetIn = coverage.state === "open" || (cidr.family === 4 && entries.length > 0);
  const answer = { address: text.trim(), isLetIn, entries, tags };
  return { ...answer, sentence: `${letInSentence(answer, coverage, cidr.family)} ${tagSentence(tags)}` };
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
      const own = quickCidr(prefix);
      return own !== undefined && contains(own, reading.cidr) ? [{ name, prefix, since: since(name, prefix) }] : [];
    }),
  );
}

function letInSentence({ address, isLetIn, entries }: Omit<AddressAnswer, "sentence">, { state, reason }: Coverage, family: 4 | 6): string {
  if (state === "open") return `${address} may call the API server. ${reason}`;
  if (state === "not-applicable") return reason;
  if (family === 6) return `${address} is IPv6: no call from it reaches the API server's public address.`;
  if (!isLetIn) return `${address} is not let in by any entry of the list.`;
  const named = entries.map(({ raw, since }) =>
    since === null ? `${raw} (not added by Bindery)` : `${raw} (added ${since.slice(0, 10)})`,
  );
  return `${address} is let in by ${named.join(" and ")}.`;
}

function tagSentence(tags: readonly HoldingTag[]): string {
  if (tags.length === 0) return "No service tag has it.";
  const named = tags.map(({ name, prefix, since }) => `${name} (${prefix}${since === null ? "" : `, since ${since.slice(0, 10)}`})`);
  return `It belongs to ${named.join(", ")}.`;
}
