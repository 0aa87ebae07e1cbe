import { BlockList, isIPv4 } from "node:net";

/** An IPv4 range: the address as it was written, as a number, and the length of its prefix (0–32). */
export type Ipv4Range = { text: string; address: number; bits: number };

/** Reads an address (a range of one) or a CIDR; null for anything else. Host bits are kept. */
export function readIpv4(text: string): Ipv4Range | null {
  const [, address = "", bits = "32"] = /^([\d.]+)(?:\/(\d{1,2}))?$/.exec(text) ?? [];
  if (!isIPv4(address) || Number(bits) > 32) return null;
  const number = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  return { text: address, address: number, bits: Number(bits) };
}

/** True when the address is not the first of its range. */
export function hasHostBits({ address, bits }: Ipv4Range): boolean {
  return address % 2 ** (32 - bits) !== 0;
}

/**
 * True for a range that nobody on the internet has. The three documentation networks (RFC 5737) count as public here: in the tenant's story they are
 * the offices and pipelines of Contoso. `0.0.0.0/0` and `0.0.0.0/32` mean something to AKS and are left to it.
 */
export function isPrivate({ text, bits }: Ipv4Range): boolean {
  return !(text === "0.0.0.0" && (bits === 0 || bits === 32)) && notPublic.check(text, "ipv4");
}

const notPublic = new BlockList();
for (const block of [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "224.0.0.0/3",
]) {
  const range = readIpv4(block);
  if (range !== null) notPublic.addSubnet(range.text, range.bits, "ipv4");
}
