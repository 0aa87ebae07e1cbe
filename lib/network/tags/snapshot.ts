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
  return createHash("sha256").update(`${cloud.toLowerCase()}\n`).update(linesOf(named)).digest("hex");
}

/** Names and ranges, all of them ASCII, a line each. As bytes and not as one text: joining ninety thousand texts costs more than their hash. */
function linesOf(tags: readonly { key: string; prefixes: readonly string[] }[]): Buffer {
  let length = 0;
  for (const { key, prefixes } of tags) {
    length += key.length + 1;
    for (const prefix of prefixes) length += prefix.length + 1;
  }
  const bytes = Buffer.allocUnsafe(length);
  let end = 0;
  for (const { key, prefixes } of tags) {
    end = writeLine(bytes, end, key);
    for (const prefix of prefixes) end = writeLine(bytes, end, prefix);
  }
  return bytes;
}

function writeLine(bytes: Buffer, start: number, text: string): number {
  for (let at = 0; at < text.length; at++) bytes[start + at] = text.charCodeAt(at);
  bytes[start + text.length] = 0x0a;
  return start + text.length + 1;
}
