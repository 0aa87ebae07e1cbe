import fc from "fast-check";
import { expect, it } from "vitest";
import { type Cidr, parseCidr } from "./cidr";
import { isPublicIpv4Start, isPublicIpv6Start, specialRangeOf, whyNotPublic } from "./public-addresses";

const why = (text: string): string | undefined => whyNotPublic(parseCidr(text));

it.each([
  "20.42.0.240/28",
  "168.63.129.16/32",
  "172.15.255.255/32",
  "172.32.0.0/11",
  "192.0.0.9/32",
  "192.31.196.0/24",
  "223.255.255.255/32",
  "2603:1030:210:1::2c0/122",
  "2001:4860::/32",
  "2001:20::/28",
  "64:ff9b::/96",
])("takes %s as public", (text) => {
  expect(why(text)).toBeUndefined();
});

it.each([
  ["0.0.0.0/32", "0.0.0.0/8, “This network”"],
  ["10.1.2.0/24", "10.0.0.0/8, Private-Use"],
  ["100.127.255.255/32", "Shared Address Space"],
  ["127.0.0.1/32", "Loopback"],
  ["169.254.169.254/32", "Link Local"],
  ["172.31.0.0/16", "172.16.0.0/12, Private-Use"],
  ["192.0.0.8/29", "IETF Protocol Assignments"],
  ["192.0.2.64/27", "TEST-NET-1"],
  ["192.168.0.0/24", "Private-Use"],
  ["198.19.0.0/16", "Benchmarking"],
  ["203.0.113.0/28", "TEST-NET-3"],
  ["255.255.255.255/32", "Reserved"],
  ["239.0.0.1/32", "Multicast"],
  ["::1/128", "Loopback Address"],
  ["::ffff:20.42.0.240/128", "IPv4-mapped"],
  ["2001:0:1::/48", "IETF Protocol Assignments"],
  ["2001:db8::/48", "Documentation"],
  ["fd00::/8", "Unique-Local"],
  ["fe80::/64", "Link-Local"],
  ["4000::/16", "none outside 2000::/3"],
  ["::/0", "reaches into ::/128"],
  ["0.0.0.0/0", "reaches into 0.0.0.0/8"],
  ["172.0.0.0/8", "reaches into 172.16.0.0/12"],
])("refuses %s by the name in the registry", (text, name) => {
  expect(why(text)).toContain(name);
});

it("never calls public by its first bits what is special", () => {
  const anyCidr = fc.oneof(
    fc
      .tuple(fc.nat({ max: 0xffffffff }), fc.integer({ min: 16, max: 32 }))
      .map(([address, bits]): Cidr => ({ family: 4, base: address - (address % 2 ** (32 - bits)), bits })),
    fc
      .tuple(fc.bigInt({ min: 1n << 125n, max: (1n << 126n) - 1n }), fc.integer({ min: 16, max: 128 }))
      .map(([address, bits]): Cidr => ({ family: 6, base: (address >> BigInt(128 - bits)) << BigInt(128 - bits), bits })),
  );
  fc.assert(
    fc.property(anyCidr, (cidr) => {
      const isQuick = cidr.family === 4 ? isPublicIpv4Start(Math.floor(cidr.base / 0x10000)) : isPublicIpv6Start(Number(cidr.base >> 112n));
      expect(isQuick && specialRangeOf(cidr) !== undefined).toBe(false);
    }),
    { numRuns: 10_000 },
  );
  const starts = ["20.42", "10.1", "172.31", "172.32", "192.0", "192.1"].map(
    (start) => Number(parseCidr(`${start}.0.0/16`).base) / 0x10000,
  );
  expect(starts.map(isPublicIpv4Start)).toEqual([true, false, false, true, false, true]);
  expect([0x2603, 0x2001, 0x2002, 0x3fff, 0x4000, 0xfe80].map(isPublicIpv6Start)).toEqual([true, false, false, false, false, false]);
});
