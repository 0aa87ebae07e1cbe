import { beforeEach, describe, expect, test } from "vitest";
import { readEventText } from "@/lib/audit/event";
import { person } from "@/lib/audit/testing";
import { verifyStored } from "@/lib/audit/verify-stored";
import { db } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing";
import { refusalOf, race, withoutCommit } from "@/lib/requests/testing/database";
import { PauseBody } from "@/lib/runs/schema";
import { pausedWrites, pauseWrites } from "./pause";

testDatabase();

const arno = person("Arno", ["Approver"]);
const ada = person("Ada", ["Administrator"]);
const pause = (actor = arno, reason = "Incident 7") => pauseWrites(actor, { paused: true, reason });
const resume = (actor = arno, reason = "It is over") => pauseWrites(actor, { paused: false, reason });

/** What was put on record since the test began. */
let begun = 0n;
beforeEach(async () => {
  await db().setting.deleteMany();
  begun = (await db().auditHead.findUniqueOrThrow({ where: { id: 1 } })).sequence;
});
async function events() {
  const rows = await db().auditEvent.findMany({ where: { sequence: { gt: begun } }, orderBy: { sequence: "asc" } });
  return rows.map((row) => readEventText(row.event));
}

describe("a pause of all writes", () => {
  test("says who, when and why, and is on record once", async () => {
    expect(await pausedWrites()).toBeNull();
    expect(await pause()).toEqual({ paused: true });
    const paused = await pausedWrites();
    expect(paused).toEqual({ by: "Arno", at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/), reason: "Incident 7" });
    expect(await events()).toMatchObject([
      {
        action: "writes-paused",
        outcome: "ok",
        actor: { oid: "arno", name: "Arno" },
        subject: { type: "setting", id: "writes-paused" },
        summary: "All writes to Azure paused: Incident 7",
        before: null,
        after: paused,
      },
    ]);
  });

  test("is ended by a resumption, on record once with what it was", async () => {
    await pause();
    const paused = await pausedWrites();
    expect(await resume(ada)).toEqual({ paused: false });
    expect(await pausedWrites()).toBeNull();
    expect(await db().setting.count()).toBe(0);
    expect((await events()).slice(1)).toMatchObject([
      {
        action: "writes-resumed",
        outcome: "ok",
        actor: { oid: "ada" },
        summary: "Writes to Azure resumed: It is over",
        before: paused,
        after: null,
      },
    ]);
  });

  test("repeated keeps the writes paused, with the newest reason; each is on record with what was before", async () => {
    await pause();
    const first = await pausedWrites();
    expect(await pause(ada, "Incident 8")).toEqual({ paused: true });
    const second = await pausedWrites();
    expect(second).toMatchObject({ by: "Ada", reason: "Incident 8" });
    expect(await db().setting.count()).toBe(1);
    expect((await events()).map(({ action, before, after }) => ({ action, before, after }))).toEqual([
      { action: "writes-paused", before: null, after: first },
      { action: "writes-paused", before: first, after: second },
    ]);
    await resume();
    expect(await pausedWrites()).toBeNull();
  });

  test("that is not there can be resumed without harm", async () => {
    expect(await resume()).toEqual({ paused: false });
    expect(await resume()).toEqual({ paused: false });
    expect(await pausedWrites()).toBeNull();
    expect(await events()).toMatchObject([
      { action: "writes-resumed", before: null, after: null },
      { action: "writes-resumed", before: null, after: null },
    ]);
  });

  test("by several persons at the same moment leaves one, and the record tells each from the one before", async () => {
    const answers = await race("audit_head", "1", [
      () => pause(arno, "One"),
      () => pause(ada, "Two"),
      () => resume(),
      () => pause(ada, "Three"),
    ]);
    expect(answers).toEqual([{ paused: true }, { paused: true }, { paused: false }, { paused: true }]);
    const written = await events();
    expect(written).toHaveLength(4);
    written.forEach((event, index) => expect(event.before).toEqual(written[index - 1]?.after ?? null));
    expect(await pausedWrites()).toEqual(written.at(-1)?.after);
    expect(await db().setting.count()).toBe(written.at(-1)?.after === null ? 0 : 1);
  });

  test.each(["setting", "audit_event"])("is written whole or not at all: %s", async (table) => {
    expect(await refusalOf(() => withoutCommit(table, () => pause()))).toMatchObject({
      message: expect.stringContaining("no commit today"),
    });
    await pause();
    expect(await refusalOf(() => withoutCommit(table, () => resume()))).toMatchObject({
      message: expect.stringContaining("no commit today"),
    });
    expect(await pausedWrites()).toMatchObject({ reason: "Incident 7" });
  });

  test("and its end say why, in at most 500 characters", () => {
    expect(PauseBody.parse({ paused: true, reason: ` ${"a".repeat(500)} ` }).reason).toHaveLength(500);
    for (const paused of [true, false])
      for (const reason of [undefined, "", "  ", "a".repeat(501)]) expect(PauseBody.safeParse({ paused, reason }).success).toBe(false);
  });
});

test("the record of all that was done here verifies", async () => {
  expect(await verifyStored()).toMatchObject({ ok: true });
});
