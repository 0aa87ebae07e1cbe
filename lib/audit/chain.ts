import { sha256 } from "@/lib/kernel/json";
import { type ExportLine, parseLine } from "./export-line";

/** The hash before the first event. */
export const genesisHash = "0".repeat(64);

/** The hash of a link: SHA-256 of the text `previous hash ‖ sequence in decimal ‖ SHA-256 of the event's text`; hashes are lower-case hex. */
export function linkHash(previousHash: string, sequence: bigint, eventHash: string): string {
  return sha256(`${previousHash}${sequence}${eventHash}`);
}

/** A link by which the chain up to it is known. `sequence` is decimal text. */
export type Head = { sequence: string; hash: string };

/** What a verification found. `at`: the first bad sequence, or the line's number when a line is not even readable. */
export type Verification = { ok: true; events: number; leftOut: number; head: Head } | { ok: false; at: string; why: string };

type Header = Extract<ExportLine, { type: "header" }>;
type Footer = Extract<ExportLine, { type: "footer" }>;
type Walk = { header: Header; sequence: bigint; hash: string; events: number; leftOut: number; knownSeen: boolean };

const bad = (at: string, why: string): Verification => ({ ok: false, at, why });

/**
 * Verifies the lines of a JSONL export, one at a time in constant memory, with nothing but the file. A chain is only as good as its end:
 * whoever can rewrite the whole file can shorten it and close it again. `known`, a hash that was noted down before, finds that out.
 */
export async function verifyLines(lines: AsyncIterable<string> | Iterable<string>, known?: string): Promise<Verification> {
  let walk: Walk | null = null;
  let footer: Footer | null = null;
  let number = 0;
  for await (const text of lines) {
    number += 1;
    if (text === "") continue;
    const line = parseLine(text);
    if ("fault" in line) return bad(`line ${number}`, `This is not a line of an audit export: ${line.fault}.`);
    if (footer !== null) return bad(`line ${number}`, "There are lines behind the closing line.");
    if (walk === null) {
      if (line.type !== "header") return bad(`line ${number}`, "The export does not begin with its header.");
      walk = begin(line, known);
    } else if (line.type === "header") return bad(`line ${number}`, "There is a second header.");
    else if (line.type === "footer") footer = line;
    else {
      const fault = step(walk, line, known);
      if (fault !== null) return fault;
    }
  }
  return walk === null ? bad("line 1", "The file is empty.") : close(walk, footer, known);
}

function begin(header: Header, known: string | undefined): Walk {
  const knownSeen = known === undefined || known === header.previousHash;
  return { header, sequence: BigInt(header.from) - 1n, hash: header.previousHash, events: 0, leftOut: 0, knownSeen };
}

function step(walk: Walk, line: Exclude<ExportLine, Header | Footer>, known: string | undefined): Verification | null {
  const expected = walk.sequence + 1n;
  const found = BigInt(line.sequence);
  if (found < expected) return bad(line.sequence, `Sequence ${found} comes again, or too late: ${expected} is expected here.`);
  if (found > expected) return bad(expected.toString(), `Sequence ${expected} is missing: the next line is ${found}.`);
  const hash = linkHash(walk.hash, expected, line.type === "event" ? sha256(line.event) : line.eventHash);
  if (line.hash !== hash) return bad(line.sequence, "This event was altered (or the one before it, with its hash): its hash does not fit.");
  walk.sequence = expected;
  walk.hash = hash;
  walk.knownSeen ||= hash === known;
  if (line.type === "event") walk.events += 1;
  else walk.leftOut += 1;
  return null;
}

function close(walk: Walk, footer: Footer | null, known: string | undefined): Verification {
  const { header, sequence, hash, events, leftOut } = walk;
  const next = (sequence + 1n).toString();
  const cut = `the events end at ${sequence}, and the export was made up to ${header.head.sequence}`;
  if (sequence < BigInt(header.head.sequence)) return bad(next, `The tail is missing: ${cut}.`);
  if (sequence > BigInt(header.head.sequence)) return bad(sequence.toString(), `There are events too many: ${cut}.`);
  if (footer === null) return bad(next, "The closing line is missing: the end of the file was cut off.");
  for (const { hash: told, sequence: at } of [header.head, footer])
    if (told !== hash || at !== sequence.toString())
      return bad(sequence.toString(), "The chain does not end in the head that the export names.");
  if (footer.events !== events || footer.leftOut !== leftOut)
    return bad(sequence.toString(), "The closing line counts other events than the file holds.");
  if (!walk.knownSeen)
    return bad(next, `The hash ${known} is nowhere in this chain: it was rewritten, or its tail with that hash was cut off.`);
  return { ok: true, events, leftOut, head: { sequence: sequence.toString(), hash } };
}
