import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { effects, runStates } from "@/lib/runs/schema";
import { requestStates } from "@/lib/requests/schema";
import { db } from "./client";
import { missingSql } from "./diff";
import { embeddedServer } from "./embedded";
import { migrate } from "./migrate";
import { testDatabase, testServerFolder } from "./testing";

const database = testDatabase();

describe("the migrations", () => {
  it("say the same as the schema", async () => {
    expect(await missingSql(database.url())).toBe("");
  });

  it("are found wanting when the schema has moved on", async () => {
    const folder = await folderWith({ "20260101000000_first": `BEGIN; CREATE TABLE "setting" ("key" TEXT PRIMARY KEY); COMMIT;` });
    expect(await missingSql(database.url(), folder)).toContain('CREATE TABLE "audit_event"');
  });

  it("apply once, and a second time do nothing", async () => {
    expect(await migrate(database.url())).toEqual([]);
  });
});

describe("migrate", () => {
  let url: string;
  beforeAll(async () => {
    const server = await embeddedServer({ dataDir: testServerFolder() });
    url = server.url.replace(/bindery$/, `test_${process.pid}_migrate`);
    await sql(server.url, `CREATE DATABASE test_${process.pid}_migrate`);
  });
  afterAll(async () => {
    await sql(url.replace(/[^/]+$/, "bindery"), `DROP DATABASE test_${process.pid}_migrate WITH (FORCE)`);
  });

  it("lets one of several processes work and the others find it done", async () => {
    const folder = await folderWith({ "20260101000000_first": "BEGIN; CREATE TABLE a (id INT); COMMIT;" });
    const applied = await Promise.all([1, 2, 3].map(() => migrate(url, folder)));
    expect(applied.flat()).toEqual(["20260101000000_first"]);
  });

  it("refuses to go on after a migration that failed, and leaves nothing of it behind", async () => {
    const folder = await folderWith({
      "20260101000000_first": "BEGIN; CREATE TABLE a (id INT); COMMIT;",
      "20260102000000_second": "BEGIN; CREATE TABLE b (id INT); SELECT broken(); COMMIT;",
    });
    await expect(migrate(url, folder)).rejects.toThrow("broken()");
    await expect(migrate(url, folder)).rejects.toThrow("failed migrations");
    await expect(sql(url, "SELECT * FROM b")).rejects.toThrow('relation "b" does not exist');
  });
});

describe("the tables", () => {
  it.each([["UPDATE audit_event SET action = 'x'"], ["DELETE FROM audit_event"], ["TRUNCATE audit_event"]])(
    "keep the audit record append-only: %s is refused, even of no row",
    async (statement) => {
      await expect(sql(database.url(), statement)).rejects.toThrow(/Audit events are append-only: (UPDATE|DELETE|TRUNCATE) is refused/);
    },
  );

  it("keep it append-only in a session that replays replicated changes", async () => {
    await expect(sql(database.url(), "SET session_replication_role = replica; DELETE FROM audit_event")).rejects.toThrow("append-only");
  });

  it("begin the chain before its first event", async () => {
    expect(await db().auditHead.findMany()).toEqual([{ id: 1, sequence: 0n, hash: "0".repeat(64) }]);
    await expect(db().auditHead.create({ data: { id: 2, sequence: 0n, hash: "" } })).rejects.toThrow("audit_head_is_one_row");
  });

  it.each([
    ["request_state_known", requestStates],
    ["run_state_known", runStates],
    ["run_effect_known", effects],
  ])("know the same words as the code: %s", async (constraint, words) => {
    const { rows } = await sql(
      database.url(),
      `SELECT pg_get_constraintdef(oid) AS says FROM pg_constraint WHERE conname = '${constraint}'`,
    );
    expect([...String(rows[0]?.says).matchAll(/'([^']+)'/g)].map((match) => match[1])).toEqual([...words]);
  });
});

async function folderWith(migrations: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "bindery-migrations-"));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, "migration_lock.toml"), 'provider = "postgresql"\n');
  for (const [name, content] of Object.entries(migrations)) {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, "migration.sql"), content);
  }
  return folder;
}

async function sql(url: string, text: string): Promise<pg.QueryResult<Record<string, unknown>>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(text);
  } finally {
    await client.end();
  }
}
