// The one launcher of Bindery's processes: database, migrations, local Azure, web and worker. The demo, the browser tests and the
// benchmark all start the same thing.
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { freePort, isFree } from "./ports.mjs";
import { root } from "./setup.mjs";
import { claim } from "./single-instance.mjs";
import { supervise } from "./supervise.mjs";

/**
 * A running stack. `pids` are those of the moment, by name (`web`, `worker`, `worker-2`, `azure`); a name is missing while its process is
 * being started again. `controlUrl`, `caFile` and the ports of the local Azure are null without one. `databaseUrl` holds a password.
 *
 * @typedef {object} Stack
 * @property {string} origin
 * @property {number} port
 * @property {string} dataDir
 * @property {string} databaseUrl
 * @property {string | null} controlUrl
 * @property {string | null} caFile
 * @property {number | null} azurePort
 * @property {number | null} authorizePort
 * @property {{ name: string, upn: string, says: string }[]} personas
 * @property {Record<string, string>} environment of web and worker
 * @property {() => Record<string, number | undefined>} pids
 * @property {(name: string) => void} restart
 * @property {() => Promise<void>} stop
 */

/**
 * Starts everything and resolves when the portal answers and the worker works.
 *
 * @param {object} options
 * @param {string} options.dataDir folder of what this installation keeps
 * @param {number} [options.port] port of the portal; 0: a free one
 * @param {boolean} [options.localAzure] with the local Azure (default), or for a real tenant whose settings are in the environment
 * @param {number} [options.speed] how many times faster than Azure the local one is
 * @param {boolean} [options.control] switch its control API on
 * @param {number} [options.scale] clusters that it makes up besides its own
 * @param {boolean} [options.production] `next start` of a build (default), or `next dev`
 * @param {number} [options.workers] number of worker processes
 * @param {boolean} [options.logToTerminal] children write to this terminal, not to files in the data folder
 * @param {Record<string, string>} [options.environment] more environment for web and worker
 * @param {string} [options.databaseUrl] a PostgreSQL server; "" for the embedded one whatever DATABASE_URL says
 * @param {string[]} [options.databaseSettings] server settings for an embedded database
 * @param {(line: string) => void} [options.say] gets a line for everything that a person may want to know
 * @returns {Promise<Stack>}
 */
export async function startStack(options) {
  const { dataDir, localAzure = true, workers = 1, say = () => undefined } = options;
  const folder = resolve(root, dataDir);
  mkdirSync(folder, { recursive: true });
  const port = options.port === 0 || options.port === undefined ? await freePort() : options.port;
  const instance = await claim(folder);
  if (!(await isFree(port))) {
    instance.release();
    throw new Error(`Port ${port} is taken. Choose another one by the environment variable PORT, for example PORT=${port + 100}.`);
  }
  const origin = process.env.BINDERY_ORIGIN && !localAzure ? process.env.BINDERY_ORIGIN : `http://localhost:${port}`;
  const running = [];
  const stops = [];
  const stop = once(async () => {
    await Promise.all(running.map((child) => child.stop()));
    for (const end of stops.reverse()) await end();
    instance.release();
  });
  const start = (name, args, env, onLine) => {
    const logFile = options.logToTerminal ? undefined : join(folder, "logs", `${name}.log`);
    const child = supervise({
      name,
      command: process.execPath,
      args,
      env,
      logFile,
      onLine,
      onChange: (pid) => instance.note(name, pid),
      say,
    });
    running.push(child);
    return child;
  };
  try {
    const base = {
      // glibc's heap of its own for each thread never gives anything back: two are enough.
      MALLOC_ARENA_MAX: "2",
      ...process.env,
      NODE_ENV: options.production === false ? "development" : "production",
      NEXT_TELEMETRY_DISABLED: "1",
    };
    const [database, azure] = await both(
      openDatabase(folder, options).then((opened) => {
        stops.push(opened.stop);
        return opened;
      }),
      localAzure ? startLocalAzure({ ...options, folder, origin, base, start }) : noLocalAzure,
    );
    const env = {
      ...base,
      ...(localAzure ? { ...onlyOneCredential, BINDERY_ORIGIN: origin, BINDERY_SEALING_KEYS: sealingKeys(folder) } : {}),
      ...azure.environment,
      ...options.environment,
      PORT: String(port),
      BINDERY_DATA_DIR: folder,
      DATABASE_URL: database.url,
    };
    // A page makes some megabytes that live for milliseconds: with room for them they are never copied into the old heap.
    const web = [
      "--max-semi-space-size=32",
      "node_modules/next/dist/bin/next",
      options.production === false ? "dev" : "start",
      // Whoever reaches the demo may be anybody in its tenant: it is for this machine alone.
      ...(localAzure ? ["-H", "localhost"] : []),
      "-p",
      String(port),
    ];
    const portal = start("web", web, env);
    const ready = Array.from({ length: workers }, (_, index) => {
      const name = index === 0 ? "worker" : `worker-${index + 1}`;
      return readyLine((onLine) => start(name, ["--enable-source-maps", "dist/worker.mjs"], env, onLine));
    });
    await Promise.all([answers(`http://localhost:${port}/api/v1/health`, portal), ...ready]);
    instance.serving(origin);
    const child = (name) => running.find((one) => one.name === name);
    return {
      ...azure,
      origin,
      port,
      dataDir: folder,
      databaseUrl: database.url,
      environment: env,
      /** Process ids by name, as they are now. */
      pids: () => ({ launcher: process.pid, ...Object.fromEntries(running.map((one) => [one.name, one.pid])) }),
      restart: (name) => child(name)?.restart(),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const noLocalAzure = { personas: [], controlUrl: null, caFile: null, azurePort: null, authorizePort: null, environment: {} };

/** The local Azure brings its own credential; Next would read others from an .env file, and an empty value stops that. */
const onlyOneCredential = { BINDERY_CLIENT_CERTIFICATE_FILE: "", BINDERY_FEDERATED_TOKEN_FILE: "", BINDERY_CLOUD: "" };

async function openDatabase(folder, { databaseUrl = process.env.DATABASE_URL, databaseSettings = [] }) {
  const { embeddedServer, migrate, probeDatabase } = await import(join(root, "dist/database.mjs"));
  const embedded = databaseUrl ? undefined : await embeddedServer({ dataDir: folder, settings: databaseSettings });
  const url = embedded?.url ?? databaseUrl;
  const stop = async () => embedded?.stop();
  try {
    await probeDatabase(url);
    await migrate(url, join(root, "prisma/migrations"));
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startLocalAzure({ folder, origin, base, start, speed = 20, control = false, scale }) {
  const state = join(folder, "azure");
  mkdirSync(state, { recursive: true, mode: 0o700 });
  const env = {
    ...base,
    EMULATOR_STATE_DIR: state,
    EMULATOR_PORTAL_ORIGIN: origin,
    EMULATOR_SPEED: String(speed),
    EMULATOR_CONTROL: control ? "1" : "",
    EMULATOR_SCALE: scale === undefined ? "" : String(scale),
  };
  const ready = await readyLine((onLine) => start("azure", ["--enable-source-maps", "dist/emulator.mjs"], env, onLine));
  const { personas, controlUrl, environment, caFile, port, authorizePort } = ready;
  return { personas, controlUrl: controlUrl ?? null, caFile, azurePort: port, authorizePort, environment };
}

/** Starts a child and resolves with the line of JSON by which it says that it is ready. */
async function readyLine(begin) {
  let told;
  const child = begin((text) => {
    const line = text.startsWith("{") ? parsed(text) : undefined;
    if (line?.ready === true) told = line;
  });
  await waitFor(child, 90, () => told !== undefined);
  return told;
}

function answers(url, child) {
  return waitFor(child, 120, async () => {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
    await response?.body?.cancel();
    return response?.ok === true;
  });
}

/** Waits until `isReady`. Throws with the end of the child's log when it died three times, or is not ready in time. */
async function waitFor(child, seconds, isReady) {
  const until = Date.now() + seconds * 1000;
  while (!(await isReady())) {
    const why = child.deaths >= 3 ? "does not stay up" : Date.now() > until ? `is not ready after ${seconds} s` : undefined;
    if (why !== undefined) throw new Error(`${child.name} ${why}.${child.logTail()}`);
    await delay(50);
  }
}

/** The key that seals tokens in the database: made once and kept beside the data, readable by its owner alone. */
function sealingKeys(folder) {
  const file = join(folder, "sealing-keys");
  if (!existsSync(file)) writeFileSync(file, `k1:${randomBytes(32).toString("base64")}`, { mode: 0o600, flag: "wx" });
  return readFileSync(file, "utf8").trim();
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Waits for both, so that whatever did start is known, and can be stopped, before the failure of the other is told. */
async function both(first, second) {
  const outcomes = await Promise.allSettled([first, second]);
  const failed = outcomes.find(({ status }) => status === "rejected");
  if (failed !== undefined) throw failed.reason;
  return outcomes.map(({ value }) => value);
}

function once(work) {
  let done;
  return () => (done ??= work());
}
