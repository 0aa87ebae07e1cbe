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

/** Reads a line, or tells what keeps it from being one. One that is written otherwise than an export writes it is none: a member given twice could tell two readers two things. */
export function parseLine(text: string): ExportLine | { fault: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { fault: "it is no JSON" };
  }
  if (JSON.stringify(value) !== text) return { fault: "its JSON is written in another way than an export writes it" };
  const { data, error } = Line.safeParse(value);
  return data ?? { fault: `its ${error?.issues[0]?.path.join(".") || "form"} is not that of an export` };
}
