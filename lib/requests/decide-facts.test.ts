import { beforeEach, describe, expect, test, vi } from "vitest";
import { person } from "@/lib/audit/testing";
import { verifyStored } from "@/lib/audit/verify-stored";
import { binding, cluster, readable, refused, workspace } from "@/lib/bindings/testing";
import { testDatabase } from "@/lib/db/testing";
import { defaultPolicy } from "@/lib/policies/default-policy";
import { eventsOf, refusalOf, together, trailOf, withoutCommit } from "./testing/database";
import { change, resetWorld, world } from "./testing/world";
import { approve, asking, decisionsOf, plansOf, requestOf, runsOf, waiting, waitingForTwo } from "./testing/verbs";

vi.mock("@/lib/auth/caller", async () => (await import("./testing/world")).entra);
vi.mock("@/lib/auth/scope", async () => (await import("./testing/world")).scope);
vi.mock("@/lib/bindings/gather", async () => (await import("./testing/world")).azure);
vi.mock("@/lib/policies/load", async () => (await import("./testing/world")).policies);

testDatabase();
beforeEach(() => resetWorld());

const rita = person("Rita", ["Requester"]);
const arno = person("Arno", ["Approver"]);
const bea = person("Bea", ["Approver"]);
const cleo = person("Cleo", ["Approver"]);

describe("facts that changed", () => {
  const renewed = readable({ ...cluster, resourceUid: "made-anew" });

  test("void the plan: the request waits with the next version, and the old decision is kept but no longer counts", async () => {
    const request = await waitingForTwo();
    await approve(arno, request);
    const { revision } = await requestOf(request.id);
    change({ cluster: renewed });
    await expect(approve(bea, request)).rejects.toMatchObject({
      code: "plan_void",
      facts: { changes: [expect.stringContaining("made anew")] },
    });
    const [old, next, ...more] = await plansOf(request.id);
    expect(more).toEqual([]);
    expect(old).toMatchObject({
      version: 1,
      digest: request.digest,
      voidedAt: expect.any(Date),
      voidReasons: [expect.stringContaining("made anew")],
    });
    expect(next).toMatchObject({ version: 2, voidedAt: null, plannedByOid: "bea" });
    expect(next?.digest).not.toBe(request.digest);
    const row = await requestOf(request.id);
    expect(row).toMatchObject({ state: "waiting", planVersion: 2, closedAt: null });
    expect(row.revision).toBeGreaterThan(revision);
    expect(await decisionsOf(request.id)).toMatchObject([{ deciderOid: "arno", planId: old?.id, planDigest: request.digest }]);
    expect(await runsOf(request.id)).toEqual([]);
    expect((await trailOf(request.id)).slice(2)).toEqual(["plan-voided ok by Bea"]);
    expect((await eventsOf(request.id))[2]).toMatchObject({ detail: { version: 2, digest: next?.digest } });

    expect(await refusalOf(() => approve(cleo, request))).toMatchObject({ code: "conflict" });
    const fresh = { id: request.id, digest: next?.digest ?? "" };
    expect(await approve(bea, fresh)).toMatchObject({ state: "waiting" });
    expect(await approve(arno, fresh)).toMatchObject({ state: "approved" });
    expect(await runsOf(request.id)).toMatchObject([{ planId: next?.id, actingOid: "arno" }]);
  });

  test.each([
    [
      "somebody made a binding of that name",
      () => change({ bindings: readable([binding("ml-dev-mlworkload", { sourceResourceId: cluster.id })]) }),
    ],
    [
      "the source's identity was made anew",
      () =>
        change({
          source: readable({
            ...workspace,
            tenantId: rita.tid,
            identity: { type: "SystemAssigned", principalId: "new", tenantId: rita.tid },
          }),
        }),
    ],
    ["the policy asks for more persons", () => void (world.policy = asking({ approvals: 2 }))],
  ])("are told and void the plan: %s", async (_, happens) => {
    const request = await waiting();
    happens();
    await expect(approve(arno, request)).rejects.toMatchObject({ code: "plan_void" });
    expect(await requestOf(request.id)).toMatchObject({ state: "waiting", planVersion: 2 });
    expect([await decisionsOf(request.id), await runsOf(request.id)]).toEqual([[], []]);
  });

  test("void nothing when a rule that does not decide is edited", async () => {
    const request = await waiting();
    const rule = { id: "elsewhere", description: "Another place.", match: { resourceGroups: ["another"] }, set: { approvals: 3 } };
    world.policy = { ...defaultPolicy, rules: [...defaultPolicy.rules, rule] };
    expect(await approve(arno, request)).toMatchObject({ state: "approved" });
  });

  test("void one plan once, when two approvers find them at the same moment", async () => {
    const request = await waiting();
    change({ cluster: renewed });
    const answers = await together(request, [() => approve(arno, request), () => approve(bea, request)]);
    expect(answers).toMatchObject([{ code: "plan_void" }, { code: "conflict" }]);
    expect(await plansOf(request.id)).toHaveLength(2);
    expect((await trailOf(request.id)).slice(1)).toEqual(["plan-voided ok by Arno"]);
  });

  test("found by one approver while another approves: who comes first wins whole", async () => {
    const [first, second] = [await waiting(), await waiting()];
    world.readBy.set("bea", { cluster: renewed });
    expect(await together(first, [() => approve(arno, first), () => approve(bea, first)])).toMatchObject([
      { state: "approved" },
      { code: "conflict" },
    ]);
    expect(await together(second, [() => approve(bea, second), () => approve(arno, second)])).toMatchObject([
      { code: "plan_void" },
      { code: "conflict" },
    ]);
    expect(await plansOf(first.id)).toHaveLength(1);
    expect(await requestOf(second.id)).toMatchObject({ state: "waiting", planVersion: 2 });
    expect([await decisionsOf(second.id), await runsOf(second.id)]).toEqual([[], []]);
  });

  test.each(["request", "plan", "audit_event"])("void the plan whole or not at all: %s", async (table) => {
    const request = await waiting();
    change({ cluster: renewed });
    expect(await refusalOf(() => withoutCommit(table, () => approve(arno, request)))).toMatchObject({
      message: expect.stringContaining("no commit"),
    });
    await expect(approve(arno, request)).rejects.toMatchObject({ code: "plan_void" });
  });
});

describe("what the decider cannot read", () => {
  const no = refused("x/read", cluster.id);
  test.each([
    ["the bindings", { bindings: no }, ["The binding of that name", "This source's bindings on the cluster"]],
    ["the source", { source: no, writers: no }, ["The source resource", "The source's identity (principal id)"]],
    ["the catalogue", { catalogue: no }, []],
    [
      "the cluster",
      { cluster: no, bindings: no, catalogue: no, snapshot: null, locks: no, permissions: no },
      [
        "The binding of that name",
        "This source's bindings on the cluster",
        "The cluster",
        "The cluster's unique id (changes when it is made anew)",
      ],
    ],
    [
      "the cluster, since Azure does not answer",
      { cluster: { state: "unavailable" as const, message: "No answer." } },
      ["The cluster", "The cluster's unique id (changes when it is made anew)"],
    ],
  ])("never voids the plan and is put on record: %s", async (_, unread, labels) => {
    const request = await waiting();
    world.readBy.set("arno", unread);
    expect(await approve(arno, request)).toMatchObject({ state: "approved" });
    expect(await plansOf(request.id)).toMatchObject([{ version: 1, voidedAt: null, digest: request.digest }]);
    expect((await eventsOf(request.id))[1]).toMatchObject({ action: "request-approved", detail: { notReadable: labels } });
  });

  test("does not matter for what the planner could not read either, which is outside the digest", async () => {
    world.readBy.set("rita", { source: no, writers: no });
    const request = await waiting();
    expect(await approve(arno, request)).toMatchObject({ state: "approved" });
    expect(await plansOf(request.id)).toMatchObject([{ version: 1, voidedAt: null }]);
  });
});

describe("a new obstacle", () => {
  test.each([
    ["the cluster was stopped", () => change({ cluster: readable({ ...cluster, powerState: "Stopped" }) }), "stopped"],
    [
      "all slots are taken by others",
      () =>
        change({
          bindings: readable(Array.from({ length: 8 }, (_, index) => binding(`other-${index}`, { sourceResourceId: cluster.id }))),
        }),
      "",
    ],
  ])("refuses the approval and leaves the plan as it is: %s", async (_, happens, says) => {
    const request = await waiting();
    happens();
    expect(await refusalOf(() => approve(arno, request))).toMatchObject({
      code: "conflict",
      facts: { title: "A check stops this request" },
      message: expect.stringContaining(says),
    });
    resetWorld();
    expect(await approve(arno, request)).toMatchObject({ state: "approved" });
  });
});

test("the record of all that was done here verifies", async () => {
  expect(await verifyStored()).toMatchObject({ ok: true });
});
