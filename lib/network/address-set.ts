import { type Cidr, edgesOf } from "./cidr";

/** Neighbouring addresses: the first, and the one after the last. */
export type Interval<N extends number | bigint> = { readonly start: N; readonly end: N };
/** Any set of addresses. The intervals of a family are in order and neither overlap nor touch. */
export type AddressSet = { readonly ipv4: readonly Interval<number>[]; readonly ipv6: readonly Interval<bigint>[] };

/** The addresses of all these ranges together. */
export function addressSet(cidrs: Iterable<Cidr>): AddressSet {
  const ipv4: Interval<number>[] = [];
  const ipv6: Interval<bigint>[] = [];
  for (const cidr of cidrs) {
    if (cidr.family === 4) ipv4.push(edgesOf(cidr));
    else ipv6.push(edgesOf(cidr));
  }
  return { ipv4: merged(ipv4), ipv6: merged(ipv6) };
}

/** The addresses of all these IPv4 intervals together. */
export const ipv4Set = (intervals: readonly Interval<number>[]): AddressSet => ({ ipv4: merged(intervals), ipv6: [] });

/** The addresses of one set or the other. */
export const union = (a: AddressSet, b: AddressSet): AddressSet => ({
  ipv4: merged([...a.ipv4, ...b.ipv4]),
  ipv6: merged([...a.ipv6, ...b.ipv6]),
});

/** The addresses of `a` that are not in `b`. */
export const subtract = (a: AddressSet, b: AddressSet): AddressSet => ({
  ipv4: a.ipv4.flatMap((one) => without(one, b.ipv4)),
  ipv6: a.ipv6.flatMap((one) => without(one, b.ipv6)),
});

/** True when the set has every address of the range. */
export const holds = (set: AddressSet, cidr: Cidr): boolean =>
  cidr.family === 4 ? holdsAll(set.ipv4, edgesOf(cidr)) : holdsAll(set.ipv6, edgesOf(cidr));

/** True when the set has at least one address of the range. */
export const touches = (set: AddressSet, cidr: Cidr): boolean =>
  cidr.family === 4 ? holdsSome(set.ipv4, edgesOf(cidr)) : holdsSome(set.ipv6, edgesOf(cidr));

/** The shortest list of ranges that gives exactly this set, in order. */
export const collapse = ({ ipv4, ipv6 }: AddressSet): Cidr[] => [
  ...ipv4.flatMap(({ start, end }) =>
    blocks(BigInt(start), BigInt(end), 32).map(({ base, bits }): Cidr => ({ family: 4, base: Number(base), bits })),
  ),
  ...ipv6.flatMap(({ start, end }) => blocks(start, end, 128).map((block): Cidr => ({ family: 6, ...block }))),
];

/** Number of addresses in a set. */
export const sizeOfSet = ({ ipv4, ipv6 }: AddressSet): bigint =>
  ipv4.reduce((sum, { start, end }) => sum + BigInt(end - start), 0n) + ipv6.reduce((sum, { start, end }) => sum + end - start, 0n);

function merged<N extends number | bigint>(intervals: readonly Interval<N>[]): Interval<N>[] {
  const found: { start: N; end: N }[] = [];
  for (const { start, end } of intervals.toSorted((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0))) {
    const last = found.at(-1);
    if (last === undefined || start > last.end) found.push({ start, end });
    else if (end > last.end) last.end = end;
  }
  return found;
}

function without<N extends number | bigint>({ start, end }: Interval<N>, taken: readonly Interval<N>[]): Interval<N>[] {
  const left: Interval<N>[] = [];
  let from = start;
  for (let at = firstEndingAfter(taken, start); at < taken.length; at++) {
    const next = taken[at];
    if (next === undefined || next.start >= end) break;
    if (next.start > from) left.push({ start: from, end: next.start });
    from = next.end;
  }
  if (from < end) left.push({ start: from, end });
  return left;
}

function holdsAll<N extends number | bigint>(intervals: readonly Interval<N>[], { start, end }: Interval<N>): boolean {
  const found = intervals[firstEndingAfter(intervals, start)];
  return found !== undefined && found.start <= start && end <= found.end;
}

function holdsSome<N extends number | bigint>(intervals: readonly Interval<N>[], { start, end }: Interval<N>): boolean {
  const found = intervals[firstEndingAfter(intervals, start)];
  return found !== undefined && found.start < end;
}

/** Index of the first interval that ends after an address; their number when none does. */
function firstEndingAfter<N extends number | bigint>(intervals: readonly Interval<N>[], address: N): number {
  let low = 0;
  let high = intervals.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const one = intervals[middle];
    if (one !== undefined && one.end > address) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The fewest aligned blocks between two addresses: each the largest that begins there and does not reach over the end. */
function blocks(start: bigint, end: bigint, width: number): { base: bigint; bits: number }[] {
  const found: { base: bigint; bits: number }[] = [];
  for (let base = start, bits = width; base < end; base += 1n << BigInt(width - bits)) {
    bits = width;
    for (let size = 2n; bits > 0 && base % size === 0n && base + size <= end; size *= 2n) bits--;
    found.push({ base, bits });
  }
  return found;
}
