import { execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";
import { BinderyError } from "@/lib/kernel/errors";
import { checkMajor, own, type Place, placeOf, programOf } from "./embedded-place";
import { isAlive, withFileLock } from "./file-lock";

const run = promisify(execFile);

/** A running embedded server. `url` is the database `bindery`, with the password in it: never log it. */
export type EmbeddedServer = {
  url: string;
  port: number;
  /** True when the server was running already. */
  adopted: boolean;
  stop(): Promise<void>;
};

/** `settings` are server settings such as `fsync=off`, for a server that is started, not adopted. */
export type EmbeddedOptions = { dataDir: string; settings?: string[] };

/**
 * Adopts the server of `dataDir` when it runs, else starts it, recovering after a crash; makes the database `bindery`. Several
 * processes may call this at once. The server outlives the caller until `stop`. Throws `unavailable` with the end of its log.
 */
export async function embeddedServer(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const place = placeOf(options.dataDir);
  return withFileLock(join(place.home, "..", "postgres.lock"), async () => {
    checkMajor(place);
    const found = await adopt(place);
    const port = found ?? (await start(place, options.settings ?? []));
    await createDatabase(urlOf(place, port, "postgres"), "bindery");
    return { url: urlOf(place, port, "bindery"), port, adopted: found !== undefined, stop: () => stopServer(place) };
  });
}

/** Stops the server of `dataDir` when it runs. True when it did. */
export async function stopEmbedded(dataDir: string): Promise<boolean> {
  const place = placeOf(dataDir);
  if (postmaster(place) === undefined) return false;
  await stopServer(place);
  return true;
}

const dataOf = (place: Place): string => join(place.home, "data");
const logOf = (place: Place): string => join(place.home, "postgres.log");
const urlOf = (place: Place, port: number, database: string): string =>
  `postgresql://bindery:${readFileSync(join(place.home, "password"), "utf8")}@127.0.0.1:${port}/${database}`;
const asUser = (place: Place) => ({
  ...place.user,
  cwd: place.home,
  env: { NODE_ENV: process.env.NODE_ENV, PATH: process.env.PATH, LC_ALL: "C", SystemRoot: process.env.SystemRoot },
});

/** What the server's pid file says: process id, port, and whether it takes connections. */
function postmaster(place: Place): { pid: number; port: number; state: string } | undefined {
  const file = join(dataOf(place), "postmaster.pid");
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, "utf8").split("\n");
  return { pid: Number(lines[0]), port: Number(lines[3]), state: (lines[7] ?? "").trim() };
}

/** Port of a server that runs already and is truly ours: a login and its data folder prove it. */
async function adopt(place: Place): Promise<number | undefined> {
  const found = postmaster(place);
  if (found === undefined) return undefined;
  if (isForeign(found.pid, place)) {
    rmSync(join(dataOf(place), "postmaster.pid"), { force: true });
    return undefined;
  }
  const until = Date.now() + 30_000;
  while (isAlive(found.pid) && Date.now() < until) {
    const now = postmaster(place);
    if (now !== undefined && now.port > 0 && (await answers(place, now.port))) return now.port;
    await delay(100);
  }
  return undefined;
}

/** After a reboot the recorded process id may belong to a stranger; then the pid file is a leftover. Told on Linux only. */
function isForeign(pid: number, place: Place): boolean {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
    return command !== "" && !command.includes(dataOf(place));
  } catch {
    return false; // no /proc, or no such process: the server itself clears the file
  }
}

async function answers(place: Place, port: number): Promise<boolean> {
  const client = new pg.Client({ connectionString: urlOf(place, port, "postgres"), connectionTimeoutMillis: 5000 });
  client.on("error", () => undefined); // a dying server resets connections; the failed query below tells
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>("SHOW data_directory");
    return rows[0]?.data_directory === dataOf(place);
  } catch {
    return false; // not up yet, going down, or not ours: all mean "do not adopt"
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function initialise(place: Place): Promise<void> {
  if (existsSync(dataOf(place))) return;
  const half = `${dataOf(place)}.half`;
  rmSync(half, { recursive: true, force: true });
  const password = join(place.home, "password");
  writeFileSync(password, randomBytes(24).toString("base64url"), { mode: 0o600 });
  chmodSync(password, 0o600);
  own(password, place.user);
  const options = ["-D", half, "-U", "bindery", "-E", "UTF8", "--locale=C", "--auth=scram-sha-256", `--pwfile=${password}`];
  try {
    await run(programOf(place, "initdb"), options, asUser(place));
  } catch (cause) {
    const why = (cause as { stderr?: string }).stderr?.trim();
    throw new BinderyError("unavailable", `The embedded database could not be made in ${place.home}${why ? `: ${why}` : "."}`, { cause });
  }
  renameSync(half, dataOf(place));
}

async function start(place: Place, settings: string[]): Promise<number> {
  await initialise(place);
  const until = Date.now() + 60_000;
  for (;;) {
    const port = await freePort();
    const failure = await launch(place, port, settings);
    if (failure === undefined) return port;
    // Backends of a killed server still hold its memory, or somebody took the port between choosing and binding.
    const passing = /pre-existing shared memory block|lock file .* already exists|could not bind|could not create any TCP/.test(failure);
    if (!passing || Date.now() > until) {
      throw new BinderyError("unavailable", `The embedded database does not start:\n${failure}`, { remedy: `Its log is ${logOf(place)}.` });
    }
    await delay(250);
  }
}

/** Starts the server once. Undefined when it answers a login, else the end of its log. */
async function launch(place: Place, port: number, settings: string[]): Promise<string | undefined> {
  const log = openSync(logOf(place), "w", 0o600);
  const flags = [
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "shared_buffers=64MB",
    "max_connections=120",
    ...settings,
  ];
  const child = spawn(programOf(place, "postgres"), ["-D", dataOf(place), ...flags.flatMap((flag) => ["-c", flag])], {
    ...asUser(place),
    detached: true,
    stdio: ["ignore", log, log],
    windowsHide: true,
  });
  closeSync(log);
  let ended = false;
  child.once("exit", () => (ended = true));
  child.once("error", () => (ended = true));
  child.unref();
  while (!ended) {
    if (postmaster(place)?.state === "ready" && (await answers(place, port))) return undefined;
    await delay(50);
  }
  return readFileSync(logOf(place), "utf8").slice(-2000);
}

async function stopServer(place: Place): Promise<void> {
  const found = postmaster(place);
  if (found === undefined || !isAlive(found.pid)) return;
  await run(programOf(place, "pg_ctl"), ["stop", "-D", dataOf(place), "-m", "fast", "-t", "60", "-w"], asUser(place));
}

async function createDatabase(url: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
