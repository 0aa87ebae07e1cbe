import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { person } from "@/lib/audit/testing";
import { verifyStored } from "@/lib/audit/verify-stored";
import { callerFor } from "@/lib/auth/caller";
import { cluster, readable } from "@/lib/bindings/testing";
import { db } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing";
import { moveClock, now } from "@/lib/kernel/clock";
import { settings } from "@/lib/kernel/settings";
import type { Plan } from "@/lib/plans/plan";
import { expireRequests } from "./expire";
import { comparePlan } from "./planning";
import { startRequest } from "./start";
import { eventsOf, everything, trailOf, together, withoutCommit } from "./testing/database";
import { approve, decisionsOf, plansOf, reject, requestOf, runsOf, waiting } from "./testing/verbs";
import { change, resetWorld, world } from "./testing/world";
import { voidPlan } from "./void-plan";

vi.mock("@/lib/auth/caller", async () => (await import("./testing/world")).entra);
vi.mock("@/lib/auth/scope", async () => (await import("./testing/world")).scope);
vi.mock("@/lib/bindings/gather", async () => (await import("./testing/world")).azure);
vi.mock("@/lib/policies/load", async () => (await import("./testing/world")).policies);

testDatabase();
beforeEach(() => resetWorld());

afterEach(async () => {
  moveClock(0);
  await db().request.updateMany({ where: { state: { in: ["waiting", "approved"] } }, data: { state: "done" } });
});

const arno = person("Arno", ["Approver"]);
const minute = 60_000;
/** To the moment at which what was last touched now is about to expire; `minutes` after it. */
const moveToEnd = (minutes: number): void => moveClock(settings().BINDERY_REQUEST_DAYS * 24 * 60 * minute + minutes * minute);
/** Arno signs in at the moment that the clock shows. */
const signInAgain = (): void => void world.tokens.set("arno", { authTime: now() });
const renewed = readable({ ...cluster, resourceUid: "made-anew" });
const stateOf = async (id: string): Promise<string> => (await requestOf(id)).state;

describe("a request", () => {
  test("that nobody decided expires when its days are over, not before, and once", async () => {
    const { id } = await waiting();
    moveToEnd(-1);
    expect(await expireRequests()).toBe(0);
    expect(await stateOf(id)).toBe("waiting");
    moveToEnd(1);
    expect(await expireRequests()).toBe(1);
    expect(await requestOf(id)).toMatchObject({ state: "expired", closedAt: expect.any(Date) });
    moveToEnd(100_000);
    expect(await expireRequests()).toBe(0);
    expect((await trailOf(id)).slice(1)).toEqual(["request-expired ok by nobody"]);
    expect((await eventsOf(id))[1]).toMatchObject({
      subject: { type: "request", id },
      summary: expect.stringContaining(`${settings().BINDERY_REQUEST_DAYS} days`),
    });
  });

  test("that was approved and never started expires, and can then no longer be started", async () => {
    const request = await waiting();
    await approve(arno, request, "later");
    moveToEnd(1);
    expect(await expireRequests()).toBe(1);
    await expect(startRequest(arno, { id: request.id })).rejects.toMatchObject({ code: "conflict" });
    expect(await runsOf(request.id)).toEqual([]);
  });

  test("that was approved again after its plan was void, and never started, expires although the void plan had a run", async () => {
    const request = await waiting();
    await approve(arno, request);
    const [plan] = await plansOf(request.id);
    const [run] = await runsOf(request.id);
    change({ cluster: renewed });
    const { changes, fresh } = await comparePlan(callerFor(arno), request.id, plan?.document as unknown as Plan, arno);
    await voidPlan({ runId: run?.id ?? "", requestId: request.id, planId: plan?.id ?? "", changes, fresh });
    await db().run.updateMany({ where: { requestId: request.id }, data: { state: "failed" } });
    expect(await approve(arno, { id: request.id, digest: fresh.digest }, "later")).toMatchObject({ state: "approved" });
    moveToEnd(1);
    expect(await expireRequests()).toBe(1);
    expect(await stateOf(request.id)).toBe("expired");
  });

  test("whose run exists does not expire, however old", async () => {
    const request = await waiting();
    await approve(arno, request);
    moveToEnd(100_000);
    expect(await expireRequests()).toBe(0);
    expect(await stateOf(request.id)).toBe("approved");
  });

  test("that is closed stays as it was closed", async () => {
    const request = await waiting();
    await reject(arno, request, "No.");
    moveToEnd(1);
    expect(await expireRequests()).toBe(0);
    expect(await stateOf(request.id)).toBe("rejected");
  });

  test("that somebody took further gets its days anew", async () => {
    const request = await waiting();
    moveToEnd(-1);
    signInAgain();
    change({ cluster: renewed });
    await expect(approve(arno, request)).rejects.toMatchObject({ code: "plan_void" });
    moveToEnd(1);
    expect(await expireRequests()).toBe(0);
    expect(await stateOf(request.id)).toBe("waiting");
  });
});

describe("two workers at the same moment", () => {
  test("expire one request once, on record once", async () => {
    const { id } = await waiting();
    moveToEnd(1);
    expect(await together({ id }, [expireRequests, expireRequests])).toEqual([1, 0]);
    expect((await trailOf(id)).slice(1)).toEqual(["request-expired ok by nobody"]);
  });

  test("expire many requests once each", async () => {
    const requests = [];
    for (let index = 0; index < 12; index++) requests.push(await waiting());
    moveToEnd(1);
    const [first, second] = await Promise.all([expireRequests(), expireRequests()]);
    expect(first + second).toBe(12);
    for (const { id } of requests) {
      expect(await stateOf(id)).toBe("expired");
      expect((await trailOf(id)).slice(1)).toEqual(["request-expired ok by nobody"]);
    }
  });
});

describe("the end of a request's days and a decision", () => {
  test("never both win: the decision came first", async () => {
    const request = await waiting();
    moveToEnd(1);
    signInAgain();
    expect(await together(request, [() => approve(arno, request), expireRequests])).toMatchObject([{ state: "approved" }, 0]);
    expect(await requestOf(request.id)).toMatchObject({ state: "approved", closedAt: null });
    expect(await trailOf(request.id)).not.toContain("request-expired ok by nobody");
  });

  test("never both win: the end came first", async () => {
    const request = await waiting();
    moveToEnd(1);
    signInAgain();
    expect(await together(request, [expireRequests, () => approve(arno, request)])).toMatchObject([1, { code: "conflict" }]);
    expect(await stateOf(request.id)).toBe("expired");
    expect([await decisionsOf(request.id), await runsOf(request.id)]).toEqual([[], []]);
  });
});

test.each(["request", "audit_event"])("an expiry is written whole or not at all: %s", async (table) => {
  await waiting();
  moveToEnd(1);
  const before = await everything();
  await expect(withoutCommit(table, expireRequests)).rejects.toThrow("no commit today");
  expect(await everything()).toEqual(before);
  expect(await expireRequests()).toBe(1);
});

test("the record of all that was done here verifies", async () => {
  expect(await verifyStored()).toMatchObject({ ok: true });
});
