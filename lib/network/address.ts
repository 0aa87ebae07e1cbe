/** Addresses as numbers: IPv4 as a number from 0 to 2³² − 1, IPv6 as a bigint. The texts that come in are sound: `addressFamily` has said so. */

const dot = 0x2e;
const zero = 0x30;

/** Number of a sound IPv4 address. */
export function ipv4Number(text: string): number {
  let sum = 0;
  let part = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === dot) {
      sum = sum * 256 + part;
      part = 0;
    } else part = part * 10 + code - zero;
  }
  return sum * 256 + part;
}

/** Number of a sound IPv6 address, also one that ends as an IPv4 address. */
export function ipv6Number(text: string): bigint {
  const [head = "", tail] = text.split("::");
  const first = groupsOf(head);
  const last = tail === undefined ? [] : groupsOf(tail);
  const between = Array.from({ length: 8 - first.length - last.length }, () => 0);
  return [...first, ...between, ...last].reduce((sum, group) => (sum << 16n) | BigInt(group), 0n);
}

function groupsOf(text: string): number[] {
  if (text === "") return [];
  return text.split(":").flatMap((part) => {
    if (!part.includes(".")) return [Number.parseInt(part, 16)];
    const embedded = ipv4Number(part);
    return [Math.floor(embedded / 65_536), embedded % 65_536];
  });
}

/** An IPv4 address as text. */
export function ipv4Text(address: number): string {
  return `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;
}

/** An IPv6 address as RFC 5952 writes it: lower case, no leading zeros, the longest run of two or more zero groups (the first of equals) as `::`. */
export function ipv6Text(address: bigint): string {
  const groups = Array.from({ length: 8 }, (_, at) => Number((address >> BigInt(112 - 16 * at)) & 0xffffn));
  const { start, length } = longestZeros(groups);
  const hex = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(":");
  return length < 2 ? hex(groups) : `${hex(groups.slice(0, start))}::${hex(groups.slice(start + length))}`;
}

/** The longest run of zeros among eight groups, the first of equals; length 0 when there is none. */
function longestZeros(groups: readonly number[]): { start: number; length: number } {
  let start = 0;
  let length = 0;
  for (let at = 0, run = 0; at < groups.length; at++) {
    run = groups[at] === 0 ? run + 1 : 0;
    if (run > length) {
      length = run;
      start = at - run + 1;
    }
  }
  return { start, length };
}
