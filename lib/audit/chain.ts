import { sha256 } from "@/lib/kernel/json";

/** The hash before the first event. */
export const genesisHash = "0".repeat(64);

/** A link of the chain: hash = SHA-256(previous hash ‖ sequence ‖ SHA-256(event text)), each part as text. */
export function linkHash(previousHash: string, sequence: bigint, eventHash: string): string {
  return sha256(`${previousHash}${sequence}${eventHash}`);
}

/**
 * Lines of a JSONL export. It begins with a header and ends with a footer; every sequence between is there: with its event text when the
 * export's filter chose it, with the hash of that text alone otherwise. So every export verifies, whatever its filter.
 */
export type ExportLine =
  | { type: "header"; format: "bindery-audit/1"; exportedAt: string; filter: unknown; from: string; previousHash: string }
  | { type: "event"; sequence: string; event: string; hash: string }
  | { type: "left-out"; sequence: string; eventHash: string }
  | { type: "footer"; sequence: string; hash: string; events: number; leftOut: number };

/** What a verification found. `at`: the first bad sequence, or the line number when a line is not even readable. */
export type Verification =
  | { ok: true; events: number; leftOut: number; head: { sequence: string; hash: string } }
  | { ok: false; at: string; why: string };

type Walk = { sequence: bigint; hash: string; events: number; leftOut: number };

const bad = (at: string, why: string): Verification => ({ ok: false, at, why });

/** Verifies an export line by line, in constant memory, with nothing but the file itself. */
export async function verifyLines(lines: AsyncIterable<string> | Iterable<string>): Promise<Verification> {
  let walk: Walk | null = null;
  let footer: Extract<ExportLine, { type: "footer" }> | null = null;
  let number = 0;
  for await (const text of lines) {
    number += 1;
    if (text.trim() === "") continue;
    const line = parseLine(text);
    if (line === null) return bad(`line ${number}`, "This line is not a line of an audit export.");
    if (footer !== null) return bad(`line ${number}`, "There are lines behind the closing line.");
    if (walk === null) {
      if (line.type !== "header" || line.format !== "bindery-audit/1")
        return bad(`line ${number}`, "The export does not begin with its header.");
      walk = { sequence: BigInt(line.from) - 1n, hash: line.previousHash, events: 0, leftOut: 0 };
    } else if (line.type === "footer") footer = line;
    else if (line.type === "header") return bad(`line ${number}`, "There is a second header.");
    else {
      const fault = step(walk, line);
      if (fault !== null) return fault;
    }
  }
  if (walk === null) return bad("line 1", "The file is empty.");
  return close(walk, footer);
}

function step(walk: Walk, line: Extract<ExportLine, { type: "event" | "left-out" }>): Verification | null {
  const expected = walk.sequence + 1n;
  if (line.sequence !== expected.toString())
    return bad(expected.toString(), `Sequence ${expected} is missing: the next line is ${line.sequence}.`);
  const eventHash = line.type === "event" ? sha256(line.event) : line.eventHash;
  const hash = linkHash(walk.hash, expected, eventHash);
  if (line.type === "event" && sequenceIn(line.event) !== line.sequence)
    return bad(line.sequence, "The event's own sequence is another one.");
  if (line.type === "event" && line.hash !== hash)
    return bad(line.sequence, "The event or an event before it was altered: its hash does not fit the chain.");
  walk.sequence = expected;
  walk.hash = hash;
  if (line.type === "event") walk.events += 1;
  else walk.leftOut += 1;
  return null;
}

function close(walk: Walk, footer: Extract<ExportLine, { type: "footer" }> | null): Verification {
  const next = (walk.sequence + 1n).toString();
  if (footer === null) return bad(next, "The closing line is missing: the end of the file was cut off.");
  if (footer.sequence !== walk.sequence.toString())
    return bad(next, `The closing line names sequence ${footer.sequence}, but the events end at ${walk.sequence}: the tail is missing.`);
  if (footer.hash !== walk.hash)
    return bad(footer.sequence, "The chain does not end in the hash of the closing line: a left-out event was altered.");
  if (footer.events !== walk.events || footer.leftOut !== walk.leftOut)
    return bad(footer.sequence, "The closing line counts other events than the file holds.");
  return { ok: true, events: walk.events, leftOut: walk.leftOut, head: { sequence: footer.sequence, hash: footer.hash } };
}

function sequenceIn(event: string): string | null {
  try {
    return String((JSON.parse(event) as { sequence?: unknown }).sequence);
  } catch {
    return null;
  }
}

const shapes: Record<ExportLine["type"], string[]> = {
  header: ["format", "exportedAt", "from", "previousHash"],
  event: ["sequence", "event", "hash"],
  "left-out": ["sequence", "eventHash"],
  footer: ["sequence", "hash"],
};

function parseLine(text: string): ExportLine | null {
  let value: Record<string, unknown>;
  try {
    value = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return null;
  }
  const wanted = typeof value === "object" && value !== null ? shapes[value.type as ExportLine["type"]] : undefined;
  if (wanted === undefined || wanted.some((name) => typeof value[name] !== "string")) return null;
  if (value.type === "header" && !/^\d+$/.test(String(value.from))) return null;
  return value as ExportLine;
}
