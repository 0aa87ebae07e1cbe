import { z } from "zod";

const Sequence = z.string().regex(/^(0|[1-9]\d{0,18})$/);
const Hash = z.string().regex(/^[0-9a-f]{64}$/);
const Head = z.object({ sequence: Sequence, hash: Hash });

/**
 * Lines of a JSONL export. It begins with a header, which names the head of the chain at that time, and ends with a footer. Every sequence
 * between is there: with the event's text when the filter chose it, with the hash of that text alone otherwise. So every export verifies.
 */
const Line = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("header"),
    format: z.literal("bindery-audit/1"),
    exportedAt: z.string(),
    filter: z.unknown(),
    from: Sequence.refine((text) => text !== "0"),
    previousHash: Hash,
    head: Head,
  }),
  z.object({ type: z.literal("event"), sequence: Sequence, event: z.string(), hash: Hash }),
  z.object({ type: z.literal("left-out"), sequence: Sequence, eventHash: Hash, hash: Hash }),
  z.object({ type: z.literal("footer"), sequence: Sequence, hash: Hash, events: z.int(), leftOut: z.int() }),
]);
export type ExportLine = z.output<typeof Line>;

/** Reads a line; null when it is none, or not written as an export writes it: a member given twice could tell two readers two things. */
export function parseLine(text: string): ExportLine | null {
  try {
    const value: unknown = JSON.parse(text);
    return JSON.stringify(value) === text ? (Line.safeParse(value).data ?? null) : null;
  } catch {
    return null;
  }
}
