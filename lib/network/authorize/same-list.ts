import { formatCidr, readCidr } from "../cidr";

/** An entry for comparing: AKS writes an address alone as a /32, and a service tag is compared without its case. */
export function entryKey(raw: string): string {
  const reading = readCidr(raw, { bareAddress: true });
  return "cidr" in reading ? formatCidr(reading.cidr) : raw.toLowerCase();
}

/** Entries for comparing: each once, in order. */
export const entryKeys = (raws: readonly string[]): string[] => [...new Set(raws.map(entryKey))].sort();

/** True when both lists let in the same; their order does not count. */
export const sameList = (a: readonly string[], b: readonly string[]): boolean => entryKeys(a).join() === entryKeys(b).join();
