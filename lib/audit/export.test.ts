import { beforeAll, describe, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing";
import { verifyLines } from "./chain";
import { readEventText } from "./event";
import { exportAudit } from "./export";
import { person, record } from "./testing";
import { verifyStored } from "./verify-stored";

testDatabase();

const auditor = person("Marcus", ["Auditor"]);
const ada = person("Ada", ["Requester"]);
type Line = { type: string; sequence: string; event: string };
const linesOf = (text: string): Line[] =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);

/** Makes one stored row say what it never said, as somebody would who owns the database. */
async function tamper(sequence: bigint, set: string): Promise<void> {
  await db().$executeRawUnsafe(`ALTER TABLE audit_event DISABLE TRIGGER audit_event_append_only`);
  await db().$executeRawUnsafe(`UPDATE audit_event SET ${set} WHERE sequence = ${sequence}`);
  await db().$executeRawUnsafe(`ALTER TABLE audit_event ENABLE ALWAYS TRIGGER audit_event_append_only`);
}

beforeAll(async () => {
  await record({ actor: ada, summary: '=HYPERLINK("https://evil.example","click")' });
  await record({ actor: person("Grace", ["Approver"]), action: "request-approved", summary: 'Approved, "with care"\nand a new line' });
  await record({ tid: "99999999-9999-4999-8999-999999999999", summary: "Another tenant's event" });
  await record({ actor: ada, action: "request-withdrawn", after: { "+cmd": ["@SUM(1)"] } });
});

describe("a JSONL export", () => {
  test("verifies with nothing but itself, and ends with the event of its own making", async () => {
    const response = await exportAudit(auditor, { format: "jsonl" });
    expect(response.headers.get("content-disposition")).toMatch(/^attachment; filename="bindery-audit-[\dTZ-]+\.jsonl"$/);
    const text = await response.text();
    expect(await verifyLines(text.split("\n"))).toMatchObject({ ok: true });
    const last = readEventText(linesOf(text).at(-2)?.event ?? "");
    expect(last).toMatchObject({ action: "audit-exported", actor: { oid: auditor.oid }, detail: { filter: {} } });
  });

  test("verifies when filtered: what the filter leaves out, and what belongs to another tenant, is there by its hash alone", async () => {
    const text = await (await exportAudit(auditor, { format: "jsonl", actor: "ada" })).text();
    expect(await verifyLines(text.split("\n"))).toMatchObject({ ok: true, events: 2 });
    expect(
      linesOf(text)
        .slice(1, 5)
        .map((line) => line.type),
    ).toEqual(["event", "left-out", "left-out", "event"]);
    expect(text).not.toContain("with care");
    const whole = await (await exportAudit(auditor, { format: "jsonl" })).text();
    expect(whole).not.toContain("Another tenant");
  });

  test("verifies while others append, up to the head at its start", async () => {
    const response = await exportAudit(auditor, { format: "jsonl" });
    await Promise.all([record(), record(), record()]);
    const text = await response.text();
    expect(await verifyLines(text.split("\n"))).toMatchObject({ ok: true });
    expect(BigInt(linesOf(text).at(-1)?.sequence ?? "0")).toBeLessThan((await db().auditHead.findFirstOrThrow()).sequence);
  });

  test("stops asking the database when its reader goes away", async () => {
    const response = await exportAudit(auditor, { format: "jsonl" });
    const reader = response.body?.getReader();
    expect((await reader?.read())?.done).toBe(false);
    await reader?.cancel();
    expect((await reader?.read())?.done).toBe(true);
  });
});

describe("a CSV export", () => {
  test("gives a spreadsheet no formula, quotes what it must, and holds what the filter chose", async () => {
    const response = await exportAudit(auditor, { format: "csv", outcome: "ok", actor: "a" });
    const text = await response.text();
    const [header] = text.split("\r\n");
    expect(header).toMatch(/^sequence,at,action,outcome,actorName,actorOid,summary,/);
    expect(text).toContain(`"'=HYPERLINK(""https://evil.example"",""click"")"`);
    expect(text).toContain('"Approved, ""with care""\nand a new line"');
    expect(text).not.toMatch(/(^|,)"?[=+@]/m);
    expect(text).not.toContain("Another tenant");
  });
});

describe("exporting", () => {
  test.each([["Requester"], ["Approver"], ["Administrator"]])(
    "is refused to a person who is only %s, and leaves no event",
    async (role) => {
      const count = await db().auditEvent.count();
      await expect(exportAudit(person("Eve", [role]), { format: "jsonl" })).rejects.toMatchObject({ code: "forbidden" });
      expect(await db().auditEvent.count()).toBe(count);
    },
  );
});

describe("a record that somebody altered in the database", () => {
  test("is found out at the first bad sequence, in an export and in place, whether a text, a filter's column or a hash was altered", async () => {
    expect(await verifyStored()).toMatchObject({ ok: true });
    const { event, hash } = await db().auditEvent.findUniqueOrThrow({ where: { sequence: 2n } });
    await tamper(2n, `event = replace(event, 'with care', 'carefully')`);
    const text = await (await exportAudit(auditor, { format: "jsonl" })).text();
    expect(await verifyLines(text.split("\n"))).toMatchObject({ ok: false, at: "2" });
    expect(await verifyStored()).toMatchObject({ ok: false, at: "2" });
    await tamper(2n, `event = '${event.replaceAll("'", "''")}'`);
    await tamper(2n, `"actorOid" = 'somebody-else'`);
    expect(await verifyStored()).toMatchObject({ ok: false, at: "2", why: expect.stringContaining("columns") as string });
    await tamper(2n, `"actorOid" = 'grace'`);
    expect(await verifyStored(hash)).toMatchObject({ ok: true });
    expect(await verifyStored("0".repeat(63) + "1")).toMatchObject({ ok: false });
  });

  test("is found out when its tail was cut off together with the head", async () => {
    const noted = await db().auditHead.findFirstOrThrow();
    const before = await db().auditEvent.findUniqueOrThrow({ where: { sequence: noted.sequence - 1n } });
    await db().$executeRawUnsafe(`ALTER TABLE audit_event DISABLE TRIGGER audit_event_append_only`);
    await db().$executeRawUnsafe(`DELETE FROM audit_event WHERE sequence = ${noted.sequence}`);
    expect(await verifyStored()).toMatchObject({ ok: false, at: noted.sequence.toString() });
    await db().$executeRawUnsafe(`UPDATE audit_head SET sequence = ${before.sequence}, hash = '${before.hash}'`);
    expect(await verifyStored()).toMatchObject({ ok: true });
    expect(await verifyStored(noted.hash)).toMatchObject({ ok: false, at: noted.sequence.toString() });
  });
});
