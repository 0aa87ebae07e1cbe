import { describe, expect, test } from "vitest";
import { proveActor } from "@/lib/auth/actor";
import { db, transaction } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing";
import { canonicalJson, sha256 } from "@/lib/kernel/json";
import { appendAudit, type AuditInput } from "./append";
import { genesisHash, linkHash } from "./chain";
import { readEventText } from "./event";

testDatabase();

const tid = "11111111-1111-4111-8111-111111111111";
const input: AuditInput = { tid, action: "request-submitted", outcome: "ok", summary: "Request 1: give access" };
const append = (more: Partial<AuditInput> = {}) => transaction((tx) => appendAudit(tx, { ...input, ...more }));
const newest = () => db().auditEvent.findFirstOrThrow({ orderBy: { sequence: "desc" } });

describe("an appended event", () => {
  test("is canonical text whose hash hangs on the link before it, and the head follows", async () => {
    await append();
    await append({ action: "request-approved" });
    const [first, second] = await db().auditEvent.findMany({ orderBy: { sequence: "asc" } });
    expect(first).toMatchObject({ sequence: 1n, previousHash: genesisHash });
    expect(second).toMatchObject({ sequence: 2n, previousHash: first?.hash, action: "request-approved" });
    for (const row of [first, second]) {
      expect(canonicalJson(JSON.parse(row?.event ?? ""))).toBe(row?.event);
      expect(row?.eventHash).toBe(sha256(row?.event ?? ""));
      expect(row?.hash).toBe(linkHash(row?.previousHash ?? "", row?.sequence ?? 0n, row?.eventHash ?? ""));
    }
    expect(await db().auditHead.findFirst()).toEqual({ id: 1, sequence: 2n, hash: second?.hash });
  });

  test("names the person with the strength of the sign-in, and nothing of the account", async () => {
    const authTime = new Date("2026-11-24T08:00:00.000Z");
    const actor = proveActor({
      tid,
      oid: "0a",
      personKey: "0a",
      homeAccountId: "home-account",
      name: "Ada\u0000 Byron",
      upn: "ada@contoso.com",
      portalRoles: ["Requester"],
      sessionId: "s1",
      authTime,
      acrs: ["c1"],
      amr: ["mfa"],
      ip: "192.0.2.7",
      userAgent: "Firefox",
    });
    await append({ actor, subject: { type: "request", id: "r1" } });
    const row = await newest();
    expect(row).toMatchObject({ actorOid: "0a", actorName: "Ada\uFFFD Byron", subjectType: "request", subjectId: "r1" });
    expect(readEventText(row.event).actor).toEqual({
      oid: "0a",
      name: "Ada\u0000 Byron",
      sessionId: "s1",
      acrs: ["c1"],
      amr: ["mfa"],
      authTime: authTime.toISOString(),
      ip: "192.0.2.7",
      userAgent: "Firefox",
    });
    expect(row.event).not.toContain("home-account");
  });

  test("keeps every other part of a change but no secret", async () => {
    const roles = Array.from({ length: 150 }, (_, index) => ({ name: `role-${index}` }));
    const after = {
      roles,
      accessToken: "abc",
      note: "Bearer abc.def",
      endsAt: new Date(0),
      sequence: 5n,
      code: "rights_needed",
      privateCluster: true,
    };
    await append({ before: undefined, after, detail: { code: "0.AXoA1-secret.9" } });
    const event = readEventText((await newest()).event);
    expect(event.before).toBeNull();
    expect(event.after).toEqual({
      roles,
      accessToken: "[redacted]",
      note: "[redacted]",
      endsAt: "1970-01-01T00:00:00.000Z",
      sequence: "5",
      code: "rights_needed",
      privateCluster: true,
    });
    expect(event.detail).toEqual({ code: "[redacted]" });
  });

  test("goes with its transaction: a change that fails leaves no event", async () => {
    const head = await db().auditHead.findFirst();
    const failing = transaction(async (tx) => {
      await appendAudit(tx, input);
      throw new Error("the change failed");
    });
    await expect(failing).rejects.toThrow("the change failed");
    expect(await db().auditHead.findFirst()).toEqual(head);
    expect((await newest()).sequence).toBe(head?.sequence);
  });
});

describe("the record", () => {
  test.each([
    ["an update", `UPDATE audit_event SET outcome = 'ok'`],
    ["a deletion", `DELETE FROM audit_event`],
    ["a truncation", `TRUNCATE audit_event`],
  ])("refuses %s", async (_name, sql) => {
    await append();
    const count = await db().auditEvent.count();
    await expect(db().$executeRawUnsafe(sql)).rejects.toThrow(/append-only/);
    expect(await db().auditEvent.count()).toBe(count);
  });

  test("stays one unbroken chain under eight appenders at once, also where a transaction makes several events", async () => {
    const start = (await db().auditHead.findFirstOrThrow()).sequence;
    const appender = async (number: number): Promise<void> => {
      for (let turn = 0; turn < 10; turn++) {
        await transaction(async (tx) => {
          await appendAudit(tx, { ...input, summary: `${number}.${turn}` });
          await appendAudit(tx, { ...input, action: "run-queued", summary: `${number}.${turn} again` });
        });
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, number) => appender(number)));
    const rows = await db().auditEvent.findMany({ orderBy: { sequence: "asc" } });
    expect(rows.map((row) => row.sequence)).toEqual(rows.map((_, index) => BigInt(index + 1)));
    expect(rows.length).toBe(Number(start) + 160);
    let previous = genesisHash;
    for (const row of rows) {
      expect(row.hash).toBe(linkHash(previous, row.sequence, sha256(row.event)));
      previous = row.hash;
    }
  });
});
