import fc from "fast-check";
import { expect, it } from "vitest";
import { ipv6Text } from "../address";
import { formatCidr, overlaps, parseCidr, readCidr } from "../cidr";
import { whyNotPublic } from "../public-addresses";
import { quickCidr, quickIpv4, quickIpv6, shortest } from "./quick-prefix";

const runs = { numRuns: 10_000 };
const groups = new Uint16Array(8);

/** What the quick judgements stand for, by the slow way. */
function isSound(text: string, family: 4 | 6): boolean {
  const reading = readCidr(text);
  if (!("cidr" in reading)) return false;
  const { cidr } = reading;
  return cidr.family === family && formatCidr(cidr) === text && cidr.bits >= shortest[family] && whyNotPublic(cidr) === undefined;
}
const character = fc.constantFrom(..."0123456789abcdefAF:./ -".split(""));
/** False for the ranges of 172.16.0.0/12 and what surrounds it. */
const isQuick = (text: string): boolean => {
  const reading = readCidr(text);
  return "cidr" in reading && !overlaps(reading.cidr, parseCidr("172.16.0.0/12"));
};
/** Sound ranges, and such with one character put in, taken out or changed. */
const damaged = (sound: fc.Arbitrary<string>) =>
  fc.tuple(sound, fc.nat({ max: 45 }), fc.nat({ max: 2 }), character).map(([text, at, removed, put]) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + put + text.slice(place + removed);
  });
const ipv4 = fc
  .tuple(fc.constantFrom(20, 40, 52, 172, 10, 224), fc.nat({ max: 0xffffff }), fc.integer({ min: 6, max: 32 }))
  .map(([octet, rest, bits]) => {
    const address = octet * 2 ** 24 + rest;
    const base = address - (address % 2 ** (32 - bits));
    return formatCidr({ family: 4, base, bits });
  });
const ipv6 = fc
  .tuple(
    fc.constantFrom(0x2603, 0x2a01, 0x2001, 0xfe80, 0x4000),
    fc.array(fc.oneof(fc.constant(0), fc.constant(0), fc.nat({ max: 0xffff })), { minLength: 7, maxLength: 7 }),
    fc.integer({ min: 16, max: 128 }),
  )
  .map(([first, rest, bits]) => {
    const address = [first, ...rest].reduce((sum, group) => (sum << 16n) | BigInt(group), 0n);
    const host = BigInt(128 - bits);
    return `${ipv6Text((address >> host) << host)}/${bits}`;
  });

it("takes no IPv4 range that the careful reading would not take as it is written", () => {
  fc.assert(
    fc.property(fc.oneof(ipv4, damaged(ipv4)), (text) => {
      expect(quickIpv4(text) >= 0 && !isSound(text, 4)).toBe(false);
    }),
    runs,
  );
});

it("takes no IPv6 range that the careful reading would not take as it is written", () => {
  fc.assert(
    fc.property(fc.oneof(ipv6, damaged(ipv6)), (text) => {
      expect(quickIpv6(text, groups) >= 0 && !isSound(text, 6)).toBe(false);
    }),
    runs,
  );
});

it("takes what is sound and begins with bits that are all public, and reads it right", () => {
  fc.assert(
    fc.property(ipv4, (text) => {
      const reading = readCidr(text);
      const expected =
        /^(20|40|52|172)\./.test(text) && isQuick(text) && isSound(text, 4) && "cidr" in reading
          ? Number(reading.cidr.base) * 64 + reading.cidr.bits
          : -1;
      expect(quickIpv4(text)).toBe(expected);
      expect(quickCidr(text)).toEqual(expected < 0 || !("cidr" in reading) ? undefined : reading.cidr);
    }),
    runs,
  );
  fc.assert(
    fc.property(ipv6, (text) => {
      const bits = quickIpv6(text, groups);
      expect(bits >= 0).toBe(/^(2603|2a01):/.test(text) && isSound(text, 6));
      const reading = readCidr(text);
      expect(quickCidr(text)).toEqual(bits < 0 || !("cidr" in reading) ? undefined : reading.cidr);
    }),
    runs,
  );
});

it.each([
  "20.0.0.0/7",
  "20.42.0.240",
  "20.42.0.240/",
  "20.42.0.240/028",
  "20.42.0/24",
  "20.42.0.241/28",
  "020.42.0.0/16",
  "2.3.4.5.6/32",
  "",
])("looks again at %j", (text) => {
  expect(quickIpv4(text)).toBe(-1);
});

it.each([
  "2603:1030:210:1::2C0/122",
  "2603:1030:210:1:0:0:0:2c0/122",
  "2603:1030::210:1:0:0:2c0/122",
  "2603:1:2:3:4:5::7/128",
  "2603:0:0:1::1/128",
  "2603::0/32",
  "2603:1:2:3:4:5:6:7:8/128",
  "2603:1::2::3/128",
  "2603:::/32",
  "2603:/32",
  "2603::/19",
  "2603::",
])("looks again at %j", (text) => {
  expect(quickIpv6(text, groups) >= 0 && !isSound(text, 6)).toBe(false);
  expect(text === "2603:0:0:1::1/128" || quickIpv6(text, groups) === -1).toBe(true);
});
