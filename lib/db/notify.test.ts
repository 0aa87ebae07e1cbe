import pg from "pg";
import { describe, expect, it, vi } from "vitest";
import { transaction } from "./client";
import { type Change, listenForChanges, notifyChange } from "./notify";
import { testDatabase } from "./testing";

const database = testDatabase();
const change = (id: string): Change => ({ type: "run", id, tid: "t", clusterKey: "/c", sourceKey: "/s" });

describe("changes", () => {
  it("reach every listener once they are committed, and only then", async () => {
    const [first, second] = [vi.fn<(c: Change) => void>(), vi.fn<(c: Change) => void>()];
    const stops = await Promise.all([listenForChanges(first), listenForChanges(second)]);
    await transaction(async (tx) => notifyChange(tx, change("committed")));
    await expect(
      transaction(async (tx) => {
        await notifyChange(tx, change("rolled back"));
        throw new Error("no");
      }),
    ).rejects.toThrow("no");
    await transaction(async (tx) => notifyChange(tx, change("last")));
    await vi.waitFor(() => expect(second.mock.calls.at(-1)).toEqual([change("last")]));
    await vi.waitFor(() => expect(first.mock.calls.map(([heard]) => heard.id)).toEqual(["committed", "last"]));
    await Promise.all(stops.map((stop) => stop()));
  });

  it("are heard again after the connection broke, and the gap is told", async () => {
    const heard = vi.fn<(c: Change) => void>();
    const gap = vi.fn<() => void>();
    const stop = await listenForChanges(heard, gap);
    await breakListeners();
    await vi.waitFor(() => expect(gap).toHaveBeenCalledTimes(1), { timeout: 5000 });
    await transaction(async (tx) => notifyChange(tx, change("after")));
    await vi.waitFor(() => expect(heard).toHaveBeenCalledWith(change("after")));
    await stop();
  });

  it("are not waited for once the listener was stopped", async () => {
    const gap = vi.fn<() => void>();
    const stop = await listenForChanges(() => undefined, gap);
    await stop();
    await breakListeners();
    expect(gap).not.toHaveBeenCalled();
    expect(await listeners()).toBe(0);
  });
});

const own = "application_name = 'bindery listener' AND datname = current_database()";

async function breakListeners(): Promise<void> {
  await ask(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${own}`);
}

async function listeners(): Promise<number> {
  const [row] = await ask(`SELECT count(*)::int AS n FROM pg_stat_activity WHERE ${own}`);
  return Number(row?.n);
}

async function ask(sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: database.url() });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
