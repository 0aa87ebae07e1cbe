import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import pg from "pg";
import { BinderyError } from "@/lib/kernel/errors";
import { log } from "@/lib/kernel/log";
import { migrationAdapter } from "./migration-adapter";
import { schemaEngine } from "./schema-engine";

/** The folder of migrations, from the folder that the process was started in. */
export const migrationsFolder = (): string => join(process.cwd(), "prisma", "migrations");

/**
 * Brings a database up to date and gives the names of the migrations that it applied, oldest first. Several processes may do this at
 * once: one works, the others wait. Uses Prisma's own engine and table, so `prisma migrate deploy` sees the same. Throws `unavailable`
 * when a migration fails or failed before.
 */
export async function migrate(databaseUrl: string, folder = migrationsFolder()): Promise<string[]> {
  const migrationsList = await readMigrations(folder);
  // The engine's advisory lock lives as long as its connection: the pool is ours so that we can end it.
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1, connectionTimeoutMillis: 10_000 });
  pool.on("error", (error) => log("warn", "database.connection-lost", { error }));
  const { SchemaEngine } = await schemaEngine();
  try {
    const factory = bindMigrationAwareSqlAdapterFactory({
      provider: "postgres",
      adapterName: "@prisma/adapter-pg",
      connect: () => migrationAdapter(pool),
      connectToShadowDb: () => Promise.reject(new Error("Applying migrations needs no second database.")),
    });
    const engine = await SchemaEngine.new({ datamodels: undefined }, () => undefined, factory);
    try {
      const { appliedMigrationNames } = await engine.applyMigrations({
        migrationsList,
        filters: { externalTables: [], externalEnums: [] },
      });
      return appliedMigrationNames;
    } finally {
      engine.free();
    }
  } catch (cause) {
    throw new BinderyError(
      "unavailable",
      `The database could not be brought up to date: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        remedy: "Nothing else was started. docs/operations says how to resolve a failed migration.",
        cause,
      },
    );
  } finally {
    await pool.end();
  }
}

/** The migrations of a folder as the engine wants them. */
export async function readMigrations(folder: string) {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  const migrationDirectories = await Promise.all(
    names.map(async (path) => ({
      path,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok" as const, value: await readFile(join(folder, path, "migration.sql"), "utf8") },
      },
    })),
  );
  const lockfile = { path: "migration_lock.toml", content: await readFile(join(folder, "migration_lock.toml"), "utf8") };
  return { baseDir: folder, lockfile, shadowDbInitScript: "", migrationDirectories };
}
