import { beforeEach, describe, expect, test, vi } from "vitest";
import { person } from "@/lib/audit/testing";
import { verifyStored } from "@/lib/audit/verify-stored";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing";
import { readRequest } from "./read";
import { eventsOf, refusalOf, together, trailOf, withoutCommit } from "./testing/database";
import { approve, decisionsOf, type Looked, reject, requestOf, runsOf, waiting, waitingForTwo } from "./testing/verbs";
import { resetWorld, world } from "./testing/world";
import { withdrawRequest } from "./withdraw";

vi.mock("@/lib/auth/caller", async () => (await import("./testing/world")).entra);
vi.mock("@/lib/auth/scope", async () => (await import("./testing/world")).scope);
vi.mock("@/lib/bindings/gather", async () => (await import("./testing/world")).azure);
vi.mock("@/lib/policies/load", async () => (await import("./testing/world")).policies);

testDatabase();
beforeEach(() => resetWorld());

const rita = person("Rita", ["Requester"]);
const arno = person("Arno", ["Approver"]);
const withdraw = ({ id }: Looked, actor: Actor = rita, reason?: string) =>
  withdrawRequest(actor, { id }, reason === undefined ? {} : { reason });

describe("withdrawing", () => {
  test("closes one's own request and is on record once, with its reason", async () => {
    const request = await waiting();
    expect(await withdraw(request, rita, "Not needed any more.")).toEqual({ state: "withdrawn" });
    expect(await requestOf(request.id)).toMatchObject({ state: "withdrawn", closedAt: expect.any(Date) });
    expect((await trailOf(request.id)).slice(1)).toEqual(["request-withdrawn ok by Rita"]);
    expect((await eventsOf(request.id))[1]).toMatchObject({
      subject: { type: "request", id: request.id },
      detail: { reason: "Not needed any more." },
    });
    expect(await readRequest(arno, { id: request.id })).toMatchObject({ closing: { by: "Rita", why: "Not needed any more." } });
    expect(await refusalOf(() => approve(arno, request))).toMatchObject({ code: "conflict" });
    expect(await refusalOf(() => withdraw(request))).toMatchObject({ code: "conflict" });
  });

  test("is possible with any account of the same person", async () => {
    const request = await waiting();
    expect(await withdraw(request, { ...person("Rita-2", ["Requester"]), personKey: "rita" })).toEqual({ state: "withdrawn" });
  });

  test("is refused to everybody else, whatever their portal roles", async () => {
    const request = await waiting();
    const other = person("Max", ["Requester", "Approver", "Auditor", "Administrator"]);
    expect(await refusalOf(() => withdraw(request, other))).toMatchObject({ code: "forbidden" });
  });

  test("finds nothing where a stranger may not see the request", async () => {
    const request = await waiting();
    world.blind.add("max");
    expect(await refusalOf(() => withdraw(request, person("Max", ["Requester"])))).toMatchObject({ code: "not_found" });
  });

  test("keeps the decisions that were made", async () => {
    const request = await waitingForTwo();
    await approve(arno, request);
    await withdraw(request);
    expect(await decisionsOf(request.id)).toMatchObject([{ deciderOid: "arno", verdict: "approve" }]);
  });

  test("is possible while an approved request waits for its start, and no longer once its run exists", async () => {
    const request = await waiting();
    await approve(arno, request, "later");
    expect(await withdraw(request)).toEqual({ state: "withdrawn" });
    const running = await waiting();
    await approve(arno, running);
    expect(await refusalOf(() => withdraw(running))).toMatchObject({
      code: "conflict",
      message: expect.stringContaining("cancel the run"),
    });
  });

  test("is possible after the run failed", async () => {
    const request = await waiting();
    await approve(arno, request);
    await db().run.updateMany({ where: { requestId: request.id }, data: { state: "failed" } });
    expect(await withdraw(request)).toEqual({ state: "withdrawn" });
  });

  test("does not bring back what was rejected", async () => {
    const request = await waiting();
    await reject(arno, request, "No.");
    expect(await refusalOf(() => withdraw(request))).toMatchObject({ code: "conflict" });
  });

  test("by two clicks at the same moment happens once", async () => {
    const request = await waiting();
    const answers = await together(request, [() => withdraw(request), () => withdraw(request)]);
    expect(answers).toMatchObject([{ state: "withdrawn" }, { code: "conflict" }]);
    expect((await trailOf(request.id)).slice(1)).toEqual(["request-withdrawn ok by Rita"]);
  });

  test.each(["request", "audit_event"])("is written whole or not at all: %s", async (table) => {
    const request = await waiting();
    expect(await refusalOf(() => withoutCommit(table, () => withdraw(request)))).toMatchObject({
      message: expect.stringContaining("no commit today"),
    });
    expect(await withdraw(request)).toEqual({ state: "withdrawn" });
  });
});

describe("a withdrawal and an approval", () => {
  test("never both win: the withdrawal came first", async () => {
    const request = await waiting();
    expect(await together(request, [() => withdraw(request), () => approve(arno, request)])).toMatchObject([
      { state: "withdrawn" },
      { code: "conflict" },
    ]);
    expect(await trailOf(request.id)).toEqual(["request-submitted ok by Rita", "request-withdrawn ok by Rita"]);
    expect([await decisionsOf(request.id), await runsOf(request.id)]).toEqual([[], []]);
  });

  test("never both win: the approval came first", async () => {
    const request = await waiting();
    expect(await together(request, [() => approve(arno, request), () => withdraw(request)])).toMatchObject([
      { state: "approved" },
      { code: "conflict" },
    ]);
    expect(await requestOf(request.id)).toMatchObject({ state: "approved", closedAt: null });
    expect(await trailOf(request.id)).not.toContain("request-withdrawn ok by Rita");
  });

  test("never both win: it is withdrawn while the approver's facts are read", async () => {
    const request = await waiting();
    world.meanwhile = async () => void (await withdraw(request));
    await expect(approve(arno, request)).rejects.toMatchObject({ code: "conflict" });
    expect(await requestOf(request.id)).toMatchObject({ state: "withdrawn" });
    expect([await decisionsOf(request.id), await runsOf(request.id)]).toEqual([[], []]);
  });

  test("never both win, whatever comes first", { timeout: 120_000 }, async () => {
    for (let round = 0; round < 25; round++) {
      const request = await waiting();
      const works = [() => approve(arno, request), () => withdraw(request)];
      const answers = await Promise.allSettled((round % 2 === 0 ? works : works.toReversed()).map((work) => work()));
      const won = answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value.state] : []));
      const { state } = await requestOf(request.id);
      expect(won).toEqual([state]);
      expect(await runsOf(request.id)).toHaveLength(state === "approved" ? 1 : 0);
      expect(await decisionsOf(request.id)).toHaveLength(state === "approved" ? 1 : 0);
      const closing = (await trailOf(request.id)).filter((line) => /approved|withdrawn/.test(line));
      expect(closing).toEqual([state === "approved" ? "request-approved ok by Arno" : "request-withdrawn ok by Rita"]);
    }
  });
});

test("the record of all that was done here verifies", async () => {
  expect(await verifyStored()).toMatchObject({ ok: true });
});
