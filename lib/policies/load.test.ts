import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readEventText } from "@/lib/audit/event";
import { proveActor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing";
import { defaultPolicy } from "./default-policy";
import { loadPolicy } from "./load";
import { readPolicy } from "./read";

testDatabase();

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bindery-policy-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, content: unknown): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}
const strict = { ...defaultPolicy, defaults: { ...defaultPolicy.defaults, approvals: 2 } };
const loads = () => db().auditEvent.findMany({ where: { action: "policy-loaded" }, orderBy: { sequence: "asc" } });

describe("loading the policy", () => {
  test("records a policy once, however many processes load it at the same time", async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => loadPolicy(undefined)));
    expect(new Set(all.map((policy) => policy.hash)).size).toBe(1);
    const events = await loads();
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ actorOid: null, subjectType: "policy", subjectId: all[0]?.hash });
    expect(readEventText(events[0]?.event ?? "").after).toEqual({
      hash: all[0]?.hash,
      document: JSON.parse(JSON.stringify(defaultPolicy)),
    });
    expect(new Set(all.map((policy) => policy.loadedAt.getTime()))).toEqual(new Set([events[0]?.at.getTime()]));
  });

  test("records each change of the policy in force, the return to an earlier one too", async () => {
    const builtIn = await loadPolicy(undefined);
    const other = await loadPolicy(await file("strict.json", strict));
    const back = await loadPolicy(undefined);
    expect(back.hash).toBe(builtIn.hash);
    expect(back.loadedAt.getTime()).toBeGreaterThanOrEqual(other.loadedAt.getTime());
    const events = (await loads()).map((row) => readEventText(row.event));
    expect(events.map((event) => event.subject?.id)).toEqual([builtIn.hash, other.hash, builtIn.hash]);
    expect(events.map((event) => event.before)).toEqual([null, { hash: builtIn.hash }, { hash: other.hash }]);
    expect(await db().policy.count()).toBe(2);
  });

  test("refuses a file that is absent, not JSON or no policy, says where, and leaves no trace", async () => {
    const before = await loads();
    await expect(loadPolicy(join(folder, "absent.json"))).rejects.toMatchObject({
      code: "wrong_setting",
      message: expect.stringContaining("cannot be read (ENOENT)") as string,
    });
    await expect(loadPolicy(await file("broken.json", "{"))).rejects.toMatchObject({
      code: "wrong_setting",
      message: expect.stringContaining("is not JSON") as string,
    });
    await expect(loadPolicy(await file("wrong.json", { version: 1, rules: [{ id: "x" }] }))).rejects.toMatchObject({
      code: "wrong_setting",
      message: expect.stringContaining("rules[0].") as string,
    });
    expect(await loads()).toEqual(before);
  });

  test("answers its page with the rules in sentences", async () => {
    const actor = proveActor({
      tid: "11111111-1111-4111-8111-111111111111",
      oid: "0a",
      personKey: "0a",
      homeAccountId: "0a",
      name: "Ada",
      upn: "ada@contoso.com",
      portalRoles: ["Requester"],
      sessionId: "s",
      authTime: new Date(),
      acrs: [],
      amr: [],
      ip: null,
      userAgent: null,
    });
    const answer = await readPolicy(actor);
    expect(answer).toMatchObject({ source: "the built-in policy", document: defaultPolicy, personClaim: null });
    expect(answer.rules.map((rule) => rule.id)).toEqual([...defaultPolicy.rules.map((rule) => rule.id), "defaults"]);
  });
});
