import { beforeEach, describe, expect, test, vi } from "vitest";
import { person } from "@/lib/audit/testing";
import { verifyStored } from "@/lib/audit/verify-stored";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing";
import { BinderyError } from "@/lib/kernel/errors";
import { startRequest } from "./start";
import { eventsOf, refusalOf, together, trailOf, withoutCommit } from "./testing/database";
import { approve, asking, type Looked, plansOf, requestOf, runsOf, waiting } from "./testing/verbs";
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
const bea = person("Bea", ["Approver"]);
const pia = person("Pia", ["Approver.Payments"]);
const start = ({ id }: Looked, actor: Actor) => startRequest(actor, { id });

/** Approved by Arno (where the policy asks for it, by Pia), to be started later. */
async function approved(by: Actor = arno): Promise<Looked> {
  const request = await waiting();
  await approve(by, request, "later");
  return request;
}

describe("a start by hand", () => {
  test("queues one run of the approved plan, which acts as the person who presses, and is on record once", async () => {
    const request = await approved();
    const { runId } = await start(request, bea);
    const [plan] = await plansOf(request.id);
    expect(await runsOf(request.id)).toMatchObject([
      { id: runId, planId: plan?.id, state: "queued", actingOid: "bea", actingKey: "bea", actingAccountId: bea.homeAccountId },
    ]);
    expect(await requestOf(request.id)).toMatchObject({ state: "approved" });
    expect((await trailOf(request.id)).slice(2)).toEqual(["run-queued ok by Bea"]);
    expect((await eventsOf(request.id))[2]).toMatchObject({ runId, detail: { digest: request.digest } });
    expect(await refusalOf(() => start(request, arno))).toMatchObject({
      code: "conflict",
      message: expect.stringContaining("exists already"),
    });
  });

  test("by two persons at the same moment makes one run", async () => {
    const request = await approved();
    const answers = await together(request, [() => start(request, arno), () => start(request, bea)]);
    expect(answers).toMatchObject([{ runId: expect.any(String) }, { code: "conflict" }]);
    expect(await runsOf(request.id)).toMatchObject([{ actingOid: "arno" }]);
    expect((await trailOf(request.id)).slice(2)).toEqual(["run-queued ok by Arno"]);
  });

  test("and a withdrawal never both win", async () => {
    const [first, second] = [await approved(), await approved()];
    const withdraw = ({ id }: Looked) => withdrawRequest(rita, { id }, {});
    expect(await together(first, [() => start(first, arno), () => withdraw(first)])).toMatchObject([
      { runId: expect.any(String) },
      { code: "conflict" },
    ]);
    expect(await together(second, [() => withdraw(second), () => start(second, arno)])).toMatchObject([
      { state: "withdrawn" },
      { code: "conflict" },
    ]);
    expect(await requestOf(first.id)).toMatchObject({ state: "approved" });
    expect(await runsOf(second.id)).toEqual([]);
  });

  test("is refused before the request is approved and after its run is over", async () => {
    const request = await waiting();
    expect(await refusalOf(() => start(request, arno))).toMatchObject({ code: "conflict" });
    await approve(arno, request);
    await db().run.updateMany({ where: { requestId: request.id }, data: { state: "failed" } });
    expect(await refusalOf(() => start(request, arno))).toMatchObject({ code: "conflict" });
  });

  test("is refused to the requester, whatever account or portal role", async () => {
    const request = await approved();
    for (const actor of [
      { ...rita, portalRoles: ["Requester", "Approver"] },
      { ...person("Rita-2", ["Approver"]), personKey: "rita" },
      { ...rita, portalRoles: ["Approver"], personKey: "renamed" },
    ])
      expect(await refusalOf(() => start(request, actor))).toMatchObject({
        code: "forbidden",
        message: expect.stringContaining("your own"),
      });
  });

  test("is the requester's where the policy has the requester carry it out", async () => {
    world.policy = asking({ executor: "requester" });
    const request = await approved();
    expect(await refusalOf(() => start(request, arno))).toMatchObject({
      code: "forbidden",
      message: expect.stringContaining("requester carries this out"),
    });
    await start(request, rita);
    expect(await runsOf(request.id)).toMatchObject([{ actingOid: "rita" }]);
  });

  test("asks for the portal role that the verdict names", async () => {
    world.policy = asking({ approverRole: "Approver.Payments" });
    const request = await approved(pia);
    expect(await refusalOf(() => start(request, arno))).toMatchObject({
      code: "forbidden",
      message: expect.stringContaining("Approver.Payments"),
    });
    await start(request, pia);
    expect(await runsOf(request.id)).toMatchObject([{ actingOid: "pia" }]);
  });

  test("reads the portal roles from the renewed token and not from the session", async () => {
    const request = await approved();
    world.tokens.set("bea", { portalRoles: [] });
    expect(await refusalOf(() => start(request, bea))).toMatchObject({ code: "forbidden" });
    world.tokens.set("bea", new BinderyError("sign_in_needed", "Come back."));
    expect(await refusalOf(() => start(request, bea))).toMatchObject({ code: "sign_in_needed" });
    world.tokens.set("max", { portalRoles: ["Approver"] });
    await start(request, person("Max", ["Requester"]));
    expect(await runsOf(request.id)).toMatchObject([{ actingOid: "max" }]);
  });

  test("asks for the sign-in that the policy asks of an approver", async () => {
    const request = await approved();
    world.tokens.set("bea", { authTime: new Date(0) });
    expect(await refusalOf(() => start(request, bea))).toMatchObject({
      code: "sign_in_needed",
      facts: { signInUrl: expect.stringContaining(encodeURIComponent(`/requests/${request.id}`)) },
    });
  });

  test("finds nothing where the person may not see the request", async () => {
    const request = await approved();
    world.blind.add("bea");
    expect(await refusalOf(() => start(request, bea))).toMatchObject({ code: "not_found" });
  });

  test.each(["request", "run", "run_step", "audit_event"])("is written whole or not at all: %s", async (table) => {
    const request = await approved();
    expect(await refusalOf(() => withoutCommit(table, () => start(request, arno)))).toMatchObject({
      message: expect.stringContaining("no commit today"),
    });
    await start(request, arno);
    expect(await runsOf(request.id)).toHaveLength(1);
  });
});

test("the record of all that was done here verifies", async () => {
  expect(await verifyStored()).toMatchObject({ ok: true });
});
