import { type Cidr, parseCidr } from "../cidr";
import { isPublicIpv4Start, isPublicIpv6Start } from "../public-addresses";

/**
 * Quick judgements over the ninety thousand ranges of a document. They say yes only to what is canonical, public and not too wide; whatever
 * they do not know for certain is read again with care by `readCidr`.
 */

const slash = 0x2f;
const dot = 0x2e;
const colon = 0x3a;
const zero = 0x30;

/** Shortest prefix lengths of a range in a document: see `judgePrefix`. */
export const shortest = { 4: 8, 6: 20 } as const;

/** Place of a sound IPv4 range in the order of ranges (`base · 64 + length`); −1 where a closer look is needed. */
export function quickIpv4(text: string): number {
  let base = 0;
  let at = 0;
  for (let end = dot, left = 3; left >= 0; left--) {
    if (left === 0) end = slash;
    let part = digitOf(text.charCodeAt(at++));
    if (part < 0) return -1;
    let code = text.charCodeAt(at++);
    for (let digit = digitOf(code); digit >= 0; digit = digitOf(code)) {
      part = part === 0 ? 256 : part * 10 + digit;
      if (part > 255) return -1;
      code = text.charCodeAt(at++);
    }
    if (code !== end) return -1;
    base = base * 256 + part;
  }
  const bits = lengthAfter(text, at - 1);
  if (bits < shortest[4] || bits > 32 || (bits < 32 && (base & (0xffffffff >>> bits)) !== 0)) return -1;
  const start = base >>> 16;
  for (let next = bits < 16 ? start + (1 << (16 - bits)) - 1 : start; next >= start; next--) if (!isPublicIpv4Start(next)) return -1;
  return base * 64 + bits;
}

/** Length of a sound IPv6 range, whose eight groups are put into `groups`; −1 where a closer look is needed. */
export function quickIpv6(text: string, groups: Uint16Array): number {
  const at = readGroups(text, groups);
  if (at < 0) return -1;
  const bits = lengthAfter(text, at);
  if (bits < shortest[6] || bits > 128 || !isPublicIpv6Start(groups[0] ?? 0)) return -1;
  return hasHostBits(groups, bits) ? -1 : bits;
}

/** A sound range as numbers; undefined where a closer look is needed. */
export function quickCidr(text: string): Cidr | undefined {
  const place = quickIpv4(text);
  if (place >= 0) return { family: 4, base: Math.floor(place / 64), bits: place % 64 };
  if (!text.includes(":")) return undefined;
  const groups = new Uint16Array(8);
  const bits = quickIpv6(text, groups);
  if (bits < 0) return undefined;
  return { family: 6, base: groups.reduce((sum, group) => (sum << 16n) | BigInt(group), 0n), bits };
}

/** A range of a snapshot as numbers, the quick way where that is certain. Throws `invalid_input` for a text that is no range. */
export const cidrOfPrefix = (text: string): Cidr => quickCidr(text) ?? parseCidr(text);

/** Reads canonical groups up to the slash, whose offset is given; −1 for anything that RFC 5952 writes otherwise. */
function readGroups(text: string, groups: Uint16Array): number {
  let count = 0;
  let gap = -1;
  let at = 0;
  for (;;) {
    let group = 0;
    const start = at;
    let code = text.charCodeAt(at);
    for (let digit = hexDigit(code); digit >= 0; digit = hexDigit(code)) {
      group = group * 16 + digit;
      code = text.charCodeAt(++at);
    }
    if (at - start > 4 || (at - start > 1 && text.charCodeAt(start) === zero)) return -1;
    if (at > start) {
      if (count === 8) return -1;
      groups[count++] = group;
    }
    if (code === slash) {
      if (at === start && gap !== count) return -1;
      break;
    }
    if (code !== colon || at === start) return -1;
    at++;
    if (text.charCodeAt(at) === colon) {
      if (gap >= 0) return -1;
      gap = count;
      at++;
    }
  }
  return place(groups, count, gap) ? at : -1;
}

/** Moves the groups after the gap to the end. False when RFC 5952 puts the gap elsewhere, or has none. */
function place(groups: Uint16Array, count: number, gap: number): boolean {
  const length = 8 - count;
  if (gap < 0) return length === 0 && longestRun(groups, 0, 8) < 2;
  if (length < 2) return false;
  const end = gap + length;
  for (let at = count - 1; at >= gap; at--) groups[at + length] = groups[at] ?? 0;
  for (let at = gap; at < end; at++) groups[at] = 0;
  if ((gap > 0 && groups[gap - 1] === 0) || (end < 8 && groups[end] === 0)) return false;
  return longestRun(groups, 0, gap) < length && longestRun(groups, end, 8) <= length;
}

/** Length of the longest run of zeros among some of the groups. */
function longestRun(groups: Uint16Array, from: number, to: number): number {
  let longest = 0;
  for (let at = from, run = 0; at < to; at++) {
    run = groups[at] === 0 ? run + 1 : 0;
    if (run > longest) longest = run;
  }
  return longest;
}

function hasHostBits(groups: Uint16Array, bits: number): boolean {
  const whole = bits >> 4;
  for (let at = whole + 1; at < 8; at++) if (groups[at] !== 0) return true;
  return whole < 8 && ((groups[whole] ?? 0) & (0xffff >> (bits & 15))) !== 0;
}

/** Value of a decimal digit; −1 for any other character, and after the end. */
const digitOf = (code: number): number => (code >= zero && code <= 0x39 ? code - zero : -1);

function hexDigit(code: number): number {
  if (code >= zero && code <= 0x39) return code - zero;
  return code >= 0x61 && code <= 0x66 ? code - 0x57 : -1;
}

/** The whole number from after the slash to the end; −1 for anything else. */
function lengthAfter(text: string, slashAt: number): number {
  const digits = text.length - slashAt - 1;
  const first = text.charCodeAt(slashAt + 1) - zero;
  if (digits < 1 || digits > 3 || first < 1 || first > 9) return -1;
  let bits = first;
  for (let at = slashAt + 2; at < text.length; at++) {
    const digit = text.charCodeAt(at) - zero;
    if (digit < 0 || digit > 9) return -1;
    bits = bits * 10 + digit;
  }
  return bits;
}
