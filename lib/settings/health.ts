import { db } from "@/lib/db/client";
import type { Answer } from "@/lib/http/contract";
import { BinderyError } from "@/lib/kernel/errors";

/** Alive, with a database that answers within 3 s. Throws `unavailable` otherwise. */
export async function readHealth(): Promise<Answer<"GET /api/v1/health">> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("no answer within 3 s")), 3000);
  });
  try {
    await Promise.race([db().$queryRaw`SELECT 1`, late]);
    return { status: "ok", database: "ok" };
  } catch (cause) {
    throw new BinderyError("unavailable", "The database does not answer.", { cause, retryAfterSeconds: 5 });
  } finally {
    clearTimeout(timer);
  }
}
