import { beforeEach, describe, expect, test } from "vitest";
import { db, transaction } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing";
import { isBinderyError } from "@/lib/kernel/errors";
import { loadCache, replaceCache, saveCache } from "./token-cache";

testDatabase();

const alice = "oid-alice.tid";
const cacheOf = (tokens: Record<string, { secret: string; cached_at: string }>): string =>
  JSON.stringify({ AccessToken: tokens, RefreshToken: {} });
const tokensOf = (text: string | undefined): string[] =>
  Object.keys((JSON.parse(text ?? "{}") as { AccessToken: object }).AccessToken).sort();

beforeEach(async () => {
  await db().tokenCache.deleteMany();
  await transaction((tx) => replaceCache(tx, alice, cacheOf({ arm: { secret: "first-secret", cached_at: "1" } })));
});

describe("the token cache", () => {
  test("is unreadable in the database", async () => {
    const row = await db().tokenCache.findUniqueOrThrow({ where: { homeAccountId: alice } });
    expect(row.sealed).not.toContain("secret");
    expect(Buffer.from(row.sealed.split(".")[1] ?? "", "base64url").toString("latin1")).not.toContain("secret");
  });

  test("moved to another account's row does not open", async () => {
    await db().tokenCache.updateMany({ data: { homeAccountId: "oid-mallory.tid" } });
    await expect(loadCache("oid-mallory.tid")).rejects.toSatisfy((error) => isBinderyError(error, "internal"));
  });

  test("saves a renewal over the version that it was made from", async () => {
    const known = await loadCache(alice);
    const saved = await saveCache(alice, cacheOf({ arm: { secret: "second", cached_at: "2" } }), known!.version);
    expect(saved?.version).toBe(known!.version + 1);
    expect((await loadCache(alice))?.text).toContain("second");
  });

  test("loses nothing when two processes renew at once: the slower one is merged in", async () => {
    const known = await loadCache(alice);
    const arm = { secret: "first", cached_at: "1" };
    await saveCache(alice, cacheOf({ arm, web: { secret: "w", cached_at: "2" } }), known!.version);
    const late = await saveCache(alice, cacheOf({ arm, worker: { secret: "k", cached_at: "2" } }), known!.version);
    expect(tokensOf(late?.text)).toEqual(["arm", "web", "worker"]);
    expect(tokensOf((await loadCache(alice))?.text)).toEqual(["arm", "web", "worker"]);
  });

  test("keeps every token of twenty renewals that start from the same version", async () => {
    const known = await loadCache(alice);
    const names = Array.from({ length: 20 }, (_unused, index) => `token-${String(index).padStart(2, "0")}`);
    await Promise.all(names.map((name) => saveCache(alice, cacheOf({ [name]: { secret: name, cached_at: "5" } }), known!.version)));
    const stored = await loadCache(alice);
    expect(tokensOf(stored?.text)).toEqual(names);
    expect(stored?.version).toBe(known!.version + 20);
  });

  test("does not come back once it was deleted: the person signed out meanwhile", async () => {
    const known = await loadCache(alice);
    await db().tokenCache.deleteMany();
    expect(await saveCache(alice, cacheOf({ arm: { secret: "late", cached_at: "3" } }), known!.version)).toBeNull();
    expect(await loadCache(alice)).toBeNull();
  });

  test("is replaced whole by a new sign-in", async () => {
    await transaction((tx) => replaceCache(tx, alice, cacheOf({ fresh: { secret: "s", cached_at: "9" } })));
    expect(tokensOf((await loadCache(alice))?.text)).toEqual(["fresh"]);
  });
});
