import { beforeEach, describe, expect, test, vi } from "vitest";
import { person } from "@/lib/audit/testing";
import { verifyStored } from "@/lib/audit/verify-stored";
import type { Actor } from "@/lib/auth/actor";
import { cluster, clusterId, grantInput, readable, refused, revokeInput } from "@/lib/bindings/testing";
import { testDatabase } from "@/lib/db/testing";
import { BinderyError } from "@/lib/kernel/errors";
import { planDigest } from "@/lib/plans/digest";
import type { Plan } from "@/lib/plans/plan";
import { defaultPolicy } from "@/lib/policies/default-policy";
import { decide } from "./decide";
import { planAgain } from "./plan-again";
import { startRequest } from "./start";
import { submitRequest } from "./submit";
import { eventsOf, refusalOf, trailOf, withoutCommit } from "./testing/database";
import { approve, asking, plansOf, requestOf, runsOf } from "./testing/verbs";
import { bound, change, resetWorld, world } from "./testing/world";

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
const ask = (actor: Actor = rita) => submitRequest(actor, grantInput());
const revoke = (actor: Actor) => submitRequest(actor, revokeInput());

const no = refused("Microsoft.ContainerService/managedClusters/read", clusterId);
const blind = { cluster: no, bindings: no, catalogue: no, snapshot: null, source: no, writers: no, locks: no, permissions: no };

describe("a request", () => {
  test("waits with the plan that the asker's token made, and is on record once with its digest and verdict", async () => {
    const { id, number } = await ask();
    const row = await requestOf(id);
    const [plan, ...more] = await plansOf(id);
    expect(more).toEqual([]);
    expect(row).toMatchObject({
      number,
      state: "waiting",
      requesterOid: "rita",
      requesterKey: "rita",
      requesterIsApprover: false,
      planVersion: 1,
      approvalsNeeded: 1,
      approverRole: "Approver",
      sentence: (plan?.document as Plan | undefined)?.sentence,
    });
    expect(plan).toMatchObject({ version: 1, plannedByOid: "rita", digest: planDigest(plan?.document as unknown as Plan) });
    expect(await runsOf(id)).toEqual([]);
    expect(await trailOf(id)).toEqual(["request-submitted ok by Rita"]);
    expect((await eventsOf(id))[0]).toMatchObject({
      subject: { type: "request", id },
      correlationId: row.correlationId,
      before: null,
      after: { name: "ml-dev-mlworkload" },
      detail: { reason: "Train the models", ticket: null, digest: plan?.digest, verdict: { approvals: 1, approverRole: "Approver" } },
    });
  });

  test.each([
    ["the name is taken", () => change(bound), "name"],
    ["the cluster is stopped", () => change({ cluster: readable({ ...cluster, powerState: "Stopped" }) }), "clusterId"],
    ["the policy wants a ticket", () => void (world.policy = asking({ ticketRequired: true })), "ticket"],
    ["the policy allows no access without an end", () => void (world.policy = asking({ standing: false })), "hours"],
  ])("that a check blocks is refused with the field named, and leaves nothing: %s", async (_, happens, field) => {
    happens();
    expect(await refusalOf(() => ask())).toMatchObject({ code: "invalid_input", facts: { fields: { [field]: expect.any(String) } } });
  });

  test("that a check blocks is refused with the remedy beside the field, as the form said it before", async () => {
    change(bound);
    expect(await refusalOf(() => ask())).toMatchObject({
      facts: { fields: { name: expect.stringMatching(/already .* ask for a change/) } },
    });
  });

  test("is not taken from a person whom Entra wants to see again", async () => {
    world.tokens.set("rita", new BinderyError("sign_in_needed", "Come back."));
    expect(await refusalOf(() => ask())).toMatchObject({ code: "sign_in_needed" });
    expect(world.reads).toEqual([]);
  });

  test.each(["request", "plan", "audit_event"])("is written whole or not at all: %s", async (table) => {
    expect(await refusalOf(() => withoutCommit(table, () => ask()))).toMatchObject({ message: expect.stringContaining("no commit today") });
  });
});

describe("a cluster that the asker cannot read", () => {
  test("lets the request wait without a plan; nobody decides before somebody who can read it has planned", async () => {
    world.readBy.set("rita", blind);
    const { id } = await ask();
    expect(await requestOf(id)).toMatchObject({ state: "waiting", planVersion: 0, approvalsNeeded: null });
    expect(await plansOf(id)).toEqual([]);
    expect((await eventsOf(id))[0]).toMatchObject({ before: null, after: null, detail: { digest: null, verdict: null } });
    const unseen = { digest: "0".repeat(64), start: "now" as const };
    expect(await refusalOf(() => decide(arno, { id }, { ...unseen, verdict: "approve" }))).toMatchObject({ name: "BinderyError" });
    expect(await refusalOf(() => decide(arno, { id }, { ...unseen, verdict: "reject", reason: "No." }))).toMatchObject({
      name: "BinderyError",
    });

    const { digest, version } = await planAgain(arno, { id });
    expect(version).toBe(1);
    expect(await plansOf(id)).toMatchObject([{ version: 1, digest, plannedByOid: "arno" }]);
    expect(await trailOf(id)).toEqual(["request-submitted ok by Rita", "request-planned ok by Arno"]);
    expect(await approve(arno, { id, digest })).toMatchObject({ state: "approved" });
  });

  test("is named by the form alone: nothing that Azure knows shows", async () => {
    world.readBy.set("rita", blind);
    const { id } = await ask();
    expect((await requestOf(id)).sentence).toBe("Grant a role binding named ml-dev-mlworkload on aks-dev (not planned yet)");
  });
});

describe("taking access away", () => {
  beforeEach(() => change(bound));

  test("starts at once for an Approver, who carries it out", async () => {
    const { id } = await revoke(arno);
    const [plan] = await plansOf(id);
    expect(await requestOf(id)).toMatchObject({ state: "approved", requesterIsApprover: true, approvalsNeeded: 0 });
    expect(await runsOf(id)).toMatchObject([{ state: "queued", planId: plan?.id, actingOid: "arno", actingAccountId: arno.homeAccountId }]);
    expect(await trailOf(id)).toEqual(["request-submitted ok by Arno", "run-queued ok by Arno"]);
    expect((await eventsOf(id))[1]).toMatchObject({ runId: (await runsOf(id))[0]?.id, summary: expect.stringContaining("no approval") });
  });

  test("of a cluster that the Approver cannot read waits for somebody's plan, and for no approval: then the Approver starts it", async () => {
    world.readBy.set("arno", blind);
    const { id } = await revoke(arno);
    await planAgain(bea, { id });
    const digest = (await plansOf(id)).at(-1)?.digest ?? "";
    expect(await refusalOf(() => approve(bea, { id, digest }))).toMatchObject({ code: "forbidden" });
    world.tokens.set("arno", { portalRoles: ["Requester"] });
    expect(await refusalOf(() => startRequest(arno, { id })), "an Approver no more").toMatchObject({ code: "forbidden" });
    world.tokens.delete("arno");
    const { runId } = await startRequest(arno, { id });
    expect(await runsOf(id)).toMatchObject([{ id: runId, state: "queued", actingOid: "arno" }]);
    expect(await requestOf(id)).toMatchObject({ state: "approved" });
  });

  test.each([
    ["a scoped Approver", pia],
    ["a Requester", rita],
    ["an Administrator who asks", person("Ada", ["Requester", "Administrator"])],
  ])("waits for a second person when %s asks", async (_, actor) => {
    const { id } = await revoke(actor);
    expect(await requestOf(id)).toMatchObject({ state: "waiting", requesterIsApprover: false, approvalsNeeded: 1 });
    expect(await runsOf(id)).toEqual([]);
    expect(await trailOf(id)).toEqual([`request-submitted ok by ${actor.name}`]);
  });

  test("waits when the renewed token no longer makes the asker an Approver, whatever the session says", async () => {
    world.tokens.set("arno", { portalRoles: ["Requester"] });
    const { id } = await revoke(arno);
    expect(await requestOf(id)).toMatchObject({ state: "waiting", requesterIsApprover: false });
    expect(await runsOf(id)).toEqual([]);
  });

  test("starts at once when the renewed token makes the asker an Approver, whatever the session says", async () => {
    world.tokens.set("rita", { portalRoles: ["Requester", "Approver"] });
    const { id } = await revoke(rita);
    expect(await requestOf(id)).toMatchObject({ state: "approved", requesterIsApprover: true });
  });

  test("starts at once only with the sign-in that the policy asks of an approver", async () => {
    world.tokens.set("arno", { authTime: new Date(Date.now() - 481 * 60_000) });
    expect(await refusalOf(() => revoke(arno))).toMatchObject({
      code: "sign_in_needed",
      facts: { signInUrl: expect.stringContaining("fresh=true") },
    });
    world.tokens.set("rita", { authTime: new Date(0) });
    expect(await requestOf((await revoke(rita)).id)).toMatchObject({ state: "waiting" });
  });

  test("waits where the policy wants a second person all the same", async () => {
    world.policy = { ...defaultPolicy, rules: defaultPolicy.rules.filter((rule) => rule.id !== "reducing") };
    const { id } = await revoke(arno);
    expect(await requestOf(id)).toMatchObject({ state: "waiting", approvalsNeeded: 1 });
    expect(await runsOf(id)).toEqual([]);
  });

  test("is decided by somebody else than the asker, and later roles of the asker change nothing", async () => {
    const { id } = await revoke(pia);
    const digest = (await plansOf(id))[0]?.digest ?? "";
    world.tokens.set("pia", { portalRoles: ["Approver"] });
    expect(await refusalOf(() => approve(pia, { id, digest }))).toMatchObject({ code: "forbidden" });
    expect(await approve(bea, { id, digest })).toMatchObject({ state: "approved" });
    expect(await plansOf(id)).toHaveLength(1);
  });

  test.each(["request", "plan", "run", "run_step", "audit_event"])("starts whole or not at all: %s", async (table) => {
    expect(await refusalOf(() => withoutCommit(table, () => revoke(arno)))).toMatchObject({
      message: expect.stringContaining("no commit today"),
    });
  });
});

test("giving access waits for a second person also when an Approver asks", async () => {
  const { id } = await ask(arno);
  expect(await requestOf(id)).toMatchObject({ state: "waiting", approvalsNeeded: 1 });
  expect(await runsOf(id)).toEqual([]);
});

test("the record of all that was done here verifies", async () => {
  expect(await verifyStored()).toMatchObject({ ok: true });
});
