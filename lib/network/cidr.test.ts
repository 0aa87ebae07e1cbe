import { BlockList } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ipv4Text, ipv6Text } from "./address";
import { type Cidr, compareCidrs, contains, edgesOf, formatCidr, overlaps, parseCidr, readCidr } from "./cidr";

/** The address after the last. */
const endOf = (one: Cidr): bigint => (one.family === 4 ? BigInt(edgesOf(one).end) : edgesOf(one).end);
const runs = { numRuns: 10_000 };
const anyIpv4 = fc.nat({ max: 0xffffffff });
/** Addresses of every shape: any, and such with runs of zeros in several places. */
const anyIpv6 = fc
  .array(fc.oneof(fc.constant(0), fc.constant(0), fc.nat({ max: 0xffff })), { minLength: 8, maxLength: 8 })
  .map((groups) => groups.reduce((sum, group) => (sum << 16n) | BigInt(group), 0n));
const cidrAt = (family: 4 | 6, address: bigint, bits: number): Cidr => {
  const host = BigInt((family === 4 ? 32 : 128) - bits);
  const base = (address >> host) << host;
  return family === 4 ? { family, base: Number(base), bits } : { family, base, bits };
};
const anyCidr = fc.oneof(
  fc.tuple(anyIpv4, fc.nat({ max: 32 })).map(([address, bits]) => cidrAt(4, BigInt(address), bits)),
  fc.tuple(anyIpv6, fc.nat({ max: 128 })).map(([address, bits]) => cidrAt(6, address, bits)),
);
const fault = (text: string, bareAddress = false): string => {
  const reading = readCidr(text, { bareAddress });
  return "fault" in reading ? reading.fault : "";
};

describe("reading a range", () => {
  it.each([
    ["20.42.0.240/28", "20.42.0.240/28"],
    ["0.0.0.0/0", "0.0.0.0/0"],
    ["255.255.255.255/32", "255.255.255.255/32"],
    ["2603:1030:210:1::2c0/122", "2603:1030:210:1::2c0/122"],
    ["2603:1030:0210:0001:0:0:0:02C0/122", "2603:1030:210:1::2c0/122"],
    ["::/0", "::/0"],
    ["::1/128", "::1/128"],
    ["1::/16", "1::/16"],
    ["1:0:0:2:0:0:0:3/128", "1:0:0:2::3/128"],
    ["1:0:0:2:3:0:0:4/128", "1::2:3:0:0:4/128"],
    ["1:0:2:3:4:5:6:7/128", "1:0:2:3:4:5:6:7/128"],
    ["::ffff:20.42.0.240/128", "::ffff:142a:f0/128"],
  ])("gives %s as %s", (text, canonical) => {
    expect(formatCidr(parseCidr(text))).toBe(canonical);
  });

  it("names the network when the range does not begin there", () => {
    expect(fault("20.42.0.245/28")).toBe(
      "“20.42.0.245/28” does not begin at its network address. Write 20.42.0.240/28, or 20.42.0.245/32.",
    );
    expect(fault("2603:1030:210:1::2c1/122")).toContain("Write 2603:1030:210:1::2c0/122, or 2603:1030:210:1::2c1/128.");
  });

  it("takes an address without a length only where that is allowed", () => {
    expect(fault("20.42.0.245")).toContain("write 20.42.0.245/32");
    expect(formatCidr(parseCidr("20.42.0.245", { bareAddress: true }))).toBe("20.42.0.245/32");
    expect(formatCidr(parseCidr("2603::1", { bareAddress: true }))).toBe("2603::1/128");
  });

  it.each([
    "",
    "/",
    "AzureCloud",
    "1.2.3/24",
    "1.2.3.4.5/32",
    "01.2.3.4/32",
    "256.0.0.0/8",
    "1.2.3.4 /32",
    "1::2::3/64",
    "12345::/16",
    "0x1.2.3.4/32",
  ])("refuses %j as no address", (text) => {
    expect(fault(text, true)).toContain("neither an IPv4 nor an IPv6 address");
  });

  it.each(["10.0.0.0/", "10.0.0.0/33", "10.0.0.0/08", "10.0.0.0/-1", "10.0.0.0/8/8", "::/129", "::/1.5", "::/1e1"])(
    "refuses the length of %s",
    (text) => {
      expect(fault(text)).toContain("no sound prefix length");
    },
  );

  it("refuses a zone, and throws an error that names the field", () => {
    expect(fault("fe80::1%eth0/128")).toContain("names a zone");
    expect(() => parseCidr("x", { field: "ranges.0" })).toThrow(
      expect.objectContaining({ code: "invalid_input", facts: expect.objectContaining({ field: "ranges.0" }) }),
    );
  });
});

describe("against Node's own reading", () => {
  it("writes every IPv6 address as the address of a URL is written, and reads it back from any spelling", () => {
    fc.assert(
      fc.property(anyIpv6, fc.boolean(), (address, isUpper) => {
        const hex = address.toString(16).padStart(32, "0");
        const long = (hex.match(/.{4}/g) ?? []).join(":");
        expect(`[${ipv6Text(address)}]`).toBe(new URL(`http://[${long}]`).hostname);
        expect(parseCidr(`${isUpper ? long.toUpperCase() : long}/128`)).toEqual({ family: 6, base: address, bits: 128 });
        expect(parseCidr(`${ipv6Text(address)}/128`)).toEqual({ family: 6, base: address, bits: 128 });
      }),
      runs,
    );
  });

  it("has the addresses that Node's block list has", () => {
    fc.assert(
      fc.property(anyCidr, fc.bigInt({ min: -3n, max: 3n }), fc.boolean(), (cidr, step, fromEnd) => {
        const width = cidr.family === 4 ? 32 : 128;
        const near = (fromEnd ? endOf(cidr) : BigInt(cidr.base)) + step;
        const address = BigInt.asUintN(width, near);
        const name = cidr.family === 4 ? "ipv4" : "ipv6";
        const list = new BlockList();
        const [network = ""] = formatCidr(cidr).split("/");
        list.addSubnet(network, cidr.bits, name);
        const text = cidr.family === 4 ? ipv4Text(Number(address)) : ipv6Text(address);
        expect(contains(cidr, parseCidr(`${text}/${width}`))).toBe(list.check(text, name));
      }),
      runs,
    );
  });
});

it("reads every range back as it was written", () => {
  fc.assert(
    fc.property(anyCidr, (cidr) => {
      expect(parseCidr(formatCidr(cidr))).toEqual(cidr);
    }),
    runs,
  );
});

it("overlaps exactly when one contains the other, and contains as the numbers say", () => {
  const near = fc.tuple(anyCidr, fc.bigInt({ min: 0n, max: 1n << 20n }), fc.nat({ max: 128 })).map(([a, step, bits]): [Cidr, Cidr] => {
    const width = a.family === 4 ? 32 : 128;
    return [a, cidrAt(a.family, BigInt.asUintN(width, BigInt(a.base) + step), Math.min(bits, width))];
  });
  fc.assert(
    fc.property(near, ([a, b]) => {
      expect(contains(a, b)).toBe(a.base <= b.base && endOf(b) <= endOf(a));
      expect(overlaps(a, b)).toBe(a.base < endOf(b) && b.base < endOf(a));
      expect(overlaps(a, b)).toBe(overlaps(b, a));
    }),
    runs,
  );
  expect(contains(parseCidr("0.0.0.0/0"), parseCidr("::1/128"))).toBe(false);
  expect(contains(parseCidr("::/0"), parseCidr("1.2.3.4/32"))).toBe(false);
});

it("puts IPv4 before IPv6, then by address, the wider first", () => {
  const texts = ["10.0.0.0/8", "10.0.0.0/16", "20.0.0.0/8", "2603::/16", "2603:1::/32"];
  expect(
    texts
      .toReversed()
      .map((text) => parseCidr(text))
      .toSorted(compareCidrs)
      .map(formatCidr),
  ).toEqual(texts);
});
