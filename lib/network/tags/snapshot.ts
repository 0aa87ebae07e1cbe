import { createHash } from "node:crypto";

/** One service tag of a snapshot. */
export type ServiceTag = {
  /** As Microsoft writes it: `AzureMachineLearning.EastUS`. */
  name: string;
  /** What the tag is for, `AzureMachineLearning`; empty for `AzureCloud`. */
  service: string;
  /** ARM location; null for a tag of all regions. */
  region: string | null;
  changeNumber: number;
  /** CIDR, canonical, IPv4 before IPv6, in the order of their addresses, each once. */
  prefixes: readonly string[];
};

/** What a document of service tags says, whatever its source and shape. */
export type TagSnapshot = {
  /** As Microsoft names it: `Public`. */
  cloud: string;
  changeNumber: number;
  tags: readonly ServiceTag[];
  /** Names of tags that were left out, because they stand for the platform of one host and not for public addresses. */
  skipped: readonly string[];
  /** SHA-256 of what the tags open, lower-case hex: see `contentHash`. */
  hash: string;
};

/**
 * Hash of the cloud, the names of its tags and their ranges. Order, formatting and source do not count, and neither do change numbers:
 * ARM and the weekly file count them apart, and the same addresses are the same snapshot.
 */
export function contentHash(cloud: string, tags: readonly ServiceTag[]): string {
  const named = tags.map(({ name, prefixes }) => ({ key: name.toLowerCase(), prefixes })).sort((a, b) => (a.key < b.key ? -1 : 1));
  // Joined by the engine itself: a server reads one document a week, and a loop over two million characters would run as yet uncompiled.
  const lines = named.map(({ key, prefixes }) => (prefixes.length === 0 ? `${key}\n` : `${key}\n${prefixes.join("\n")}\n`));
  return createHash("sha256")
    .update(`${cloud.toLowerCase()}\n${lines.join("")}`)
    .digest("hex");
}
