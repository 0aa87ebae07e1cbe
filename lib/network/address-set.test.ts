import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AddressSet, addressSet, collapse, holds, sizeOfSet, subtract, touches, union } from "./address-set";
import { type Cidr, formatCidr, parseCidr } from "./cidr";

/** 256 neighbouring addresses somewhere, as small as to be looked at one by one. */
type World = { family: 4 | 6; origin: bigint };
const worlds: World[] = [
  ...[0n, 0x142a0000n, 0x7fffff80n & ~0xffn, 0x80000000n, 0xffffff00n].map((origin): World => ({ family: 4, origin })),
  ...[0n, 0x2603103002100001n << 64n, (1n << 64n) - 256n, 1n << 127n, (1n << 128n) - 256n].map((origin): World => ({ family: 6, origin })),
];
const cidrIn = ({ family, origin }: World, offset: number, hostBits: number): Cidr => {
  const base = origin + BigInt(offset - (offset % 2 ** hostBits));
  return family === 4 ? { family, base: Number(base), bits: 32 - hostBits } : { family, base, bits: 128 - hostBits };
};
/** Which of the 256 addresses the ranges have, looked at bit by bit. */
function looked({ origin }: World, cidrs: readonly Cidr[]): boolean[] {
  const prefixes = cidrs.map(({ family, base, bits }) => {
    const hostBits = (family === 4 ? 32 : 128) - bits;
    return { hostBits, leading: Number(BigInt(base) - origin) >> hostBits };
  });
  return Array.from({ length: 256 }, (_, at) => prefixes.some(({ hostBits, leading }) => at >> hostBits === leading));
}
const drawn = (taken: readonly boolean[]): string => taken.map((is) => (is ? "x" : ".")).join("");
const someCidrs = (world: World, maxLength = 8) =>
  fc.array(
    fc.tuple(fc.nat({ max: 255 }), fc.nat({ max: 8 })).map(([offset, hostBits]) => cidrIn(world, offset, hostBits)),
    { maxLength },
  );
const scene = fc
  .constantFrom(...worlds)
  .chain((world) =>
    fc.record({ world: fc.constant(world), a: someCidrs(world), b: someCidrs(world), one: someCidrs(world, 1), bits: fc.nat({ max: 8 }) }),
  );
const runs = { numRuns: 10_000 };

/** The fewest aligned blocks that give these addresses, found by halving. */
function fewest(taken: readonly boolean[]): number {
  if (taken.every(Boolean)) return 1;
  if (!taken.some(Boolean)) return 0;
  return fewest(taken.slice(0, taken.length / 2)) + fewest(taken.slice(taken.length / 2));
}
const inOrder = (set: AddressSet): boolean =>
  [set.ipv4, set.ipv6].every((intervals: readonly { start: number | bigint; end: number | bigint }[]) =>
    intervals.every(({ start, end }, at) => {
      const before = intervals[at - 1];
      return start < end && (before === undefined || before.end < start);
    }),
  );

describe("sets of addresses, against a look at each of 256 addresses in ten places", () => {
  it("unite", () => {
    fc.assert(
      fc.property(scene, ({ world, a, b }) => {
        const set = union(addressSet(a), addressSet(b));
        expect(inOrder(set)).toBe(true);
        expect(drawn(looked(world, collapse(set)))).toBe(drawn(looked(world, [...a, ...b])));
      }),
      runs,
    );
  });

  it("subtract", () => {
    fc.assert(
      fc.property(scene, ({ world, a, b }) => {
        const set = subtract(addressSet(a), addressSet(b));
        const taken = looked(world, b);
        expect(inOrder(set)).toBe(true);
        expect(drawn(looked(world, collapse(set)))).toBe(drawn(looked(world, a).map((has, at) => has && !taken[at])));
      }),
      runs,
    );
  });

  it("collapse to the fewest ranges, and know their size", () => {
    fc.assert(
      fc.property(scene, ({ world, a }) => {
        const has = looked(world, a);
        expect(collapse(addressSet(a)).length).toBe(fewest(has));
        expect(sizeOfSet(addressSet(a))).toBe(BigInt(has.filter(Boolean).length));
      }),
      runs,
    );
  });

  it("know whether they hold a range, or touch it", () => {
    fc.assert(
      fc.property(scene, fc.nat({ max: 255 }), ({ world, a, bits }, offset) => {
        const range = cidrIn(world, offset, bits);
        const asked = looked(world, [range]).flatMap((is, at) => (is ? [at] : []));
        const has = looked(world, a);
        expect(holds(addressSet(a), range)).toBe(asked.every((at) => has[at]));
        expect(touches(addressSet(a), range)).toBe(asked.some((at) => has[at]));
      }),
      runs,
    );
  });
});

it("keeps the families apart, and reaches from end to end", () => {
  const all = addressSet(["0.0.0.0/0", "::/0"].map((text) => parseCidr(text)));
  expect(sizeOfSet(all)).toBe((1n << 32n) + (1n << 128n));
  expect(collapse(all).map(formatCidr)).toEqual(["0.0.0.0/0", "::/0"]);
  expect(subtract(all, addressSet([parseCidr("::/0")])).ipv6).toEqual([]);
  expect(holds(addressSet([parseCidr("::/0")]), parseCidr("1.2.3.4/32"))).toBe(false);
  expect(collapse(subtract(all, addressSet([parseCidr("128.0.0.0/1")]))).map(formatCidr)).toEqual(["0.0.0.0/1", "::/0"]);
});
