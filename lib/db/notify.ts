import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { log } from "@/lib/kernel/log";
import type { Tx } from "./client";

const channel = "bindery_change";

/** Something changed. Carries the keys that decide who may hear of it, and no content. */
export type Change = { type: "request" | "run" | "setting"; id: string; clusterKey?: string; sourceKey?: string; tid: string };

/** Tells every listening process of a change when, and only if, the transaction commits. */
export async function notifyChange(tx: Tx, change: Change): Promise<void> {
  const { type, id, clusterKey, sourceKey, tid } = change;
  const payload = JSON.stringify({ type, id, clusterKey, sourceKey, tid });
  await tx.$executeRaw`SELECT pg_notify(${channel}, ${payload})`;
}

/**
 * Calls `onChange` for every committed change, on a connection of its own that is opened again when it breaks. Changes made while it
 * was broken are not repeated: `onGap` is then called once, so that the caller can look for itself. Gives the function that ends it.
 */
export async function listenForChanges(
  onChange: (change: Change) => void,
  onGap: () => void = () => undefined,
): Promise<() => Promise<void>> {
  const stop = new AbortController();
  let client = await listen(onChange, lost);
  function lost(): void {
    if (stop.signal.aborted) return;
    log("warn", "database.listener-lost");
    void reopen();
  }
  async function reopen(): Promise<void> {
    for (let wait = 100; !stop.signal.aborted; wait = Math.min(wait * 2, 5000)) {
      try {
        const next = await listen(onChange, lost);
        if (stop.signal.aborted) return await next.end();
        client = next;
        return onGap();
      } catch (error) {
        log("debug", "database.listener-waits", { error });
        await delay(wait, undefined, { signal: stop.signal }).catch(() => undefined);
      }
    }
  }
  return async () => {
    stop.abort();
    await client.end().catch((error: unknown) => log("debug", "database.listener-end", { error }));
  };
}

async function listen(onChange: (change: Change) => void, onLost: () => void): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: process.env.DATABASE_URL,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    application_name: "bindery listener",
  });
  let told = false;
  const lost = (): void => {
    if (told) return;
    told = true;
    onLost();
  };
  client.on("notification", (message) => {
    if (message.payload !== undefined) onChange(JSON.parse(message.payload) as Change);
  });
  // Before the first success the caller hears of the failure by the rejected promise alone.
  client.on("error", () => undefined);
  await client.connect();
  await client.query(`LISTEN ${channel}`);
  client.on("error", lost);
  client.on("end", lost);
  return client;
}
