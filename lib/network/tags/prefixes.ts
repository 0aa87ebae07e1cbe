import { type Cidr, compareCidrs, formatCidr, readCidr } from "../cidr";
import { whyNotPublic } from "../public-addresses";
import type { FaultList } from "./faults";
import { quickCidr, quickIpv4, quickIpv6, shortest } from "./quick-prefix";

/** Groups of the range at hand and of the one before it, taken in turns. */
const groups: [Uint16Array, Uint16Array] = [new Uint16Array(8), new Uint16Array(8)];

/**
 * The ranges of one tag, canonical and in order. Where they come so already, which is so in all of Microsoft's files, they are taken as
 * they are; else each is read with care. Faults go to `faults`, under `path`.
 */
export function readPrefixes(tag: string, raw: readonly unknown[], path: string, faults: FaultList): readonly string[] {
  return areSoundInOrder(raw) ? raw : withCare(tag, raw, path, faults);
}

/** True when every range is canonical, public, not too wide and comes after the one before: so none is there twice. */
function areSoundInOrder(raw: readonly unknown[]): raw is readonly string[] {
  let last = -1;
  let at = 0;
  for (; at < raw.length; at++) {
    const text = raw[at];
    if (typeof text !== "string") return false;
    const place = quickIpv4(text);
    if (place < 0) break;
    if (place <= last) return false;
    last = place;
  }
  let lastBits = -1;
  for (let turn = 0; at < raw.length; at++, turn = 1 - turn) {
    const text = raw[at];
    if (typeof text !== "string") return false;
    const own = groups[turn === 0 ? 0 : 1];
    const bits = quickIpv6(text, own);
    if (bits < 0 || (lastBits >= 0 && compareGroups(own, groups[turn === 0 ? 1 : 0]) * 256 + bits - lastBits <= 0)) return false;
    lastBits = bits;
  }
  return true;
}

function compareGroups(a: Uint16Array, b: Uint16Array): number {
  for (let at = 0; at < 8; at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference < 0 ? -1 : 1;
  }
  return 0;
}

function withCare(tag: string, raw: readonly unknown[], path: string, faults: FaultList): string[] {
  const found: { cidr: Cidr; text: string }[] = [];
  const first = new Map<string, number>();
  for (const [index, prefix] of raw.entries()) {
    if (faults.isEnough) break;
    const judged = judgePrefix(prefix);
    const fault = "fault" in judged ? judged.fault : repeated(first.get(judged.text));
    if (fault !== undefined) {
      const shown = typeof prefix === "string" ? prefix.slice(0, 60).replace(/[^\x20-\x7e]/g, "\uFFFD") : undefined;
      faults.add(`${path}/${index}`, { text: `${tag}, range ${index + 1}: ${fault}`, tag, index, prefix: shown });
    } else if ("cidr" in judged) {
      first.set(judged.text, index);
      found.push(judged);
    }
  }
  return found.sort((a, b) => compareCidrs(a.cidr, b.cidr)).map(({ text }) => text);
}

const repeated = (earlier: number | undefined): string | undefined =>
  earlier === undefined ? undefined : `it is in this tag already, as range ${earlier + 1}. Each range may be there once.`;

/**
 * A range that may stand in a document, or why it may not. Too wide is an IPv4 range of more than a 256th of all addresses and an IPv6 range
 * wider than a /20: the widest of a real weekly file are a /14 and a /40, and whoever lets in something sixty times as wide by a mistake of
 * a document opens the API server to strangers.
 */
function judgePrefix(prefix: unknown): { cidr: Cidr; text: string } | { fault: string } {
  if (typeof prefix !== "string") return { fault: "it is no text. A range is a text such as 20.42.0.240/28." };
  if (/[^\x20-\x7e]/.test(prefix)) return { fault: "it has characters that no range has." };
  if (prefix.length > 60) return { fault: `“${prefix.slice(0, 60)}…” is too long for a range.` };
  const quick = quickCidr(prefix);
  if (quick !== undefined) return { cidr: quick, text: prefix };
  const reading = readCidr(prefix);
  if ("fault" in reading) return reading;
  const { cidr } = reading;
  const text = formatCidr(cidr);
  if (cidr.bits === 0) return { fault: `${text} is every address there is. A service tag never opens everything.` };
  const least = shortest[cidr.family];
  if (cidr.bits < least) return { fault: `${text} is wider than a /${least}, and no service has that many addresses.` };
  const special = whyNotPublic(cidr);
  return special === undefined ? { cidr, text } : { fault: `${text} ${special}` };
}
