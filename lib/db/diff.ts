import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import pg from "pg";
import { log } from "@/lib/kernel/log";
import { migrationsFolder, readMigrations } from "./migrate";
import { migrationAdapter } from "./migration-adapter";
import { schemaEngine } from "./schema-engine";

/** Type oid of PostgreSQL's internal "char", which Prisma's adapter cannot read, and of text, which it can. */
const internalChar = 18;
const text = 25;

/**
 * The SQL that leads from the migrations of `folder` to `schema`; empty when they say the same. `databaseUrl` is any database of a
 * server on which databases may be made: the migrations are played into a scratch one, which is dropped afterwards.
 */
export async function missingSql(
  databaseUrl: string,
  folder = migrationsFolder(),
  schema = join(process.cwd(), "prisma", "schema.prisma"),
): Promise<string> {
  const [migrations, content] = await Promise.all([readMigrations(folder), readFile(schema, "utf8")]);
  const scratch = `scratch_${process.pid}_${randomBytes(4).toString("hex")}`;
  const server = new pg.Client({ connectionString: databaseUrl });
  await server.connect();
  const pools: pg.Pool[] = [];
  const connect = async (database?: string) => {
    const address = new URL(databaseUrl);
    if (database !== undefined) address.pathname = `/${database}`;
    const pool = new pg.Pool({ connectionString: address.href, max: 1 });
    pool.on("error", (error) => log("warn", "database.connection-lost", { error }));
    pools.push(pool);
    return describingAdapter(pool);
  };
  const factory: SqlMigrationAwareDriverAdapterFactory = {
    provider: "postgres",
    adapterName: "@prisma/adapter-pg",
    connect: () => connect(),
    connectToShadowDb: () => connect(scratch),
  };
  try {
    await server.query(`CREATE DATABASE ${scratch} TEMPLATE template0`);
    const { SchemaEngine } = await schemaEngine();
    const engine = await SchemaEngine.new({ datamodels: undefined }, () => undefined, bindMigrationAwareSqlAdapterFactory(factory));
    try {
      const { exitCode, stdout } = await engine.diff({
        from: { tag: "migrations", ...migrations },
        to: { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content }] },
        script: true,
        exitCode: true,
        filters: { externalTables: [], externalEnums: [] },
      });
      return exitCode === 0 ? "" : (stdout ?? "");
    } finally {
      engine.free();
    }
  } finally {
    await Promise.all(pools.map((pool) => pool.end()));
    await server.query(`DROP DATABASE IF EXISTS ${scratch} WITH (FORCE)`);
    await server.end();
  }
}

/**
 * The adapter of the migrations, able to read PostgreSQL's internal "char" columns, which Prisma's own refuses: it is shown text, and
 * the engine is then told that these columns are characters. One connection, so that an answer is never taken for another's.
 */
async function describingAdapter(pool: pg.Pool): Promise<SqlDriverAdapter> {
  let characters: number[] = [];
  const note = (result: pg.QueryResult): pg.QueryResult => {
    const fields = result.fields ?? [];
    characters = fields.flatMap((field, index) => (field.dataTypeID === internalChar ? [index] : []));
    for (const index of characters) (fields[index] as pg.FieldDef).dataTypeID = text;
    return result;
  };
  pool.on("connect", (client) => hear(client, note));
  const adapter = await migrationAdapter(pool);
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query) => {
    const answer = await queryRaw(query);
    for (const index of characters) answer.columnTypes[index] = ColumnTypeEnum.Character;
    return answer;
  };
  return adapter;
}

/** Lets `note` see every answer of a connection first. */
function hear(client: pg.PoolClient, note: (result: pg.QueryResult) => pg.QueryResult): void {
  const query = client.query.bind(client) as (...args: unknown[]) => Promise<pg.QueryResult>;
  const heard = (...args: unknown[]): unknown => {
    const last = args.at(-1);
    if (typeof last !== "function") return query(...args).then(note);
    return query(...args.slice(0, -1), (error: unknown, result: pg.QueryResult | undefined) => last(error, result && note(result)));
  };
  client.query = heard as typeof client.query;
}
