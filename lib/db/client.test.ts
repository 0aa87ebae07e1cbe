import { describe, expect, it, vi } from "vitest";
import { isBinderyError } from "@/lib/kernel/errors";
import { closeDb, db, rowsOf, transaction } from "./client";
import { testDatabase } from "./testing";

const database = testDatabase();
const setting = (key: string) => ({ key, value: 1, changedBy: "test", changedAt: new Date() });

describe("a transaction", () => {
  it("reads what others have committed meanwhile", async () => {
    const level = await transaction((tx) => tx.$queryRaw<{ transaction_isolation: string }[]>`SHOW transaction_isolation`);
    expect(level[0]?.transaction_isolation).toBe("read committed");
  });

  it("leaves nothing behind when its work fails, and hands the error on as it is", async () => {
    const failed = transaction(async (tx) => {
      await tx.setting.create({ data: setting("half") });
      await tx.setting.create({ data: setting("half") });
    });
    await expect(failed).rejects.toMatchObject({ code: "P2002" });
    expect(await db().setting.count()).toBe(0);
  });
});

describe("a statement past Prisma", () => {
  it("gives rows in the types of the language", async () => {
    const at = new Date("2026-03-29T01:30:00.123Z");
    const rows = await rowsOf(`SELECT $1::timestamptz AS "at", $2::text[] AS "list", $3::jsonb AS "value"`, [at, ["a", "b,c"], { x: 1 }]);
    expect(rows).toEqual([{ at, list: ["a", "b,c"], value: { x: 1 } }]);
  });

  it("shares its connections with every copy of this module in the process", async () => {
    vi.resetModules();
    const copy = await import("./client");
    expect(copy.rowsOf).not.toBe(rowsOf);
    for (let round = 0; round < 12; round++) {
      expect(await rowsOf(`SELECT 'first'`, [])).toHaveLength(1);
      expect(await copy.rowsOf(`SELECT 'second'`, [])).toHaveLength(1);
    }
  });
});

describe("the client", () => {
  it("is one for each process, and opens anew after it was closed", async () => {
    const first = db();
    expect(db()).toBe(first);
    await closeDb();
    expect(db()).not.toBe(first);
    expect(await db().setting.count()).toBe(0);
  });

  it("says which setting is missing", async () => {
    await closeDb();
    delete process.env.DATABASE_URL;
    expect(() => db()).toThrow(expect.toSatisfy((error: unknown) => isBinderyError(error, "wrong_setting")));
    process.env.DATABASE_URL = database.url();
  });
});
