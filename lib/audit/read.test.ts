import { beforeAll, describe, expect, test } from "vitest";
import { AuditQuery } from "./schema";
import { db } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing";
import { moveClock } from "@/lib/kernel/clock";
import { readAudit, readAuditHead } from "./read";
import { person, record } from "./testing";

testDatabase();

const auditor = person("Marcus", ["Auditor"]);
const cluster =
  "/subscriptions/7b1f0c2e-1111-4222-8333-944445555666/resourcegroups/rg-ml/providers/microsoft.containerservice/managedclusters/aks_prod";
const request = "0193b5a0-0000-7000-8000-000000000001";
const read = (query: Record<string, unknown> = {}, actor = auditor) => readAudit(actor, AuditQuery.parse(query));
const summaries = async (query: Record<string, unknown>) => (await read(query)).items.map((row) => row.summary);

beforeAll(async () => {
  for (let number = 1; number <= 25; number++) {
    // An hour apart, and every fifth event by a process whose clock is ten minutes behind.
    moveClock((number - 30) * 3_600_000 - (number % 5 === 0 ? 600_000 : 0));
    const even = number % 2 === 0;
    await record({
      actor: person(even ? "Ada" : "Gr_ce 100%", ["Requester"]),
      action: even ? "request-submitted" : "request-approved",
      outcome: number === 7 ? "refused" : "ok",
      clusterKey: number <= 5 ? cluster : cluster.replace("aks_prod", "aksXprod"),
      requestId: number === 9 ? request : undefined,
      correlationId: `correlation-${number}`,
      summary: `event ${number}`,
      before: { roles: [] },
      after: { roles: [String(number)] },
    });
  }
  moveClock(0);
  await record({ tid: "99999999-9999-4999-8999-999999999999", summary: "Another tenant's event" });
});

describe("reading the audit", () => {
  test("gives every event of the tenant once, newest first, page by page, with both sides of the change", async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await read({ cursor, limit: 10 });
      seen.push(...page.items.map((row) => row.summary));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    const numbered = seen.filter((summary) => summary.startsWith("event"));
    expect(numbered).toEqual(Array.from({ length: 25 }, (_, index) => `event ${25 - index}`));
    expect(seen).not.toContain("Another tenant's event");
    const [row] = (await read({ correlation: "correlation-3" })).items;
    expect(row).toMatchObject({ summary: "event 3", before: { roles: [] }, after: { roles: ["3"] }, detail: null, clusterKey: cluster });
  });

  test("narrows by person, action, outcome, cluster, request and time; wildcards of the database are plain characters", async () => {
    expect(await summaries({ actor: "gr_CE 100%", action: "request-approved", outcome: "refused" })).toEqual(["event 7"]);
    expect(await summaries({ actor: "%" })).toHaveLength(13);
    expect(await summaries({ actor: "grace" })).toEqual([]);
    expect(await summaries({ actor: "ADA" })).toHaveLength(12);
    expect(await summaries({ cluster: "aks_prod" })).toHaveLength(5);
    expect(await summaries({ cluster: cluster.toUpperCase() })).toHaveLength(5);
    expect(await summaries({ request })).toEqual(["event 9"]);
    const [tenth] = (await read({ correlation: "correlation-10" })).items;
    expect(await summaries({ action: "request-submitted", to: tenth?.at })).toEqual(["event 8", "event 6", "event 4", "event 2"]);
    expect((await summaries({ action: "request-submitted", from: tenth?.at })).at(-1)).toBe("event 10");
  });

  test("finds every event of a span of time, also where the clocks of two processes differ", async () => {
    const rows = (await read({ limit: 200 })).items.filter((row) => row.summary.startsWith("event"));
    const minute = (at: string, minutes: number) => new Date(new Date(at).getTime() + minutes * 60_000).toISOString();
    for (const [index, { at }] of rows.entries()) {
      if (index % 6 !== 0 && index % 6 !== 1) continue;
      for (const edge of [at, minute(at, 1), minute(at, -15)]) {
        const kept = await summaries({ from: edge, limit: 200 });
        const cut = await summaries({ to: edge, limit: 200 });
        const own = (list: string[]) => list.filter((summary) => summary.startsWith("event"));
        expect(own(kept), `from ${index}`).toEqual(rows.filter((row) => row.at >= edge).map((row) => row.summary));
        expect(own(cut), `to ${index}`).toEqual(rows.filter((row) => row.at < edge).map((row) => row.summary));
      }
    }
  });

  test("is itself on record, once in ten minutes for the same look of the same session", async () => {
    const other = person("Nora", ["Auditor"]);
    const looks = () => db().auditEvent.count({ where: { action: "audit-read", actorOid: other.oid } });
    await read({ actor: "ada" }, other);
    await read({ actor: "ada", limit: 5 }, other);
    expect(await looks()).toBe(1);
    await read({ actor: "grace" }, other);
    expect(await looks()).toBe(2);
    moveClock(10 * 60_000);
    await read({ actor: "ada" }, other);
    moveClock(0);
    expect(await looks()).toBe(3);
  });

  test.each([["Requester"], ["Approver"], ["Administrator"], ["Auditors"]])("is refused to a person who is only %s", async (role) => {
    await expect(read({}, person("Eve", [role]))).rejects.toMatchObject({ code: "forbidden" });
    await expect(readAuditHead(person("Eve", [role]))).rejects.toMatchObject({ code: "forbidden" });
  });

  test("refuses a page link that it did not make", async () => {
    await expect(read({ cursor: "1; DROP TABLE" })).rejects.toMatchObject({ code: "invalid_input", facts: { field: "cursor" } });
  });

  test("tells the newest link", async () => {
    const newest = await db().auditEvent.findFirstOrThrow({ orderBy: { sequence: "desc" } });
    expect(await readAuditHead(auditor)).toEqual({
      sequence: newest.sequence.toString(),
      hash: newest.hash,
      at: newest.at.toISOString(),
    });
  });
});
