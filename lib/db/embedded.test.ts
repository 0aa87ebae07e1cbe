import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { embeddedServer, stopEmbedded } from "./embedded";
import { checkMajor, placeOf } from "./embedded-place";
import { isAlive } from "./file-lock";

const folder = mkdtempSync(join(tmpdir(), "bindery-embedded-"));
chmodSync(folder, 0o755);
const dataDir = join(folder, "data");

afterAll(async () => {
  await stopEmbedded(dataDir);
  rmSync(folder, { recursive: true, force: true });
});

describe("the embedded server", () => {
  it("starts, and is adopted by everybody who asks for it meanwhile and later", async () => {
    const servers = await Promise.all([1, 2, 3].map(() => embeddedServer({ dataDir })));
    expect(servers.filter((server) => !server.adopted)).toHaveLength(1);
    expect(new Set(servers.map((server) => server.url)).size).toBe(1);
    expect(existsSync(join(placeOf(dataDir).home, "..", "postgres.lock")), "the lock is let go").toBe(false);
    expect((await embeddedServer({ dataDir })).adopted).toBe(true);
  });

  it("is the database bindery, with a password that nobody else can read", async () => {
    const { url } = await embeddedServer({ dataDir });
    expect(new URL(url).pathname).toBe("/bindery");
    expect(statSync(join(placeOf(dataDir).home, "password")).mode & 0o077).toBe(0);
    const wrong = new URL(url);
    wrong.password = "guess";
    await expect(ask(wrong.href, "SELECT 1")).rejects.toThrow("password authentication failed");
  });

  it("keeps what was committed when it is killed, and starts again", async () => {
    const { url } = await embeddedServer({ dataDir });
    await ask(url, "CREATE TABLE kept AS SELECT 42 AS answer");
    process.kill(pidOf(dataDir), "SIGKILL");
    const again = await embeddedServer({ dataDir });
    expect(again.adopted).toBe(false);
    expect(await ask(again.url, "SELECT answer FROM kept")).toEqual([{ answer: 42 }]);
  }, 60_000);

  it("stops, and a second time has nothing to stop", async () => {
    const server = await embeddedServer({ dataDir });
    const pid = pidOf(dataDir);
    await server.stop();
    expect(isAlive(pid)).toBe(false);
    expect(await stopEmbedded(dataDir)).toBe(false);
  });

  it("takes a pid file that names somebody else's process for a leftover", async () => {
    writeFileSync(pidFile(dataDir), `${process.pid}\n${dataDir}\n0\n1\n\n127.0.0.1\n\nready\n`);
    expect((await embeddedServer({ dataDir })).adopted).toBe(false);
  });

  it("refuses data that another major version made, and says what to do", async () => {
    const place = placeOf(dataDir);
    const mark = join(place.home, "data", "PG_VERSION");
    writeFileSync(mark, "15\n");
    expect(() => checkMajor(place)).toThrow(/were made by PostgreSQL 15; the shipped server is 18/);
    writeFileSync(mark, "18\n");
  });

  it("does not take a half-made data folder for a database", async () => {
    const other = join(folder, "half");
    const { home } = placeOf(other);
    mkdirSync(join(home, "data.half"));
    const server = await embeddedServer({ dataDir: other });
    expect(await ask(server.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await server.stop();
  });
});

describe.runIf(process.getuid?.() === 0)("as root, in a folder that the server's user may not enter", () => {
  const closed = mkdtempSync(join(tmpdir(), "bindery-closed-"));
  const data = join(closed, "data");
  let home: string;
  beforeAll(() => {
    mkdirSync(data);
    home = placeOf(data).home;
  });
  afterAll(() => {
    rmSync(join(home, ".."), { recursive: true, force: true });
    rmSync(closed, { recursive: true, force: true });
  });

  it("puts its data into the system's variable data, one place for each folder", async () => {
    expect(home).toMatch(/^\/var\/lib\/bindery\/[0-9a-f]{16}\/postgres$/);
    const server = await embeddedServer({ dataDir: data });
    expect(await ask(server.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await server.stop();
  }, 60_000);
});

describe("the server's files", () => {
  it("get the library links that an install without scripts leaves out", () => {
    const { native } = placeOf(dataDir);
    const copy = join(folder, "package", "native");
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    const links = JSON.parse(readFileSync(join(copy, "pg-symlinks.json"), "utf8")) as { target: string }[];
    const paths = links.map(({ target }) => join(copy, "..", target));
    for (const path of paths) rmSync(path);
    placeOf(dataDir, copy);
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
    expect(execFileSync(join(copy, "bin", "postgres"), ["--version"], { encoding: "utf8" })).toContain("PostgreSQL");
  });
});

const pidFile = (data: string): string => join(placeOf(data).home, "data", "postmaster.pid");
const pidOf = (data: string): number => Number(readFileSync(pidFile(data), "utf8").split("\n")[0]);

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
