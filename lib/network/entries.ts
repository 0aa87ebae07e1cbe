import type { Interval } from "./address-set";
import { type Cidr, edgesOf, formatCidr, readCidr } from "./cidr";
import { quickCidr } from "./tags/quick-prefix";

/**
 * A range that Bindery added to a cluster's list, and when (ISO 8601). `extra`: somebody asked for it beside the ranges of service tags, so that it is
 * for people or nodes, and no workspace's leaving is a reason to remove it.
 */
export type LedgerEntry = { prefix: string; addedAt: string; purpose: "azure-ml" | "extra" };

/** An entry of a cluster's authorized ranges, as it was read. */
export type ReadEntry = { raw: string } & (
  | { type: "range"; cidr: Cidr; prefix: string }
  /** A service tag; `cidrs` is null when the snapshot does not have it. */
  | { type: "service-tag"; cidrs: readonly Cidr[] | null }
  /** `0.0.0.0/32`: AKS lets in the outbound address of its load balancer and nothing else. */
  | { type: "slb-only" }
  | { type: "unreadable"; fault: string }
);

/** What the entries of a list let in, as far as they could be read. */
export type ReadEntries = {
  entries: readonly ReadEntry[];
  /** IPv4 addresses and the place of the entry that lets them in, in the order of the entries; the API server's public address is IPv4. */
  letIn: readonly (Interval<number> & { entry: number })[];
};

/** An entry that is a service tag, as aks-preview takes one in this place (azure-cli-extensions, aks-preview). */
export const tagEntry = /^[A-Za-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)*$/;

/** Reads entries in their order. An entry may be a range, an address alone, or a service tag, whose ranges `tagOf` knows by its name. */
export function readEntries(raws: readonly string[], tagOf: (name: string) => readonly Cidr[] | undefined): ReadEntries {
  const entries = raws.map((raw) => readEntry(raw, tagOf));
  const letIn: (Interval<number> & { entry: number })[] = [];
  for (const [at, entry] of entries.entries()) {
    const cidrs = entry.type === "range" ? [entry.cidr] : entry.type === "service-tag" ? (entry.cidrs ?? []) : [];
    for (const cidr of cidrs) {
      if (cidr.family === 6) continue;
      const { start, end } = edgesOf(cidr);
      letIn.push({ start, end, entry: at });
    }
  }
  return { entries, letIn };
}

function readEntry(raw: string, tagOf: (name: string) => readonly Cidr[] | undefined): ReadEntry {
  if (tagEntry.test(raw)) return { raw, type: "service-tag", cidrs: tagOf(raw) ?? null };
  const whole = raw.includes("/") ? raw : `${raw}/32`;
  const cidr = quickCidr(whole);
  if (cidr !== undefined) return { raw, type: "range", cidr, prefix: whole };
  const reading = readCidr(raw, { bareAddress: true });
  if ("fault" in reading) return { raw, type: "unreadable", fault: reading.fault };
  const prefix = formatCidr(reading.cidr);
  return prefix === "0.0.0.0/32" ? { raw, type: "slb-only" } : { raw, type: "range", cidr: reading.cidr, prefix };
}
