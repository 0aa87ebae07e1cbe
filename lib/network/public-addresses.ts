import { type Cidr, contains, overlaps, parseCidr } from "./cidr";

/** A range that is no public address, and the name that its registry gives it. */
export type SpecialRange = { cidr: Cidr; range: string; name: string };

const special = (range: string, name: string): SpecialRange => ({ cidr: parseCidr(range), range, name });

/**
 * Ranges that are not reachable from everywhere: the entries of IANA's special-purpose registries (iana.org/assignments,
 * iana-ipv4-special-registry and iana-ipv6-special-registry) that are not “globally reachable”, and multicast.
 */
const specialRanges: readonly SpecialRange[] = [
  special("0.0.0.0/8", "“This network”"),
  special("10.0.0.0/8", "Private-Use"),
  special("100.64.0.0/10", "Shared Address Space"),
  special("127.0.0.0/8", "Loopback"),
  special("169.254.0.0/16", "Link Local"),
  special("172.16.0.0/12", "Private-Use"),
  special("192.0.0.0/24", "IETF Protocol Assignments"),
  special("192.0.2.0/24", "Documentation (TEST-NET-1)"),
  special("192.88.99.0/24", "Deprecated (6to4 Relay Anycast)"),
  special("192.168.0.0/16", "Private-Use"),
  special("198.18.0.0/15", "Benchmarking"),
  special("198.51.100.0/24", "Documentation (TEST-NET-2)"),
  special("203.0.113.0/24", "Documentation (TEST-NET-3)"),
  special("224.0.0.0/4", "Multicast"),
  special("240.0.0.0/4", "Reserved"),
  special("::/128", "Unspecified Address"),
  special("::1/128", "Loopback Address"),
  special("::ffff:0:0/96", "IPv4-mapped Address"),
  special("64:ff9b:1::/48", "IPv4-IPv6 Translation"),
  special("100::/64", "Discard-Only Address Block"),
  special("100:0:0:1::/64", "Dummy IPv6 Prefix"),
  special("2001::/23", "IETF Protocol Assignments"),
  special("2001:db8::/32", "Documentation"),
  special("2002::/16", "6to4"),
  special("3fff::/20", "Documentation"),
  special("5f00::/16", "Segment Routing (SRv6) SIDs"),
  special("fc00::/7", "Unique-Local"),
  special("fe80::/10", "Link-Local Unicast"),
  special("ff00::/8", "Multicast"),
];

/** Parts of the above that the same registries call globally reachable. */
const reachable: readonly Cidr[] = [
  "192.0.0.9/32",
  "192.0.0.10/32",
  "2001:1::1/128",
  "2001:1::2/128",
  "2001:1::3/128",
  "2001:3::/32",
  "2001:4:112::/48",
  "2001:20::/28",
  "2001:30::/28",
  "64:ff9b::/96",
].map((range) => parseCidr(range));

/** All that IANA has given out as public IPv6 so far. */
const globalUnicast = parseCidr("2000::/3");
const notGivenOut: SpecialRange = { cidr: globalUnicast, range: "outside 2000::/3", name: "not given out as Global Unicast" };

/** The special range that a range reaches into, or undefined when all its addresses are public. */
export function specialRangeOf(cidr: Cidr): SpecialRange | undefined {
  if (reachable.some((one) => contains(one, cidr))) return undefined;
  const found = specialRanges.find((one) => overlaps(one.cidr, cidr));
  if (found !== undefined || cidr.family === 4) return found;
  return contains(globalUnicast, cidr) ? undefined : notGivenOut;
}

/** Why a range is not public, as the end of a sentence that begins with it; undefined when it is. */
export function whyNotPublic(cidr: Cidr): string | undefined {
  const found = specialRangeOf(cidr);
  if (found === undefined) return undefined;
  if (found === notGivenOut) return "is no public address: IANA has given out none outside 2000::/3.";
  const relation = contains(found.cidr, cidr) ? "lies in" : "reaches into";
  return `is no public address: it ${relation} ${found.range}, ${found.name} in IANA's registry.`;
}

/** True for first 16 bits of IPv4 whose addresses are all public. */
export const isPublicIpv4Start = (start: number): boolean => specialIpv4Starts[start] === 0;

/** True for first 16 bits of IPv6 whose addresses are all public. */
export const isPublicIpv6Start = (start: number): boolean => start >= 0x2000 && start < 0x4000 && specialIpv6Starts[start] === 0;

/** 1 at the first 16 bits of every special address. */
const specialIpv4Starts = new Uint8Array(0x10000);
const specialIpv6Starts = new Uint8Array(0x10000);
for (const { cidr } of specialRanges) {
  const first = cidr.family === 4 ? Math.floor(cidr.base / 0x10000) : Number(cidr.base >> 112n);
  const starts = cidr.family === 4 ? specialIpv4Starts : specialIpv6Starts;
  starts.fill(1, first, first + 2 ** Math.max(0, 16 - cidr.bits));
}
