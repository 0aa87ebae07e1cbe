import { PrismaPg } from "@prisma/adapter-pg";
import { DriverAdapterError, type SqlDriverAdapter } from "@prisma/driver-adapter-utils";
import pg from "pg";

/**
 * Prisma's PostgreSQL adapter over `pool`, with a script sent to the server as a whole. Prisma's own cuts scripts at every semicolon,
 * also inside comments and function bodies, and leaves a failed transaction open, so that the failure cannot be recorded.
 */
export async function migrationAdapter(pool: pg.Pool): Promise<SqlDriverAdapter> {
  const adapter = await new PrismaPg(pool).connect();
  adapter.executeScript = async (script) => {
    const client = await pool.connect();
    try {
      await client.query(script);
    } catch (error) {
      await client.query("ROLLBACK");
      throw asAdapterError(error);
    } finally {
      client.release();
    }
  };
  return adapter;
}

function asAdapterError(error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError)) return error;
  const { code, severity, message, detail, column, hint } = error;
  return new DriverAdapterError({ kind: "postgres", code: code ?? "N/A", severity: severity ?? "N/A", message, detail, column, hint });
}
