import { PrismaPg } from "@prisma/adapter-pg";
import { BinderyError } from "@/lib/kernel/errors";
import { log } from "@/lib/kernel/log";
import { type Prisma, PrismaClient } from "./generated/client";

/** A client inside a transaction. */
export type Tx = Prisma.TransactionClient;

/** One pool for each process, also over reloads of a module. */
const kept = globalThis as { binderyDatabase?: PrismaClient };

/** The database of this process, at most 10 connections. Throws `wrong_setting` when DATABASE_URL is missing. */
export function db(): PrismaClient {
  kept.binderyDatabase ??= open();
  return kept.binderyDatabase;
}

/** Closes this process's connections. The next `db()` opens new ones. */
export async function closeDb(): Promise<void> {
  const open = kept.binderyDatabase;
  delete kept.binderyDatabase;
  await open?.$disconnect();
}

/**
 * Does `work` in one transaction at READ COMMITTED: waits at most 10 s for a connection and may take 20 s. Nothing slow belongs in
 * it, least of all a call to Azure. Errors of the database (unique violation `P2002`, …) reach the caller as they are.
 */
export function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return db().$transaction(work, { isolationLevel: "ReadCommitted", maxWait: 10_000, timeout: 20_000 });
}

const statementNames = new Map<string, string>();
/**
 * A query that comes again is parsed and planned once per connection, by its name. Lists make ever new texts: beyond a thousand a query stays
 * without a name, as it were.
 */
function nameOf(sql: string): string {
  const known = statementNames.get(sql);
  if (known !== undefined) return known;
  if (statementNames.size === 1000) return "";
  const name = `q${statementNames.size + 1}`;
  statementNames.set(sql, name);
  return name;
}

function open(): PrismaClient {
  const connectionString = process.env.DATABASE_URL;
  if (connectionString === undefined || connectionString === "") {
    throw new BinderyError("wrong_setting", "DATABASE_URL is missing: PostgreSQL 15 or newer, session connections.");
  }
  const pool = { connectionString, max: 10, keepAlive: true, connectionTimeoutMillis: 10_000, application_name: "bindery" };
  return new PrismaClient({
    adapter: new PrismaPg(pool, {
      statementNameGenerator: ({ sql }) => nameOf(sql),
      onPoolError: (error) => log("warn", "database.connection-lost", { error }),
      onConnectionError: (error) => log("warn", "database.connection-lost", { error }),
    }),
  });
}
