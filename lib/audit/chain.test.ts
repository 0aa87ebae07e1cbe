import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sha256 } from "@/lib/kernel/json";
import { genesisHash, linkHash, verifyLines } from "./chain";
import type { ExportLine } from "./export-line";

/** An export of `texts`; those at the positions `leftOut` are there by their hash alone. */
function exportOf(texts: string[], leftOut: number[] = []): ExportLine[] {
  let hash = genesisHash;
  const lines = texts.map((event, index): ExportLine => {
    hash = linkHash(hash, BigInt(index + 1), sha256(event));
    const sequence = String(index + 1);
    return leftOut.includes(index)
      ? { type: "left-out", sequence, eventHash: sha256(event), hash }
      : { type: "event", sequence, event, hash };
  });
  const head = { sequence: String(texts.length), hash };
  return [
    {
      type: "header",
      format: "bindery-audit/1",
      exportedAt: "2026-11-24T10:00:00Z",
      filter: {},
      from: "1",
      previousHash: genesisHash,
      head,
    },
    ...lines,
    { type: "footer", ...head, events: texts.length - leftOut.length, leftOut: leftOut.length },
  ];
}
const texts = Array.from({ length: 8 }, (_, index) => `{"summary":"event ${index + 1}"}`);
const verify = (lines: ExportLine[], known?: string) =>
  verifyLines(
    lines.map((line) => JSON.stringify(line)),
    known,
  );
const hashAt = (lines: ExportLine[], sequence: number): string => (lines[sequence] as { hash: string }).hash;

describe("an export", () => {
  test("verifies whole, filtered and empty, and tells what it holds", async () => {
    expect(await verify(exportOf(texts))).toMatchObject({ ok: true, events: 8, leftOut: 0, head: { sequence: "8" } });
    expect(await verify(exportOf(texts, [0, 3, 7]))).toMatchObject({ ok: true, events: 5, leftOut: 3 });
    expect(await verify(exportOf([]))).toMatchObject({ ok: true, events: 0, head: { sequence: "0", hash: genesisHash } });
  });

  test("with a link that is altered is broken at exactly that link, whatever was filtered out", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 8 }),
        fc.subarray([0, 1, 2, 3, 4, 5, 6, 7]),
        fc.constantFrom("content", "hash"),
        async (at, leftOut, part) => {
          const lines = exportOf(texts, leftOut);
          const line = lines[at] as Extract<ExportLine, { type: "event" }> & { eventHash?: string };
          if (part === "hash") line.hash = sha256("another");
          else if (line.type === "event") line.event = line.event.replace("event", "Event");
          else line.eventHash = sha256("another");
          expect(await verify(lines)).toMatchObject({ ok: false, at: String(at) });
        },
      ),
    );
  });

  test("without one of its links is broken at that sequence", async () => {
    for (let at = 1; at <= 8; at++) {
      const lines = exportOf(texts, [2, 5]).toSpliced(at, 1);
      expect(await verify(lines)).toMatchObject({ ok: false, at: String(at), why: expect.stringContaining("missing") as string });
    }
  });

  test("with a link that comes twice or two links that changed places is broken there", async () => {
    const lines = exportOf(texts);
    expect(await verify(lines.toSpliced(4, 0, lines[3]!))).toMatchObject({ ok: false, at: "3" });
    expect(await verify([...lines.slice(0, 3), lines[4]!, lines[3]!, ...lines.slice(5)])).toMatchObject({ ok: false, at: "3" });
  });

  test("whose end was cut off is broken where the cut is: after a line, before the closing line, and with the closing line put back", async () => {
    const lines = exportOf(texts);
    expect(await verify(lines.slice(0, 6))).toMatchObject({ ok: false, at: "6", why: expect.stringContaining("made up to 8") as string });
    expect(await verify(lines.slice(0, -1))).toMatchObject({ ok: false, at: "9", why: expect.stringContaining("closing line") as string });
    const closed = [...lines.slice(0, 6), { type: "footer", sequence: "5", hash: hashAt(lines, 5), events: 5, leftOut: 0 } as const];
    expect(await verify(closed)).toMatchObject({ ok: false, at: "6" });
  });

  test("that was shortened and closed again from end to end is found out by a hash that was noted down", async () => {
    const noted = hashAt(exportOf(texts), 8);
    const shortened = exportOf(texts.slice(0, 5));
    expect(await verify(shortened)).toMatchObject({ ok: true });
    expect(await verify(shortened, noted)).toMatchObject({ ok: false, at: "6" });
    expect(await verify(exportOf([...texts, "later"]), noted)).toMatchObject({ ok: true });
  });

  test("with other counts, a second header or lines behind its end does not verify", async () => {
    const lines = exportOf(texts);
    const footer = lines.at(-1) as Extract<ExportLine, { type: "footer" }>;
    expect(await verify([...lines.slice(0, -1), { ...footer, events: 7 }])).toMatchObject({ ok: false, at: "8" });
    expect(await verify([...lines.slice(0, 2), lines[0]!, ...lines.slice(2)])).toMatchObject({ ok: false, at: "line 3" });
    expect(await verify([...lines, lines[3]!])).toMatchObject({ ok: false, at: "line 11" });
  });
});

describe("what is no export", () => {
  test.each([
    ["nothing", "", "line 1"],
    ["other text", "sequence,at,action", "line 1"],
    ["a JSON value of another kind", "null", "line 1"],
    ["an export without its header", JSON.stringify(exportOf(texts)[1]), "line 1"],
  ])("is refused at its line: %s", async (_name, text, at) => {
    expect(await verifyLines([text])).toMatchObject({ ok: false, at });
  });

  test("is a line that says a thing twice, since two readers could read two things", async () => {
    const [header, event, ...rest] = exportOf(texts).map((line) => JSON.stringify(line));
    const twice = event?.replace('"event":', '"event":"{\\"summary\\":\\"forged\\"}","event":') ?? "";
    expect(JSON.parse(twice)).toEqual(JSON.parse(event ?? ""));
    expect(await verifyLines([header ?? "", twice, ...rest])).toMatchObject({ ok: false, at: "line 2" });
  });

  test("never makes the verifier fail by itself", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(fc.string(), fc.json())), async (lines) => {
        expect((await verifyLines(lines)).ok).toBe(false);
      }),
    );
  });
});
