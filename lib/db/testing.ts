import { createHash, randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll } from "vitest";
import { closeDb } from "./client";
import { embeddedServer } from "./embedded";
import { isAlive } from "./file-lock";
import { migrate, migrationsFolder } from "./migrate";

/** Where the server of all tests of this checkout keeps its data. It stays up between test runs; `npm test` ends the one that it started. */
export const testServerFolder = (): string => join(process.cwd(), ".data", "test");

/** Durability is not what these tests are about. */
const fast = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=300"];

/** Settings without which the product does not start, of no value outside tests. What a test sets itself is kept. */
const settings: Record<string, string> = {
  BINDERY_TENANT_ID: "11111111-1111-4111-8111-111111111111",
  BINDERY_CLIENT_ID: "22222222-2222-4222-8222-222222222222",
  BINDERY_CLIENT_SECRET: "a secret for tests",
  BINDERY_SEALING_KEYS: `test:${Buffer.alloc(32, 7).toString("base64")}`,
  BINDERY_DATA_DIR: join(tmpdir(), `bindery-test-${process.pid}`),
  BINDERY_LOG: "error",
};

/** Sets the settings for tests that need no database. Call before the first `settings()`. */
export function testSettings(): void {
  for (const [name, value] of Object.entries(settings)) process.env[name] ??= value;
}

/**
 * Gives the test file that calls this, once and at its top, an empty migrated database of its own: `db()`, `transaction` and
 * DATABASE_URL name it from the first `beforeAll` on. It is dropped after the file's last test. `url()` is its address.
 */
export function testDatabase(): { url(): string } {
  testSettings();
  let made: { url: string; drop(): Promise<void> } | undefined;
  beforeAll(async () => {
    made = await makeDatabase();
    process.env.DATABASE_URL = made.url;
  }, 120_000);
  afterAll(async () => {
    await closeDb();
    await made?.drop();
  }, 60_000);
  return {
    url() {
      if (made === undefined) throw new Error("The test database is made in beforeAll; ask for its address in a test or a later hook.");
      return made.url;
    },
  };
}

/** Makes an empty migrated database; also for tests that need a second one. */
export async function makeDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const { url: serverUrl } = await embeddedServer({ dataDir: testServerFolder(), settings: fast });
  const template = await templateDatabase(serverUrl);
  const name = `test_${process.pid}_${randomBytes(4).toString("hex")}`;
  await query(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY wal_log`);
  return { url: inDatabase(serverUrl, name), drop: () => query(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

/** The migrated database that the others are copied from, made once for each content of the migrations folder. */
async function templateDatabase(serverUrl: string): Promise<string> {
  const name = `template_${contentHash(migrationsFolder())}`;
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock(hashtextextended('bindery test template', 0))");
    const { rows } = await client.query<{ datname: string }>("SELECT datname FROM pg_database");
    const names = rows.map((row) => row.datname);
    if (names.includes(name)) return name;
    for (const left of names.filter(isLeftover)) await client.query(`DROP DATABASE IF EXISTS ${left} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${name}_half`);
    await migrate(inDatabase(serverUrl, `${name}_half`));
    await client.query(`ALTER DATABASE ${name}_half RENAME TO ${name}`);
    return name;
  } finally {
    await client.end();
  }
}

/** Databases of test processes that died, and templates of earlier migrations. */
function isLeftover(name: string): boolean {
  const owner = /^test_(\d+)_/.exec(name)?.[1];
  return name.startsWith("template_") || (owner !== undefined && !isAlive(Number(owner)));
}

function contentHash(folder: string): string {
  const hash = createHash("sha256");
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
    if (name.endsWith(".sql")) hash.update(name).update(readFileSync(join(folder, name)));
  }
  return hash.digest("hex").slice(0, 16);
}

function inDatabase(url: string, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
