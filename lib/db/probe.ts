import { randomInt } from "node:crypto";
import pg from "pg";
import { BinderyError } from "@/lib/kernel/errors";

const oldest = 15;

/**
 * Proves that a database is fit for Bindery: PostgreSQL 15 or newer, writable, and reached by real sessions. Runs rely on advisory
 * locks and notifications, which a pooler in transaction mode breaks without an error. Throws `unavailable` with what is wrong.
 */
export async function probeDatabase(databaseUrl: string): Promise<{ version: number }> {
  const [first, second] = await Promise.all([connect(databaseUrl), connect(databaseUrl)]);
  try {
    const version = await checkServer(first);
    await checkSessions(first, second);
    return { version };
  } finally {
    await Promise.all([first.end(), second.end()]);
  }
}

async function connect(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined); // a connection that breaks fails the query under way, which tells
  try {
    await client.connect();
    return client;
  } catch (cause) {
    throw new BinderyError("unavailable", `The database does not answer: ${cause instanceof Error ? cause.message : String(cause)}`, {
      remedy: "Check DATABASE_URL and that its server runs and is reachable from here.",
      cause,
    });
  }
}

async function checkServer(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ version: string; standby: boolean }>(
    "SELECT current_setting('server_version_num') AS version, pg_is_in_recovery() AS standby",
  );
  const version = Math.floor(Number(rows[0]?.version) / 10_000);
  if (version < oldest) {
    throw new BinderyError("unavailable", `The database is PostgreSQL ${version}; Bindery needs ${oldest} or newer.`);
  }
  if (rows[0]?.standby === true) {
    throw new BinderyError("unavailable", "The database is a read-only standby.", { remedy: "Point DATABASE_URL at the primary server." });
  }
  return version;
}

/** A lock that one session holds must be refused to another, and a notification of one must reach another. */
async function checkSessions(first: pg.Client, second: pg.Client): Promise<void> {
  const key = randomInt(1, 2 ** 40);
  const tryLock = async (client: pg.Client): Promise<boolean> => {
    const { rows } = await client.query<{ got: boolean }>("SELECT pg_try_advisory_lock($1) AS got", [key]);
    return rows[0]?.got === true;
  };
  const unlock = async (client: pg.Client): Promise<boolean> => {
    const { rows } = await client.query<{ was: boolean }>("SELECT pg_advisory_unlock($1) AS was", [key]);
    return rows[0]?.was === true;
  };
  const held = await tryLock(first);
  const alsoHeld = await tryLock(second);
  if (!held || alsoHeld || !(await unlock(first))) throw notSessions("a lock of one session was given to another");
  if (!(await tryLock(second)) || !(await unlock(second))) throw notSessions("a lock outlived its release");
  const channel = `bindery_probe_${key}`;
  await first.query(`LISTEN ${channel}`);
  if (!(await hears(first, channel, () => second.query(`NOTIFY ${channel}`)))) throw notSessions("a notification did not arrive");
}

function hears(client: pg.Client, channel: string, send: () => Promise<unknown>): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(false), 5000);
    client.on("notification", (message) => {
      if (message.channel !== channel) return;
      clearTimeout(timer);
      resolve(true);
    });
    send().catch(reject);
  });
}

function notSessions(what: string): BinderyError {
  return new BinderyError("unavailable", `The database is not reached by sessions of its own: ${what}.`, {
    remedy: "Connect to the server itself, or switch the pooler (PgBouncer) to session mode for Bindery.",
  });
}
