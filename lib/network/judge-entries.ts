import { addressSet, touches } from "./address-set";
import type { LedgerEntry, ReadEntries, ReadEntry } from "./entries";
import type { RequiredRange } from "./required";

/**
 * What an entry is to Bindery: *needed* lets Azure ML in; *stale* was added by Bindery for that and no longer does; *asked* was added by Bindery for
 * people or nodes; *foreign* is somebody's else and stays as it is, whatever it looks like.
 */
export type EntryKind = "needed" | "stale" | "asked" | "foreign" | "service-tag" | "slb-only" | "unreadable";
/** An entry of a cluster's list, in the list's own order. */
export type JudgedEntry = {
  /** Byte for byte as ARM gave it. */
  raw: string;
  kind: EntryKind;
  /** Canonical CIDR; null for what is no range. */
  prefix: string | null;
  /** When Bindery added it, ISO 8601; null when it did not. */
  addedAt: string | null;
  /** A sentence where there is something to say. */
  note: string | null;
};

/** Each entry with its kind. */
export function judgeEntries({ entries }: ReadEntries, required: readonly RequiredRange[], ledger: readonly LedgerEntry[]): JudgedEntry[] {
  const added = new Map(ledger.map((one) => [one.prefix, one]));
  const wanted = addressSet(required.flatMap(({ cidr }) => (cidr.family === 4 ? [cidr] : [])));
  return entries.map((entry) => {
    const prefix = entry.type === "range" ? entry.prefix : null;
    const own = prefix === null ? undefined : added.get(prefix);
    const isNeeded = entry.type === "range" && touches(wanted, entry.cidr);
    const kind = entry.type !== "range" ? entry.type : isNeeded ? "needed" : kindOfOther(own);
    return { raw: entry.raw, kind, prefix, addedAt: own?.addedAt ?? null, note: noteOf(entry) };
  });
}

function kindOfOther(own: LedgerEntry | undefined): EntryKind {
  if (own === undefined) return "foreign";
  return own.purpose === "extra" ? "asked" : "stale";
}

function noteOf(entry: ReadEntry): string | null {
  switch (entry.type) {
    case "range":
      if (entry.cidr.bits === 0) return `${entry.raw} lets in every address.`;
      return entry.cidr.family === 6 ? "An IPv6 entry has no effect: the API server's public address is IPv4." : null;
    case "service-tag":
      return entry.cidrs === null
        ? `${entry.raw} is a service tag that the snapshot does not have: what it lets in is not known.`
        : `${entry.raw} is a service tag: it lets in ${entry.cidrs.length === 1 ? "its one range" : `all of its ${entry.cidrs.length} ranges`}.`;
    case "slb-only":
      return "0.0.0.0/32 lets in the outbound address of the cluster's load balancer, and nothing else.";
    case "unreadable":
      return entry.fault;
  }
}
