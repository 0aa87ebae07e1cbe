import { beforeEach, describe, expect, test, vi } from "vitest";
import { bindingFacts, grantInput, planningContext } from "@/lib/bindings/testing";
import { planBinding } from "@/lib/bindings/plan";
import { person } from "@/lib/audit/testing";
import { db, transaction } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing";
import { BinderyError } from "@/lib/kernel/errors";
import { newCorrelationId, newId } from "@/lib/kernel/ids";
import { idKey } from "@/lib/kernel/resource-id";
import { planDigest } from "@/lib/plans/digest";
import type { BindingPlan } from "@/lib/plans/plan";
import { actingAs } from "@/lib/requests/acting";
import { savePlan } from "@/lib/requests/void-plan";
import { pauseWrites } from "@/lib/settings/pause";
import { beginAttempt, checkFacts, endAttempt, settle, stopAttempt } from "./attempt";
import { cancelRun } from "./cancel";
import { retryRun } from "./carry-on";
import { readRun, readRuns } from "./read";
import { RunListQuery } from "./schema";
import { createRun } from "./store";
import { advance } from "./walk";

const azure = vi.hoisted(() => ({ getRoleBinding: vi.fn(), putRoleBinding: vi.fn(), deleteRoleBinding: vi.fn() }));
const operations = vi.hoisted(() => ({ pollOperation: vi.fn() }));
const planning = vi.hoisted(() => ({ comparePlan: vi.fn() }));
vi.mock("@/lib/azure/trusted-access", async (original) => ({ ...(await original<object>()), ...azure }));
vi.mock("@/lib/azure/operations", async (original) => ({ ...(await original<object>()), ...operations }));
vi.mock("@/lib/requests/planning", async (original) => ({ ...(await original<object>()), ...planning }));
vi.mock("@/lib/auth/scope", () => ({
  visibleScope: async () => ({ subscriptionIds: [], resourceKeys: [], groupKeys: [], goneKeys: [], refreshedAt: new Date() }),
}));
vi.mock("@/lib/auth/caller", () => ({
  callerForAccount: ({ tid, oid }: { tid: string; oid: string }, correlationId: string) => ({ tid, oid, correlationId, getToken: vi.fn() }),
  freshRoles: async ({ portalRoles, personKey }: { portalRoles: string[]; personKey: string }) => ({
    portalRoles,
    personKey,
    acrs: [],
    amr: [],
    authTime: new Date(),
  }),
}));

testDatabase();

const requester = person("Rita", ["Requester"]);
const approver = person("Arno", ["Approver"]);
const stepId = "put-binding";
const absent = { state: "absent" } as const;
const operationUrl = "https://arm.test/operations/1";

/** A run in state *running* of an approved grant, its facts checked. */
async function approvedRun(changes: { digestChecked?: boolean } = {}) {
  const plan = planBinding(grantInput(), bindingFacts(), planningContext()).plan as BindingPlan;
  const { id, planId } = await transaction(async (tx) => {
    const clusterKey = idKey(plan.target.clusterId);
    const request = await tx.request.create({
      data: {
        id: newId(),
        kind: plan.kind,
        state: "approved",
        tid: requester.tid,
        requesterOid: requester.oid,
        requesterKey: requester.personKey,
        requesterName: requester.name,
        input: grantInput(),
        reason: "x",
        clusterId: plan.target.clusterId,
        clusterKey,
        sourceId: plan.target.sourceResourceId,
        sourceKey: idKey(plan.target.sourceResourceId),
        subscriptionId: "s",
        bindingName: plan.target.bindingName,
        sentence: plan.sentence,
        correlationId: newCorrelationId(),
        createdAt: new Date(),
        updatedAt: new Date(),
      },
    });
    return { id: request.id, planId: await savePlan(tx, { id: request.id, planVersion: 0 }, { plan, digest: planDigest(plan) }) };
  });
  const request = await db().request.findUniqueOrThrow({ where: { id } });
  const run = await transaction((tx) => createRun(tx, request, { id: planId, document: plan }, actingAs(approver)));
  await beginAttempt(run.id, 1);
  if (changes.digestChecked !== false) await db().run.update({ where: { id: run.id }, data: { digestChecked: true } });
  return { id: run.id, requestId: id, plan };
}

const live = (plan: BindingPlan, provisioningState = "Succeeded") => ({
  state: "ok",
  at: "",
  value: { id: plan.target.bindingId, ...plan.after, provisioningState },
});
const actions = async (runId: string) =>
  (await db().auditEvent.findMany({ where: { runId }, orderBy: { sequence: "asc" } })).map(({ action, outcome }) => `${action} ${outcome}`);
const stateOf = (id: string) => db().run.findUniqueOrThrow({ where: { id } });

beforeEach(async () => {
  vi.resetAllMocks();
  await db().setting.deleteMany();
});

describe("one step of a run", () => {
  test("is read, written once, followed and read back, with an intent before and an outcome after", async () => {
    const { id, plan } = await approvedRun();
    azure.getRoleBinding.mockResolvedValueOnce(absent);
    azure.putRoleBinding.mockResolvedValue({ status: 201, operationUrl });
    expect(await advance(id, 1, stepId, 0)).toMatchObject({ kind: "again" });
    expect(await stateOf(id)).toMatchObject({ state: "waiting-for-azure", effect: "accepted" });
    operations.pollOperation.mockResolvedValueOnce({ status: "running", retryAfterSeconds: 7200 });
    expect(await advance(id, 1, stepId, 0)).toEqual({ kind: "again", afterMs: 60_000 });
    operations.pollOperation.mockResolvedValueOnce({ status: "succeeded", retryAfterSeconds: null });
    azure.getRoleBinding.mockResolvedValue(live(plan));
    expect(await advance(id, 1, stepId, 0)).toEqual({ kind: "done" });
    expect(await advance(id, 1, stepId, 0)).toEqual({ kind: "done" });
    expect(azure.putRoleBinding).toHaveBeenCalledTimes(1);
    expect(await stateOf(id)).toMatchObject({ effect: "recorded" });
    expect(await actions(id)).toEqual(["run-started ok", "run-step-intent intent", "run-step-outcome ok", "run-effect ok"]);
    expect((await db().runStep.findFirstOrThrow({ where: { runId: id, stepId } })).operation).toBeNull();
  });

  test("whose answer never came is read back and not written twice", async () => {
    const { id, plan } = await approvedRun();
    azure.getRoleBinding.mockResolvedValueOnce(absent);
    azure.putRoleBinding.mockRejectedValueOnce(new BinderyError("azure_unavailable", "The connection was reset."));
    expect(await advance(id, 1, stepId, 0)).toMatchObject({ kind: "again", unanswered: true });
    azure.getRoleBinding.mockResolvedValue(live(plan));
    expect(await advance(id, 1, stepId, 1)).toEqual({ kind: "done" });
    expect(azure.putRoleBinding).toHaveBeenCalledTimes(1);
    expect(await actions(id)).toEqual(["run-started ok", "run-step-intent intent", "run-step-outcome failed", "run-effect ok"]);
  });

  test.each([
    ["rights_needed", "rights-needed"],
    ["sign_in_needed", "sign-in-needed"],
    ["azure_refused", "failed"],
  ] as const)("that meets %s stops the run as %s", async (code, state) => {
    const { id } = await approvedRun();
    azure.getRoleBinding.mockResolvedValue(absent);
    azure.putRoleBinding.mockRejectedValueOnce(new BinderyError(code, "No.", { action: "a/write", scope: "/s" }));
    const progress = await advance(id, 1, stepId, 0);
    expect(progress).toMatchObject({ kind: "stop", stop: { state } });
    if (progress.kind === "stop") await stopAttempt(id, 1, stepId, progress.stop);
    expect(await stateOf(id)).toMatchObject({ state, missingAction: "a/write", missingScope: "/s" });
  });

  test("is not written when a cancel comes while it is being read", async () => {
    const { id } = await approvedRun();
    azure.getRoleBinding.mockImplementation(async () => {
      expect(await cancelRun(requester, { id })).toMatchObject({ leaves: "Nothing was written to Azure, so nothing stays." });
      return absent;
    });
    expect(await advance(id, 1, stepId, 0)).toEqual({ kind: "again", afterMs: 0 });
    const next = await advance(id, 1, stepId, 0);
    expect(next).toMatchObject({ kind: "stop", stop: { state: "cancelled" } });
    if (next.kind === "stop") await stopAttempt(id, 1, stepId, next.stop);
    expect(azure.putRoleBinding).not.toHaveBeenCalled();
    expect(await stateOf(id)).toMatchObject({ state: "cancelled" });
    expect(await actions(id)).toEqual(["run-started ok", "run-cancelled intent", "run-cancelled ok"]);
  });

  test("is not written for a request that was withdrawn meanwhile, nor by a retry", async () => {
    const { id, requestId } = await approvedRun();
    azure.getRoleBinding.mockImplementation(async () => {
      await db().request.update({ where: { id: requestId }, data: { state: "withdrawn" } });
      return absent;
    });
    const progress = await advance(id, 1, stepId, 0);
    expect(progress).toMatchObject({ kind: "stop", stop: { code: "conflict" } });
    if (progress.kind === "stop") await stopAttempt(id, 1, stepId, progress.stop);
    await expect(retryRun(approver, { id })).rejects.toMatchObject({ name: "BinderyError" });
    expect(azure.putRoleBinding).not.toHaveBeenCalled();
  });

  test("waits while writes are paused", async () => {
    const { id } = await approvedRun();
    await pauseWrites(approver, { paused: true, reason: "Incident 7" });
    azure.getRoleBinding.mockResolvedValue(absent);
    azure.putRoleBinding.mockResolvedValue({ status: 201, operationUrl });
    expect(await advance(id, 1, stepId, 0)).toMatchObject({ kind: "again" });
    expect((await stateOf(id)).waitingFor).toContain("Incident 7");
    expect(await readRun(requester, { id })).toMatchObject({ state: "running", paused: true, writesPaused: true, written: false });
    await pauseWrites(approver, { paused: false, reason: "Over" });
    expect(await readRun(requester, { id })).toMatchObject({ state: "running", paused: false, writesPaused: false });
    await advance(id, 1, stepId, 0);
    expect(azure.putRoleBinding).toHaveBeenCalledTimes(1);
  });

  test("leaves a cancelled run out of a pause, and says that nothing of it was written", async () => {
    const { id } = await approvedRun();
    await pauseWrites(approver, { paused: true, reason: "Incident 7" });
    azure.getRoleBinding.mockResolvedValue(absent);
    await advance(id, 1, stepId, 0);
    await cancelRun(requester, { id });
    const progress = await advance(id, 1, stepId, 0);
    if (progress.kind === "stop") await stopAttempt(id, 1, stepId, progress.stop);
    expect(await readRun(requester, { id })).toMatchObject({ state: "cancelled", paused: false, writesPaused: false, written: false });
  });

  test("of which Azure's answer was lost may have written, one that Azure refused has not", async () => {
    const { id } = await approvedRun();
    azure.getRoleBinding.mockResolvedValue(absent);
    azure.putRoleBinding.mockRejectedValueOnce(new BinderyError("azure_unavailable", "No answer."));
    await advance(id, 1, stepId, 0);
    expect(await readRun(requester, { id })).toMatchObject({ effect: null, written: true });
    await db().armCall.updateMany({ where: { runId: id, purpose: "write" }, data: { status: 403 } });
    expect(await readRun(requester, { id })).toMatchObject({ effect: null, written: false });
    expect((await readRuns(requester, RunListQuery.parse({}))).items.find((row) => row.id === id)).toMatchObject({ written: false });
  });

  test("of an earlier attempt does nothing", async () => {
    const { id } = await approvedRun();
    expect(await advance(id, 2, stepId, 0)).toMatchObject({ kind: "stop", stop: { code: "superseded" } });
    expect(azure.getRoleBinding).not.toHaveBeenCalled();
  });
});

describe("the check before the first write", () => {
  test("voids the plan when the facts changed, and the request waits with the next version", async () => {
    const { id, requestId, plan } = await approvedRun({ digestChecked: false });
    const fresh = { ...plan, sentence: "Another sentence." };
    planning.comparePlan.mockResolvedValue({
      changes: ["The source's identity is another one."],
      unreadable: [],
      fresh: { plan: fresh, digest: "f".repeat(64) },
    });
    const progress = await checkFacts(id, 1, 0);
    expect(progress).toMatchObject({ kind: "stop", stop: { code: "plan_void" } });
    expect(await db().request.findUniqueOrThrow({ where: { id: requestId } })).toMatchObject({ state: "waiting", planVersion: 2 });
    expect(await actions(id)).toContain("plan-voided ok");
  });

  test("calls a fact that the acting person cannot read rights needed, never changed", async () => {
    const { id, plan } = await approvedRun({ digestChecked: false });
    planning.comparePlan.mockResolvedValue({
      changes: [],
      unreadable: [{ key: "source-id", label: "the source", action: "x/read", scope: "/s" }],
      fresh: { plan, digest: planDigest(plan) },
    });
    expect(await checkFacts(id, 1, 0)).toMatchObject({ kind: "stop", stop: { state: "rights-needed", action: "x/read" } });
  });

  test("refuses a stored plan that is not the approved one", async () => {
    const { id, requestId, plan } = await approvedRun({ digestChecked: false });
    const altered = { ...plan, steps: plan.steps.map((step) => ({ ...step, resourceId: `${step.resourceId}x` })) };
    await db().plan.updateMany({ where: { requestId }, data: { document: altered } });
    expect(await checkFacts(id, 1, 0)).toMatchObject({
      kind: "stop",
      stop: { code: "plan_void", message: expect.stringContaining("digest differs") },
    });
    expect(planning.comparePlan).not.toHaveBeenCalled();
  });
});

describe("settling", () => {
  test("ends in effect, assumed, only when Azure still reads as planned after the time is over", async () => {
    const { id, requestId, plan } = await approvedRun();
    azure.getRoleBinding.mockResolvedValue(live(plan));
    await advance(id, 1, stepId, 0);
    expect(await settle(id, 1, 0)).toMatchObject({ kind: "again" });
    expect(await stateOf(id)).toMatchObject({ state: "settling", effect: "settling" });
    await db().run.update({ where: { id }, data: { settlesAt: new Date(Date.now() - 1) } });
    azure.getRoleBinding.mockResolvedValueOnce(live(plan, "Updating"));
    expect(await settle(id, 1, 0)).toMatchObject({ kind: "again" });
    expect(await settle(id, 1, 0)).toEqual({ kind: "done" });
    await endAttempt(id, 1);
    await endAttempt(id, 1);
    expect(await stateOf(id)).toMatchObject({ state: "done", effect: "in-effect-assumed" });
    expect(await db().request.findUniqueOrThrow({ where: { id: requestId } })).toMatchObject({ state: "done" });
    expect((await actions(id)).filter((action) => action.startsWith("run-ended"))).toEqual(["run-ended ok"]);
    expect((await db().runStep.findFirstOrThrow({ where: { runId: id, stepId: "settle" } })).message).toMatch(
      /^The settling time is over and Azure still reads as planned\. In the cluster itself it was not seen: the cluster could not be read: /,
    );
  });

  test("fails when somebody changed the binding meanwhile", async () => {
    const { id, plan } = await approvedRun();
    azure.getRoleBinding.mockResolvedValue(live(plan));
    await advance(id, 1, stepId, 0);
    await settle(id, 1, 0);
    await db().run.update({ where: { id }, data: { settlesAt: new Date(Date.now() - 1) } });
    azure.getRoleBinding.mockResolvedValue({ ...live(plan), value: { ...live(plan).value, roles: ["Microsoft.Other/type/role"] } });
    expect(await settle(id, 1, 0)).toMatchObject({ kind: "stop", stop: { state: "failed", code: "conflict" } });
  });
});
