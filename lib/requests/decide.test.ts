import { beforeEach, describe, expect, test, vi } from "vitest";
import { person } from "@/lib/audit/testing";
import { verifyStored } from "@/lib/audit/verify-stored";
import { mlworkload } from "@/lib/bindings/testing";
import { testDatabase } from "@/lib/db/testing";
import { BinderyError } from "@/lib/kernel/errors";
import { defaultPolicy } from "@/lib/policies/default-policy";
import { decide } from "./decide";
import { eventsOf, refusalOf, together, trailOf, withoutCommit } from "./testing/database";
import { resetWorld, world } from "./testing/world";
import { approve, asking, decisionsOf, plansOf, reject, requestOf, runsOf, waiting, waitingForTwo } from "./testing/verbs";

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
const dora = person("Dora", ["Approver"]);
const pia = person("Pia", ["Approver.Payments"]);

describe("an approval", () => {
  test("that completes the quorum is of the plan that was looked at, and queues one run as the approver", async () => {
    const request = await waiting();
    const answer = await approve(arno, request);
    const [run, ...more] = await runsOf(request.id);
    const [plan] = await plansOf(request.id);
    expect(more).toEqual([]);
    expect(answer).toEqual({ state: "approved", runId: run?.id });
    expect(run).toMatchObject({
      state: "queued",
      planId: plan?.id,
      actingOid: "arno",
      actingKey: "arno",
      actingAccountId: arno.homeAccountId,
    });
    expect(await requestOf(request.id)).toMatchObject({ state: "approved", closedAt: null });
    expect(await decisionsOf(request.id)).toMatchObject([
      { planId: plan?.id, planDigest: request.digest, verdict: "approve", deciderOid: "arno", deciderKey: "arno", amr: ["mfa"] },
    ]);
    expect(world.reads).toEqual(["rita", "arno"]);
  });

  test("is on record once, with the digest, the proof of the sign-in and both sides of the change", async () => {
    const request = await waiting();
    await approve(arno, request);
    expect(await trailOf(request.id)).toEqual(["request-submitted ok by Rita", "request-approved ok by Arno", "run-queued ok by Arno"]);
    const [, approved, queued] = await eventsOf(request.id);
    const row = await requestOf(request.id);
    const asked = { reason: "Train the models", ticket: null };
    const about = { subject: { type: "request", id: request.id }, clusterKey: row.clusterKey, correlationId: row.correlationId };
    expect(approved).toMatchObject({
      ...about,
      runId: null,
      actor: { oid: "arno", sessionId: arno.sessionId },
      summary: `Approved plan 1 of request ${row.number} (1 of 1)`,
      before: null,
      after: { roles: [mlworkload] },
      detail: { digest: request.digest, asked, portalRoles: ["Approver"], amr: ["mfa"], notReadable: [] },
    });
    expect(queued).toMatchObject({ ...about, runId: (await runsOf(request.id))[0]?.id, detail: { digest: request.digest, asked } });
  });

  test("can leave the start to a hand", async () => {
    const request = await waiting();
    expect(await approve(arno, request, "later")).toEqual({ state: "approved", runId: null });
    expect(await runsOf(request.id)).toEqual([]);
    expect((await trailOf(request.id)).slice(1)).toEqual(["request-approved ok by Arno"]);
  });

  test("starts nothing where the policy has the requester carry it out", async () => {
    world.policy = asking({ executor: "requester" });
    const request = await waiting();
    expect(await approve(arno, request)).toEqual({ state: "approved", runId: null });
    expect(await runsOf(request.id)).toEqual([]);
  });

  test("that comes before the quorum lets the request wait", async () => {
    const request = await waitingForTwo();
    expect(await approve(arno, request)).toEqual({ state: "waiting", runId: null });
    expect(await approve(bea, request)).toMatchObject({ state: "approved", runId: expect.any(String) });
    expect(await runsOf(request.id)).toMatchObject([{ actingOid: "bea" }]);
  });

  test("of a digest that is not the current plan's is a conflict and writes nothing", async () => {
    const request = await waiting();
    expect(await refusalOf(() => approve(arno, { ...request, digest: "0".repeat(64) }))).toMatchObject({ code: "conflict" });
    expect(await refusalOf(() => reject(arno, { ...request, digest: "0".repeat(64) }, "No."))).toMatchObject({ code: "conflict" });
  });

  test("of a request that this person may not see finds none", async () => {
    const request = await waiting();
    world.blind.add("arno");
    expect(await refusalOf(() => approve(arno, request))).toMatchObject({ code: "not_found" });
  });

  test.each(["request", "decision", "run", "run_step", "audit_event"])("is written whole or not at all: %s", async (table) => {
    const request = await waiting();
    expect(await refusalOf(() => withoutCommit(table, () => approve(arno, request)))).toMatchObject({
      message: expect.stringContaining("no commit today"),
    });
    expect(await approve(arno, request)).toMatchObject({ state: "approved" });
    expect(await runsOf(request.id)).toHaveLength(1);
  });
});

describe("a critical risk", () => {
  test("is accepted by name or not at all, and the record says so", async () => {
    const request = await waitingForTwo();
    const silent = { digest: request.digest, verdict: "approve", start: "now" } as const;
    expect(await refusalOf(() => decide(arno, { id: request.id }, silent))).toMatchObject({
      code: "invalid_input",
      facts: { field: "acceptsRisk" },
    });
    expect(await decisionsOf(request.id)).toEqual([]);
    await decide(arno, { id: request.id }, { ...silent, acceptsRisk: "critical" });
    expect((await eventsOf(request.id)).at(-1)).toMatchObject({ detail: { risk: "critical", acceptsRisk: "critical" } });
  });

  test("is not to be accepted where there is none, nor by who rejects", async () => {
    const request = await waiting();
    const decided = await decide(arno, { id: request.id }, { digest: request.digest, verdict: "approve", start: "later" });
    expect(decided).toMatchObject({ state: "approved" });
    const critical = await waitingForTwo();
    expect(await reject(arno, critical, "Too much.")).toMatchObject({ state: "rejected" });
  });
});

describe("at the same moment", () => {
  test("two approvers are both counted, and exactly one run is created", async () => {
    const request = await waitingForTwo();
    expect(await together(request, [() => approve(arno, request), () => approve(bea, request)])).toEqual([
      { state: "waiting", runId: null },
      { state: "approved", runId: expect.any(String) },
    ]);
    expect(await decisionsOf(request.id)).toHaveLength(2);
    expect(await runsOf(request.id)).toMatchObject([{ actingOid: "bea" }]);
    expect((await eventsOf(request.id)).map((event) => event.summary).slice(1)).toEqual([
      expect.stringContaining("(1 of 2)"),
      expect.stringContaining("(2 of 2)"),
      expect.stringContaining("acts as Bea"),
    ]);
  });

  test("three approvers are all counted, and a fourth is too late", async () => {
    world.policy = asking({ approvals: 3 });
    const request = await waiting();
    const answers = await together(
      request,
      [arno, bea, cleo, dora].map((actor) => () => approve(actor, request)),
    );
    expect(answers.filter((answer) => !(answer instanceof Error))).toHaveLength(3);
    expect(answers.filter((answer) => answer instanceof Error)).toMatchObject([{ code: "conflict" }]);
    expect(await decisionsOf(request.id)).toHaveLength(3);
    expect(await runsOf(request.id)).toHaveLength(1);
    expect(await requestOf(request.id)).toMatchObject({ state: "approved" });
  });

  test("one approval is enough where one is asked for: the second is a conflict", async () => {
    const request = await waiting();
    expect(await together(request, [() => approve(arno, request), () => approve(bea, request)])).toMatchObject([
      { state: "approved" },
      { code: "conflict" },
    ]);
    expect(await decisionsOf(request.id)).toMatchObject([{ deciderOid: "arno" }]);
    expect(await runsOf(request.id)).toMatchObject([{ actingOid: "arno" }]);
  });

  test("two clicks of one approver count once", async () => {
    const request = await waitingForTwo();
    expect(await together(request, [() => approve(arno, request), () => approve(arno, request)])).toMatchObject([
      { state: "waiting" },
      { code: "conflict", message: "You approved; one more Approver has to." },
    ]);
    expect(await refusalOf(() => approve(arno, request))).toMatchObject({ code: "conflict" });
    expect(await decisionsOf(request.id)).toHaveLength(1);
    expect(await runsOf(request.id)).toEqual([]);
  });

  test.each([
    ["two accounts of one person", { ...person("Arno-2", ["Approver"]), personKey: "arno" }],
    ["one account whose person is named anew", { ...arno, personKey: "renamed" }],
  ])("%s count once", async (_, again) => {
    const request = await waitingForTwo();
    const [first, second] = await together(request, [() => approve(arno, request), () => approve(again, request)]);
    expect(first).toMatchObject({ state: "waiting" });
    expect(second).toMatchObject({ name: "BinderyError" });
    expect(await refusalOf(() => approve(again, request))).toMatchObject({ name: "BinderyError" });
    expect(await decisionsOf(request.id)).toHaveLength(1);
  });

  test("a rejection and an approval never both win", async () => {
    const [first, second] = [await waiting(), await waiting()];
    expect(await together(first, [() => reject(arno, first, "No."), () => approve(bea, first)])).toMatchObject([
      { state: "rejected" },
      { code: "conflict" },
    ]);
    expect(await together(second, [() => approve(bea, second), () => reject(arno, second, "No.")])).toMatchObject([
      { state: "approved" },
      { code: "conflict" },
    ]);
    expect([(await requestOf(first.id)).state, (await requestOf(second.id)).state]).toEqual(["rejected", "approved"]);
    expect(await decisionsOf(first.id)).toHaveLength(1);
    expect(await decisionsOf(second.id)).toHaveLength(1);
    expect(await runsOf(first.id)).toEqual([]);
  });

  test("a rejection after the first of two approvals ends the request", async () => {
    const request = await waitingForTwo();
    expect(await together(request, [() => approve(arno, request), () => reject(bea, request, "No.")])).toMatchObject([
      { state: "waiting" },
      { state: "rejected" },
    ]);
    expect(await decisionsOf(request.id)).toMatchObject([{ verdict: "approve" }, { verdict: "reject" }]);
    expect(await runsOf(request.id)).toEqual([]);
  });
});

describe("one's own request", () => {
  const own = { code: "forbidden", message: expect.stringContaining("your own") };
  test.each([
    ["the requester, who is an approver as well", { ...rita, portalRoles: ["Requester", "Approver"] }],
    ["another account of the same person", { ...person("Rita-2", ["Approver"]), personKey: "rita" }],
    ["the same account, whose person is named anew", { ...rita, portalRoles: ["Approver"], personKey: "renamed" }],
    ["another account, of which the renewed token says that it is the same person", person("Joined", ["Approver"])],
  ])("is neither approved nor rejected by %s", async (_, actor) => {
    const request = await waiting();
    world.tokens.set("joined", { personKey: "rita" });
    expect(await refusalOf(() => approve(actor, request))).toMatchObject(own);
    expect(await refusalOf(() => reject(actor, request, "No."))).toMatchObject(own);
  });
});

test("an account of which Entra no longer tells whose it is decides nothing", async () => {
  const request = await waiting();
  world.tokens.set("arno", { personKey: null });
  expect(await refusalOf(() => approve(arno, request))).toMatchObject({ code: "forbidden" });
});

describe("portal roles", () => {
  test("are those of the renewed token: one that was taken away no longer decides", async () => {
    const request = await waiting();
    world.tokens.set("arno", { portalRoles: ["Requester"] });
    expect(await refusalOf(() => approve(arno, request))).toMatchObject({
      code: "forbidden",
      message: expect.stringContaining("Approver"),
    });
    expect(await refusalOf(() => reject(arno, request, "No."))).toMatchObject({ code: "forbidden" });
  });

  test("are those of the renewed token: one that was given since decides, and is what the decision keeps", async () => {
    const request = await waiting();
    world.tokens.set("quinn", { portalRoles: ["Approver", "Auditor"], acrs: ["c1"], amr: ["fido"], authTime: new Date() });
    expect(await approve(person("Quinn", ["Requester"]), request)).toMatchObject({ state: "approved" });
    expect(await decisionsOf(request.id)).toMatchObject([{ portalRoles: ["Approver", "Auditor"], acrs: ["c1"], amr: ["fido"] }]);
    expect((await eventsOf(request.id))[1]?.detail).toMatchObject({ portalRoles: ["Approver", "Auditor"], acrs: ["c1"], amr: ["fido"] });
  });

  test("are not guessed when Entra wants the person again", async () => {
    const request = await waiting();
    world.tokens.set("arno", new BinderyError("sign_in_needed", "Come back."));
    expect(await refusalOf(() => approve(arno, request))).toMatchObject({ code: "sign_in_needed" });
  });

  test("of a scope count only where the verdict names them, and there no other", async () => {
    const plain = await waiting();
    world.policy = asking({ approverRole: "Approver.Payments" });
    const scoped = await waiting();
    expect(await refusalOf(() => approve(arno, scoped))).toMatchObject({
      code: "forbidden",
      message: expect.stringContaining("Approver.Payments"),
    });
    expect(await refusalOf(() => reject(arno, scoped, "No."))).toMatchObject({ code: "forbidden" });
    expect(await refusalOf(() => approve(person("Lea", ["Approver.Lending"]), scoped))).toMatchObject({ code: "forbidden" });
    expect(await approve(pia, scoped)).toMatchObject({ state: "approved" });
    world.policy = defaultPolicy;
    expect(await refusalOf(() => approve(pia, plain))).toMatchObject({ code: "forbidden" });
  });

  test("of an administrator or auditor decide nothing", async () => {
    const request = await waiting();
    expect(await refusalOf(() => approve(person("Ada", ["Administrator", "Auditor"]), request))).toMatchObject({ code: "forbidden" });
  });
});

describe("a rejection", () => {
  test.each([undefined, ""])("without a reason is refused, with the field named", async (reason) => {
    const request = await waiting();
    expect(await refusalOf(() => reject(arno, request, reason))).toMatchObject({ code: "invalid_input", facts: { field: "reason" } });
  });

  test("closes the request with its reason, reads nothing in Azure and is on record once", async () => {
    const request = await waiting();
    world.reads = [];
    expect(await reject(arno, request, "Ask for less.")).toEqual({ state: "rejected", runId: null });
    expect(await requestOf(request.id)).toMatchObject({ state: "rejected", closedAt: expect.any(Date) });
    expect(await decisionsOf(request.id)).toMatchObject([{ verdict: "reject", reason: "Ask for less.", planDigest: request.digest }]);
    expect(await runsOf(request.id)).toEqual([]);
    expect(world.reads).toEqual([]);
    expect((await trailOf(request.id)).slice(1)).toEqual(["request-rejected ok by Arno"]);
    expect((await eventsOf(request.id))[1]).toMatchObject({ detail: { reason: "Ask for less.", digest: request.digest } });
    expect(await refusalOf(() => approve(bea, request))).toMatchObject({ code: "conflict" });
  });

  test.each(["request", "decision", "audit_event"])("is written whole or not at all: %s", async (table) => {
    const request = await waiting();
    expect(await refusalOf(() => withoutCommit(table, () => reject(arno, request, "No.")))).toMatchObject({
      message: expect.stringContaining("no commit"),
    });
    expect(await reject(arno, request, "No.")).toMatchObject({ state: "rejected" });
  });
});

describe("a sign-in that is too old or too weak for the policy", () => {
  test("does not approve, says where to sign in again and writes nothing", async () => {
    const request = await waiting();
    world.tokens.set("arno", { authTime: new Date(Date.now() - 481 * 60_000) });
    expect(await refusalOf(() => approve(arno, request))).toMatchObject({
      code: "sign_in_needed",
      facts: { signInUrl: expect.stringContaining(encodeURIComponent(`/requests/${request.id}`)) },
    });
    world.tokens.set("arno", { authTime: new Date(Date.now() - 470 * 60_000) });
    expect(await approve(arno, request)).toMatchObject({ state: "approved" });
  });

  test("is told by the renewed token's authentication contexts, not by the session's", async () => {
    world.policy = asking({ stepUp: { authenticationContext: "c7" } });
    const request = await waiting();
    expect(await refusalOf(() => approve(arno, request))).toMatchObject({
      code: "sign_in_needed",
      facts: { signInUrl: expect.stringContaining("context=c7") },
    });
    world.tokens.set("arno", { acrs: ["c7"] });
    expect(await approve(arno, request)).toMatchObject({ state: "approved" });
  });

  test("still rejects", async () => {
    const request = await waiting();
    world.tokens.set("arno", { authTime: new Date(0) });
    expect(await reject(arno, request, "No.")).toMatchObject({ state: "rejected" });
  });
});

test("the record of all that was done here verifies", async () => {
  expect(await verifyStored()).toMatchObject({ ok: true });
});
