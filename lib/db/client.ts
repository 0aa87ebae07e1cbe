import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { BinderyError } from "@/lib/kernel/errors";
import { log } from "@/lib/kernel/log";
import { type Prisma, PrismaClient } from "./generated/client";

/** A client inside a transaction. */
export type Tx = Prisma.TransactionClient;

type Database = { pool: pg.Pool; client: PrismaClient; nameOf: (sql: string) => string };
/** One pool for each process, also over reloads of a module and beside Next's copies of it; the names of statements belong to its connections. */
const kept = globalThis as { binderyDatabase?: Database };

/** The database of this process, at most 10 connections. Throws `wrong_setting` when DATABASE_URL is missing. */
export function db(): PrismaClient {
  return opened().client;
}

/**
 * The rows of one SQL statement with `$1`, `$2`, … for `values`: prepared once per connection and sent past Prisma, whose work on a query is
 * several times that of the driver. For the few reads that every call and every page make. Times come as `Date`, arrays as arrays, `json`
 * parsed; `T` is the caller's word for it.
 */
export async function rowsOf<T>(sql: string, values: readonly unknown[]): Promise<T[]> {
  const { pool, nameOf } = opened();
  const { rows } = await pool.query<T & pg.QueryResultRow>({ name: nameOf(sql), text: sql, values: [...values] });
  return rows;
}

function opened(): Database {
  kept.binderyDatabase ??= open();
  return kept.binderyDatabase;
}

/** Closes this process's connections. The next `db()` opens new ones. */
export async function closeDb(): Promise<void> {
  const open = kept.binderyDatabase;
  delete kept.binderyDatabase;
  await open?.client.$disconnect();
  await open?.pool.end();
}

/**
 * Does `work` in one transaction at READ COMMITTED: waits at most 10 s for a connection and may take 20 s. Nothing slow belongs in
 * it, least of all a call to Azure. Errors of the database (unique violation `P2002`, …) reach the caller as they are.
 */
export function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return db().$transaction(work, { isolationLevel: "ReadCommitted", maxWait: 10_000, timeout: 20_000 });
}

/**
 * A query that comes again is parsed and planned once per connection, by its name. Lists make ever new texts: beyond a thousand a query stays
 * without a name, as it were.
 */
function makeNames(): (sql: string) => string {
  const names = new Map<string, string>();
  return (sql) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size === 1000) return "";
    const name = `q${names.size + 1}`;
    names.set(sql, name);
    return name;
  };
}

function open(): Database {
  const connectionString = process.env.DATABASE_URL;
  if (connectionString === undefined || connectionString === "") {
    throw new BinderyError("wrong_setting", "DATABASE_URL is missing: PostgreSQL 15 or newer, session connections.");
  }
  const lost = (error: Error): void => log("warn", "database.connection-lost", { error });
  const pool = new pg.Pool({ connectionString, max: 10, keepAlive: true, connectionTimeoutMillis: 10_000, application_name: "bindery" });
  pool.on("error", lost);
  const nameOf = makeNames();
  const adapter = new PrismaPg(pool, { statementNameGenerator: ({ sql }) => nameOf(sql), onConnectionError: lost });
  return { pool, client: new PrismaClient({ adapter }), nameOf };
}
