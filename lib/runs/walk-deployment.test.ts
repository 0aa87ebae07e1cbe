import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { person } from "@/lib/audit/testing";
import { db, transaction } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing";
import { deployFacts, deployInput, deployPlan, teardownPlan } from "@/lib/deployments/testing";
import { newCorrelationId, newId } from "@/lib/kernel/ids";
import { idKey } from "@/lib/kernel/resource-id";
import { planDigest } from "@/lib/plans/digest";
import { type DeploymentPlan, workspaceOf } from "@/lib/plans/plan";
import { actingAs } from "@/lib/requests/acting";
import { savePlan } from "@/lib/requests/void-plan";
import { beginAttempt, stopAttempt } from "./attempt";
import { readRun, readRuns } from "./read";
import { RunListQuery } from "./schema";
import { createRun } from "./store";
import { advance } from "./walk";

const runner = vi.hoisted(() => ({
  read: vi.fn(),
  act: vi.fn(),
  accepted: vi.fn(),
  confirmed: vi.fn(),
  bodyOf: vi.fn(),
  poll: vi.fn(),
  evidence: vi.fn(),
}));
const operations = vi.hoisted(() => ({ pollOperation: vi.fn() }));
vi.mock("@/lib/deployments/steps/runner", () => ({ deploymentSteps: runner }));
vi.mock("@/lib/azure/operations", async (original) => ({ ...(await original<object>()), ...operations }));
vi.mock("@/lib/auth/scope", () => ({
  visibleScope: async () => ({ subscriptionIds: [], resourceKeys: [], groupKeys: [], goneKeys: [], refreshedAt: new Date() }),
}));
vi.mock("@/lib/auth/caller", () => ({
  callerForAccount: ({ tid, oid }: { tid: string; oid: string }, correlationId: string) => ({ tid, oid, correlationId, getToken: vi.fn() }),
}));

testDatabase();

const requester = person("Rita", ["Requester"]);
const operationUrl = "https://arm.test/operations/1";
const asked = deployInput({
  extension: {
    name: "azureml",
    settings: { enableTraining: "True" },
    protected: { x: { ref: "r" } },
    version: "1.1.51",
    autoUpgrade: false,
  },
});
const deploy = deployPlan();
const direct = deployPlan(deployInput(), deployFacts({ direct: true }));
const teardown = teardownPlan();
const minute = 60_000;

async function runOf(plan: DeploymentPlan): Promise<string> {
  const { request, planId } = await transaction(async (tx) => {
    const row = await tx.request.create({
      data: {
        id: newId(),
        kind: plan.kind,
        state: "approved",
        tid: requester.tid,
        requesterOid: requester.oid,
        requesterKey: requester.personKey,
        requesterName: requester.name,
        input: plan.kind === "ml-deploy" ? asked : {},
        reason: "x",
        clusterId: plan.target.clusterId,
        clusterKey: idKey(plan.target.clusterId),
        sourceId: workspaceOf(plan),
        sourceKey: idKey(workspaceOf(plan)),
        subscriptionId: "s",
        bindingName: "k8s-dev",
        sentence: plan.sentence,
        correlationId: newCorrelationId(),
        createdAt: new Date(),
        updatedAt: new Date(),
      },
    });
    return { request: row, planId: await savePlan(tx, { id: row.id, planVersion: 0 }, { plan, digest: planDigest(plan) }) };
  });
  const run = await transaction((tx) => createRun(tx, request, { id: planId, document: plan }, actingAs(person("Arno", ["Approver"]))));
  await beginAttempt(run.id, 1);
  return run.id;
}
const stepRow = (runId: string, stepId: string) => db().runStep.findFirstOrThrow({ where: { runId, stepId } });
const evidenceOf = (runId: string, kind?: string) =>
  db().runEvidence.findMany({ where: { runId, ...(kind === undefined ? {} : { kind }) }, orderBy: { seenAt: "asc" } });
const writesOf = (runId: string) => db().armCall.count({ where: { runId, purpose: "write" } });
const later = (ms: number) => vi.setSystemTime(Date.now() + ms);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.resetAllMocks();
  runner.bodyOf.mockImplementation((_run, _plan, step: { body: unknown }) => Promise.resolve(step.body));
  runner.poll.mockReturnValue(null);
  runner.evidence.mockResolvedValue(null);
});
afterEach(() => vi.useRealTimers());

describe("a step that only waits", () => {
  test("is looked at until it is so, and writes nothing", async () => {
    const id = await runOf(deploy);
    runner.read.mockResolvedValueOnce({ state: "in-flight", before: { pods: 0 } });
    expect(await advance(id, 1, "extension-health", 0)).toMatchObject({ kind: "again" });
    expect(await stepRow(id, "extension-health")).toMatchObject({ state: "waiting-for-azure", attempt: 0 });
    expect((await db().run.findUniqueOrThrow({ where: { id } })).waitingFor).toBe("Waiting for the extension azureml.");
    runner.read.mockResolvedValueOnce({ state: "done", after: { pods: 3 } });
    runner.evidence.mockResolvedValue({ kind: "cluster", document: { pods: 3 } });
    expect(await advance(id, 1, "extension-health", 0)).toEqual({ kind: "done" });
    expect(await evidenceOf(id)).toMatchObject([{ stepId: "extension-health", document: { pods: 3 } }]);
    expect(await stepRow(id, "extension-health")).toMatchObject({
      state: "done",
      message: "Seen: the extension azureml is as it must be.",
    });
    expect(runner.act).not.toHaveBeenCalled();
    expect(await writesOf(id)).toBe(0);
  });

  test("says where the cluster could not be read that Azure's word alone counts", async () => {
    const id = await runOf(deploy);
    runner.read.mockResolvedValueOnce({ state: "done", after: { extension: "Succeeded", pods: "not read: it is private." } });
    await advance(id, 1, "extension-health", 0);
    expect((await stepRow(id, "extension-health"))?.message).toBe("By Azure's word alone; the cluster was not read: it is private.");
  });

  test("stops the run where it can no longer become so", async () => {
    const id = await runOf(deploy);
    runner.read.mockResolvedValueOnce({ state: "changed", what: "The extension azureml is gone." });
    expect(await advance(id, 1, "extension-health", 0)).toMatchObject({ kind: "stop", stop: { state: "failed", code: "conflict" } });
  });

  test("that says it has not begun is a fault of our own, and sends nothing", async () => {
    const id = await runOf(deploy);
    runner.read.mockResolvedValueOnce({ state: "not-begun", before: null });
    await expect(advance(id, 1, "extension-health", 0)).resolves.toMatchObject({ kind: "stop", stop: { code: "internal" } });
    expect(runner.act).not.toHaveBeenCalled();
  });
});

describe("a planned write", () => {
  const sent = () => (runner.act.mock.calls[0] as [{ plannedWrite: unknown }])[0].plannedWrite;
  beforeEach(() => {
    runner.read.mockResolvedValue({ state: "not-begun", before: null });
    runner.act.mockResolvedValue({ status: 202, operationUrl, after: null });
  });

  test("carries its query, exactly", async () => {
    await advance(await runOf(teardown), 1, "detach-k8s-dev", 0);
    expect(sent()).toMatchObject({ method: "DELETE", query: { underlyingResourceAction: "Detach" }, body: null });
    expect(sent()).not.toHaveProperty("via");
  });

  test("without a query has none", async () => {
    await advance(await runOf(deploy), 1, "attach-compute", 0);
    expect(sent()).toMatchObject({ method: "PUT", body: { properties: { computeType: "Kubernetes" } } });
    expect(sent()).not.toHaveProperty("query");
  });

  test("to the cluster's own API names the cluster and the path", async () => {
    await advance(await runOf(direct), 1, "make-namespace", 0);
    expect(sent()).toEqual({
      via: "kubernetes",
      method: "POST",
      clusterId: direct.target.clusterId,
      path: "/api/v1/namespaces",
      body: { apiVersion: "v1", kind: "Namespace", metadata: { name: "ml-dev" } },
    });
  });

  test("has its secrets filled in on the wire, and nowhere else", async () => {
    runner.bodyOf.mockResolvedValue({ secret: "PEM" });
    const id = await runOf(deploy);
    await advance(id, 1, "put-extension", 0);
    expect(sent()).toMatchObject({ body: { secret: "PEM" } });
    const kept = JSON.stringify([
      await db().armCall.findMany({ where: { runId: id } }),
      await db().auditEvent.findMany({ where: { runId: id }, omit: { sequence: true } }),
      await stepRow(id, "put-extension"),
    ]);
    expect(kept).not.toContain("PEM");
  });
});

describe("an operation", () => {
  const started = async (plan: DeploymentPlan, stepId: string) => {
    runner.read.mockResolvedValueOnce({ state: "not-begun", before: null });
    runner.act.mockResolvedValueOnce({ status: 202, operationUrl, after: null });
    const id = await runOf(plan);
    await advance(id, 1, stepId, 0);
    runner.read.mockReset();
    return id;
  };

  test("whose own answer proves the step is not read back", async () => {
    const id = await started(deploy, "make-namespace");
    runner.poll.mockResolvedValueOnce({
      status: "succeeded",
      azureStatus: "Succeeded",
      error: null,
      retryAfterSeconds: null,
      after: { namespace: "ml-dev" },
    });
    expect(await advance(id, 1, "make-namespace", 0)).toEqual({ kind: "done" });
    expect(runner.read).not.toHaveBeenCalled();
    expect(operations.pollOperation).not.toHaveBeenCalled();
    expect(await stepRow(id, "make-namespace")).toMatchObject({ state: "done", after: { namespace: "ml-dev" } });
  });

  test("that its kind alone can read, and may not, is rights needed and never a guess", async () => {
    const { BinderyError } = await import("@/lib/kernel/errors");
    const id = await started(deploy, "make-namespace");
    runner.poll.mockRejectedValueOnce(new BinderyError("rights_needed", "No.", { action: "a/read", scope: "/s" }));
    expect(await advance(id, 1, "make-namespace", 0)).toMatchObject({ kind: "stop", stop: { state: "rights-needed", action: "a/read" } });
    expect(runner.read).not.toHaveBeenCalled();
  });

  test("leaves its own answer, once for each status, without what may be a secret", async () => {
    const id = await started(deploy, "put-extension");
    const creating = { status: "running", azureStatus: "Creating", error: null, retryAfterSeconds: null, body: '{"status":"Creating"}' };
    operations.pollOperation.mockResolvedValue(creating);
    await advance(id, 1, "put-extension", 0);
    await advance(id, 1, "put-extension", 0);
    expect(await evidenceOf(id, "operation")).toMatchObject([{ document: { status: "Creating", text: '{"status":"Creating"}' } }]);
    const body = `{"status":"Failed","error":{"message":"helm: password=hunter2 ${"x ".repeat(20_000)}"}}`;
    const error = { code: "ExtensionOperationFailed", message: "helm failed" };
    later(1000);
    operations.pollOperation.mockResolvedValue({ ...creating, status: "failed", azureStatus: "Failed", error, body });
    const progress = await advance(id, 1, "put-extension", 0);
    expect(progress).toMatchObject({ kind: "stop", stop: { azureCode: "ExtensionOperationFailed" } });
    const kept = await evidenceOf(id, "operation");
    expect(kept).toHaveLength(2);
    expect(JSON.stringify(kept)).not.toContain("hunter2");
    expect(kept.every(({ document }) => (document as { text: string }).text.length <= 20_000)).toBe(true);
    if (progress.kind === "stop") await stopAttempt(id, 1, "put-extension", progress.stop);
  });

  test("is looked into at the cluster's pace, and at once when it fails", async () => {
    const id = await started(deploy, "put-extension");
    const look = async (afterMs: number) => {
      later(afterMs);
      await advance(id, 1, "put-extension", 0);
      return runner.evidence.mock.calls.length;
    };
    operations.pollOperation.mockResolvedValue({ status: "running", azureStatus: "Creating", error: null, retryAfterSeconds: null });
    runner.evidence.mockResolvedValue({ kind: "cluster", document: { pods: 1 } });
    expect(await look(5_000)).toBe(0);
    expect(await look(minute)).toBe(1);
    expect(await look(5_000)).toBe(1);
    expect(await look(minute)).toBe(2);
    expect(await evidenceOf(id)).toHaveLength(1);
    // What shows nothing new was a look all the same.
    expect(await look(5_000)).toBe(2);
    runner.evidence.mockRejectedValueOnce(new Error("The cluster does not answer."));
    expect(await look(minute)).toBe(3);
    runner.evidence.mockResolvedValue({ kind: "cluster", document: { pods: 0 } });
    operations.pollOperation.mockResolvedValue({ status: "failed", azureStatus: "Failed", error: null, retryAfterSeconds: null });
    expect(await look(1_000)).toBe(4);
    expect(await evidenceOf(id)).toMatchObject([{ document: { pods: 1 } }, { document: { pods: 0 } }]);
  });
});

describe("the page of a run", () => {
  const look = {
    reports: [
      { phase: "pre-install", checks: [{ name: "nodes", status: "failed", code: "E40002", message: "INSUFFICIENT_NODE", critical: true }] },
    ],
    pods: [],
    events: [],
    notRead: [],
  };
  const failed = async (message: string) => {
    const id = await runOf(deploy);
    runner.read.mockResolvedValueOnce({ state: "not-begun", before: null });
    runner.act.mockResolvedValueOnce({ status: 202, operationUrl, after: null });
    await advance(id, 1, "put-extension", 0);
    operations.pollOperation.mockResolvedValueOnce({
      status: "failed",
      azureStatus: "Failed",
      error: { code: "ExtensionOperationFailed", message },
      retryAfterSeconds: null,
      body: '{"status":"Failed"}',
    });
    const progress = await advance(id, 1, "put-extension", 0);
    if (progress.kind === "stop") await stopAttempt(id, 1, "put-extension", progress.stop);
    return id;
  };

  test("of a failed one tells what was seen and what it means, the health check's words first", async () => {
    runner.evidence.mockResolvedValue({ kind: "cluster", document: look });
    const run = await readRun(requester, { id: await failed("Error: failed pre-install: pod healthcheck failed") });
    expect(run.evidence).toMatchObject([{ stepId: "put-extension", reports: look.reports }]);
    expect(run.operations).toMatchObject([{ stepId: "put-extension", status: "Failed", text: '{"status":"Failed"}' }]);
    expect(run.clusterNotRead).toBeNull();
    expect(run.diagnosis[0]?.evidence).toContain("INSUFFICIENT_NODE");
    expect(run.diagnosis.map(({ id }) => id)).toContain("healthcheck-failed");
  });

  test("offers the request with the change that may help, without references to protected values", async () => {
    const run = await readRun(requester, { id: await failed("Failed in download the Chart path not found") });
    expect(run.diagnosis[0]).toMatchObject({
      id: "no-such-version",
      change: { input: { extension: { autoUpgrade: true, protected: {} } } },
    });
    expect(run.diagnosis[0]?.change?.input).not.toHaveProperty("extension.version");
    expect(run.again).toMatchObject({ kind: "ml-deploy", extension: { version: "1.1.51", protected: {} } });
  });

  test("says once that the cluster could not be read", async () => {
    runner.evidence.mockResolvedValue({ kind: "cluster-not-read", document: { why: "It is private." } });
    const run = await readRun(requester, { id: await failed("x") });
    expect(run).toMatchObject({ evidence: [], clusterNotRead: "It is private." });
  });

  test("leaves out what another version kept in another form", async () => {
    const id = await failed("x");
    await db().runEvidence.create({
      data: { id: newId(), runId: id, stepId: "put-extension", attempt: 1, kind: "cluster", document: { pods: 3 }, seenAt: new Date() },
    });
    expect((await readRun(requester, { id })).evidence).toEqual([]);
  });

  test("has the pace of each step and the time of earlier runs", async () => {
    const id = await runOf(deploy);
    runner.read.mockResolvedValue({ state: "in-flight", before: null });
    await advance(id, 1, "put-extension", 0);
    const paceOf = async () => (await readRun(requester, { id })).steps.find(({ stepId }) => stepId === "put-extension")?.pace;
    expect(await paceOf()).toBe("usual");
    later(25 * minute);
    expect(await paceOf()).toBe("slow");
    later(60 * minute);
    expect(await paceOf()).toBe("stuck");
    expect((await readRun(requester, { id })).past).toBeNull();
    for (const minutes of [10, 20, 30]) {
      const other = await runOf(deploy);
      const endedAt = new Date(Date.now() + minutes * minute);
      await db().run.update({ where: { id: other }, data: { state: "done", startedAt: new Date(), endedAt } });
    }
    const { past, elapsedSeconds } = await readRun(requester, { id });
    expect(past).toMatchObject({ count: 3, shortest: 600, median: 1200, longest: 1800 });
    expect(elapsedSeconds).toBeGreaterThanOrEqual(85 * 60);
  });

  test("is found by kind, cluster and workspace", async () => {
    const id = await runOf(teardown);
    const found = async (query: object) =>
      (await readRuns(requester, RunListQuery.parse({ limit: 100, ...query }))).items.map((run) => run.id);
    expect(await found({ kind: "ml-teardown" })).toContain(id);
    expect(await found({ kind: "ml-deploy" })).not.toContain(id);
    expect(await found({ workspace: workspaceOf(teardown).toUpperCase(), cluster: teardown.target.clusterId })).toContain(id);
    expect(await found({ workspace: `${teardown.target.workspaceId}-2` })).toEqual([]);
  });
});
