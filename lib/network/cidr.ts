import { BinderyError } from "@/lib/kernel/errors";
import { addressFamily } from "@/lib/kernel/ip-address";
import { ipv4Number, ipv4Text, ipv6Number, ipv6Text } from "./address";

/** A range of addresses: its first address, and how many leading bits all its addresses share. IPv4 counts in numbers, IPv6 in bigints. */
export type Cidr = { family: 4; base: number; bits: number } | { family: 6; base: bigint; bits: number };
/** What a text was read as, or a sentence that names it and says what to write. */
export type CidrReading = { cidr: Cidr } | { fault: string };

/**
 * Reads a range such as `20.42.0.240/28` or `2603:1030:210:1::2c0/122`. A range that does not begin at its network address is refused
 * with the one that it probably means (AKS refuses it too). `bareAddress`: an address without a length is read as itself alone.
 */
export function readCidr(text: string, { bareAddress = false }: { bareAddress?: boolean } = {}): CidrReading {
  const slash = text.indexOf("/");
  const address = slash < 0 ? text : text.slice(0, slash);
  const family = addressFamily(address);
  if (family === undefined) return { fault: addressFault(text, address) };
  const width = family === 4 ? 32 : 128;
  if (slash < 0 && !bareAddress) return { fault: `“${text}” has no prefix length. For this address alone write ${text}/${width}.` };
  const length = slash < 0 ? String(width) : text.slice(slash + 1);
  if (!/^(0|[1-9]\d{0,2})$/.test(length) || Number(length) > width)
    return { fault: `“${text}” has no sound prefix length: after the slash stands a whole number from 0 to ${width}.` };
  const bits = Number(length);
  const written: Cidr = family === 4 ? { family, base: ipv4Number(address), bits } : { family, base: ipv6Number(address), bits };
  const network = networkOf(written);
  if (network.base !== written.base)
    return { fault: `“${text}” does not begin at its network address. Write ${formatCidr(network)}, or ${addressText(written)}/${width}.` };
  return { cidr: network };
}

/** As `readCidr`. Throws `invalid_input` that names `field`. */
export function parseCidr(text: string, options: { bareAddress?: boolean; field?: string } = {}): Cidr {
  const reading = readCidr(text, options);
  if ("cidr" in reading) return reading.cidr;
  throw new BinderyError("invalid_input", reading.fault, { field: options.field, remedy: "Correct the range and try again." });
}

function addressFault(text: string, address: string): string {
  if (address.includes("%")) return `“${text}” names a zone, which means something on one machine only. Leave out what begins with %.`;
  return `“${text}” is neither an IPv4 nor an IPv6 address with a prefix length, such as 20.42.0.240/28.`;
}

/** The range that an address with a length lies in: all bits after the length are made zero. */
function networkOf(cidr: Cidr): Cidr {
  if (cidr.family === 4) return { ...cidr, base: cidr.base - (cidr.base % sizeOfIpv4(cidr.bits)) };
  const hostBits = BigInt(128 - cidr.bits);
  return { ...cidr, base: (cidr.base >> hostBits) << hostBits };
}

/** Number of addresses of an IPv4 range with so many bits. */
const sizeOfIpv4 = (bits: number): number => ipv4Sizes[bits] ?? 0;
const ipv4Sizes = Array.from({ length: 33 }, (_, bits) => 2 ** (32 - bits));
const sizeOfIpv6 = (bits: number): bigint => 1n << BigInt(128 - bits);

/** The one way to write a range; IPv6 as in RFC 5952. */
export const formatCidr = (cidr: Cidr): string => `${addressText(cidr)}/${cidr.bits}`;

const addressText = (cidr: Cidr): string => (cidr.family === 4 ? ipv4Text(cidr.base) : ipv6Text(cidr.base));

/** First address of a range, and the one after its last. */
export function edgesOf(cidr: Extract<Cidr, { family: 4 }>): { start: number; end: number };
export function edgesOf(cidr: Extract<Cidr, { family: 6 }>): { start: bigint; end: bigint };
export function edgesOf({ family, base, bits }: Cidr): { start: number | bigint; end: number | bigint } {
  return family === 4 ? { start: base, end: base + sizeOfIpv4(bits) } : { start: base, end: base + sizeOfIpv6(bits) };
}

/** True when every address of `inner` lies in `outer`. */
export function contains(outer: Cidr, inner: Cidr): boolean {
  return outer.bits <= inner.bits && outer.family === inner.family && networkOf({ ...inner, bits: outer.bits }).base === outer.base;
}

/** True when the two have an address in common: then one contains the other. */
export const overlaps = (a: Cidr, b: Cidr): boolean => contains(a, b) || contains(b, a);

/** Order for lists: IPv4 before IPv6, then by first address, then the wider range first. */
export function compareCidrs(a: Cidr, b: Cidr): number {
  if (a.family !== b.family) return a.family - b.family;
  return a.base < b.base ? -1 : a.base > b.base ? 1 : a.bits - b.bits;
}
