import { clusterId as idOf, subscriptionIds } from "@/emulator/tenant/ids";
import { type TestAzure, testAzure, until } from "@/emulator/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { readEventText } from "@/lib/audit/event";
import { person } from "@/lib/audit/testing";
import * as rawCluster from "@/lib/azure/raw-cluster";
import { testCaller } from "@/lib/azure/testing";
import type { AzureCaller } from "@/lib/azure/types";
import { db, transaction } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing";
import type { Json } from "@/lib/kernel/json";
import { newCorrelationId, newId } from "@/lib/kernel/ids";
import { idKey } from "@/lib/kernel/resource-id";
import { isNetworkPlan, type NetworkPlan, type Plan } from "@/lib/plans/plan";
import { actingAs } from "@/lib/requests/acting";
import { planWith } from "@/lib/requests/planning";
import { savePlan } from "@/lib/requests/void-plan";
import { beginAttempt, checkFacts, endAttempt, settle, stopAttempt } from "@/lib/runs/attempt";
import { retryRun } from "@/lib/runs/carry-on";
import type { Progress } from "@/lib/runs/progress";
import { createRun } from "@/lib/runs/store";
import { advance } from "@/lib/runs/walk";
import { importTags } from "../snapshots/import-tags";
import { fileOf, fileTag } from "../testing";
import type { NetworkInput } from "./schema";
import { networkInput } from "./testing";

// The whole way of a list, from the request to the end of its run: the real planner, pipeline, engine's steps and database against the local Azure.
const caller = vi.hoisted(() => ({
  make: (): AzureCaller => {
    throw new Error("Azure is not up yet.");
  },
}));
vi.mock("@/lib/auth/caller", () => ({
  callerForAccount: () => caller.make(),
  callerFor: () => caller.make(),
  freshRoles: async ({ portalRoles, personKey }: { portalRoles: string[]; personKey: string }) => ({
    portalRoles,
    personKey,
    acrs: [],
    amr: [],
    authTime: new Date(),
  }),
}));
vi.mock("@/lib/auth/scope", () => ({
  visibleScope: async () => ({ subscriptionIds: [], resourceKeys: [], groupKeys: [], goneKeys: [], refreshedAt: new Date() }),
}));
testDatabase();

const { prod } = subscriptionIds;
const clusterId = idOf(prod, "rg-ml-prod", "aks-ml-prod");
const stepId = "put-ranges";
const requester = person("Rita", ["Requester"]);
const approver = person("Arno", ["Approver"]);
let azure: TestAzure;

beforeAll(async () => {
  azure = await testAzure({ speed: 20_000 });
  Object.assign(process.env, azure.environment);
  caller.make = () =>
    testCaller({
      getToken: async (scopes) => {
        const answer = await azure.control("POST", "/token", { person: "Priya Raghunathan", scope: [scopes].flat()[0] });
        return { token: (answer.body as { access_token: string }).access_token, expiresOnTimestamp: Date.now() + 3_600_000 };
      },
    });
});
afterAll(() => azure.end());
beforeEach(async () => {
  vi.restoreAllMocks();
  await importTags(
    fileOf([
      fileTag("AzureMachineLearning.EastUS2", "eastus2", [
        "20.41.0.240/28",
        "20.62.61.128/28",
        "104.208.144.160/28",
        "2603:1030:40c:1::2c0/122",
      ]),
      fileTag("AzureMachineLearning.CentralUS", "centralus", ["13.89.171.64/28", "52.182.187.75/32"]),
    ]),
    { source: "file", whereFrom: "tags.json", publishedAt: null },
    null,
  );
  await db().rangeLedger.deleteMany();
  await azure.control("POST", "/reset", {});
  await azure.control("DELETE", "/faults", {});
  await azure.control("DELETE", "/log", {});
  await azure.control("POST", "/role-assignments", { person: "Priya Raghunathan", role: "Contributor", scope: `/subscriptions/${prod}` });
});

type Cluster = { [key: string]: Json } & { properties: { [key: string]: Json } };
const live = async (): Promise<Cluster> => {
  const read = await rawCluster.getRawCluster(caller.make(), clusterId);
  if (read.state !== "ok") throw new Error(`The cluster reads as ${read.state}.`);
  return read.value.json as Cluster;
};
const ranges = async (): Promise<string[]> =>
  ((await live()).properties.apiServerAccessProfile as { authorizedIPRanges: string[] }).authorizedIPRanges;
const puts = async () =>
  (
    (await azure.control("GET", `/log?method=PUT&path=${encodeURIComponent("/aks-ml-prod$")}`)).body as { items: { status: number }[] }
  ).items.map(({ status }) => status);
const ledger = () => db().rangeLedger.findMany({ orderBy: { prefix: "asc" } });
const wholeRun = (id: string) => db().run.findUniqueOrThrow({ where: { id }, include: { steps: true, request: true } });
const outcomes = async (runId: string) =>
  (await db().auditEvent.findMany({ where: { runId }, orderBy: { sequence: "asc" } })).map(({ action, outcome }) => `${action} ${outcome}`);

async function planOf(changes: Partial<NetworkInput> = {}) {
  const input = networkInput({ clusterId, ...changes });
  const fresh = await planWith(
    caller.make(),
    input,
    { tid: requester.tid, oid: requester.oid, isApprover: false },
    { oid: "o", name: "Rita" },
  );
  return { input, fresh };
}

/** An approved request whose run has begun; `alter`: what becomes of its plan in between. */
async function approved(changes: Partial<NetworkInput> = {}): Promise<{ runId: string; requestId: string; plan: NetworkPlan }> {
  const { input, fresh } = await planOf(changes);
  const { plan, digest, checks } = fresh;
  if (plan === null || !isNetworkPlan(plan) || fresh.blocked)
    throw new Error(JSON.stringify(checks.filter(({ status }) => status === "blocking")));
  const request = await transaction(async (tx) => {
    const row = await tx.request.create({
      data: {
        id: newId(),
        kind: plan.kind,
        state: "approved",
        tid: requester.tid,
        requesterOid: requester.oid,
        requesterKey: requester.personKey,
        requesterName: requester.name,
        input,
        reason: "x",
        clusterId,
        clusterKey: idKey(clusterId),
        sourceId: "",
        sourceKey: "",
        subscriptionId: prod,
        bindingName: "authorized ranges",
        sentence: plan.sentence,
        correlationId: newCorrelationId(),
        createdAt: new Date(),
        updatedAt: new Date(),
      },
    });
    const planId = await savePlan(tx, { id: row.id, planVersion: 0 }, { plan, digest });
    return { row: await tx.request.findUniqueOrThrow({ where: { id: row.id } }), planId };
  });
  const run = await transaction((tx) => createRun(tx, request.row, { id: request.planId, document: plan }, actingAs(approver)));
  await beginAttempt(run.id, 1);
  return { runId: run.id, requestId: request.row.id, plan };
}

/** Looks again until there is something else to say than that. */
const lastOf = (what: string, look: () => Promise<Progress>): Promise<Progress> =>
  until(what, async () => {
    const progress = await look();
    return progress.kind === "again" ? null : progress;
  });
const step = (runId: string, attempt = 1) => lastOf("the step's end", () => advance(runId, attempt, stepId, 0));

async function through(runId: string): Promise<void> {
  expect(await lastOf("the check's end", () => checkFacts(runId, 1, 0))).toEqual({ kind: "done" });
  expect(await step(runId)).toEqual({ kind: "done" });
  expect(await lastOf("the settling's end", () => settle(runId, 1, 0))).toEqual({ kind: "done" });
  await endAttempt(runId, 1);
}

/** What Azure is told between the read of a step and its write. */
function between(tell: () => Promise<unknown>): void {
  const original = rawCluster.putRawCluster;
  vi.spyOn(rawCluster, "putRawCluster").mockImplementationOnce(async (...args) => {
    await tell();
    return original(...args);
  });
}

describe("a change of authorized ranges", () => {
  test("is planned, written once, read back and settled; all else of the cluster, known or not, stays as it was", async () => {
    const before = await live();
    const profile = before.properties.apiServerAccessProfile as { [key: string]: Json };
    const [pool, ...pools] = before.properties.agentPoolProfiles as { [key: string]: Json }[];
    const odd: Cluster = {
      ...before,
      unknownOfCluster: { deep: [1, { x: null }] },
      properties: {
        ...before.properties,
        apiServerAccessProfile: {
          ...profile,
          unknownOfProfile: "y",
          authorizedIPRanges: ["203.0.113.9/32", ...(profile.authorizedIPRanges as string[])],
        },
        agentPoolProfiles: [{ ...pool, unknownOfPool: [true] }, ...pools],
      },
    };
    await azure.control("POST", "/resources", { resource: odd });
    const foreign = await ranges();
    const { runId, plan } = await approved();
    expect(plan.network).toMatchObject({ turnsOnRestriction: false, regions: ["eastus2", "centralus"] });
    await through(runId);
    expect(await puts()).toEqual([200]);
    const after = await live();
    const without = ({ eTag: _tag, properties: { apiServerAccessProfile: access, agentPoolProfiles, ...rest }, ...cluster }: Cluster) => ({
      ...cluster,
      rest,
      access: { ...(access as object), authorizedIPRanges: null },
      pools: (agentPoolProfiles as { [key: string]: Json }[]).map(({ eTag: _poolTag, ...kept }) => kept),
    });
    expect(without(after)).toEqual(without(odd));
    expect(await ranges()).toEqual(plan.network.list.after);
    expect((await ranges()).slice(0, foreign.length)).toEqual(foreign);
    expect(await wholeRun(runId)).toMatchObject({ state: "done", effect: "in-effect-assumed", request: { state: "done" } });
    expect(await outcomes(runId)).toEqual([
      "run-started ok",
      "run-step-intent intent",
      "run-step-outcome ok",
      "run-effect ok",
      "run-ended ok",
    ]);
    expect((await ledger()).map(({ prefix }) => prefix).sort()).toEqual([...plan.network.list.added].sort());
    const { fresh } = await planOf();
    expect(fresh.checks.find(({ key }) => key === "list")).toMatchObject({
      status: "blocking",
      message: expect.stringContaining("nothing to change"),
    });
  });

  test("that is so already writes nothing, and is nobody's of Bindery", async () => {
    const { runId, plan } = await approved();
    await lastOf("the check's end", () => checkFacts(runId, 1, 0));
    await azure.control("POST", "/clusters", { id: clusterId, authorizedIpRanges: plan.network.list.after });
    expect(await step(runId)).toEqual({ kind: "done" });
    expect(await puts()).toEqual([]);
    expect(await ledger()).toEqual([]);
  });

  test("that somebody else set so while Azure failed is sent again, and stays theirs", async () => {
    const { runId, plan } = await approved();
    await lastOf("the check's end", () => checkFacts(runId, 1, 0));
    await azure.control("POST", "/clusters", { id: clusterId, authorizedIpRanges: plan.network.list.after, provisioningState: "Failed" });
    expect(await step(runId)).toEqual({ kind: "done" });
    expect(await puts()).toEqual([200]);
    expect(await ledger()).toEqual([]);
  });

  test("goes on by itself after a 412 when what it rests on is as before, and the try does not count", async () => {
    const { runId, requestId, plan } = await approved();
    between(() => azure.control("POST", "/clusters", { id: clusterId, power: "Running" }));
    await through(runId);
    expect(await puts()).toEqual([412, 200]);
    expect(await ranges()).toEqual(plan.network.list.after);
    expect((await wholeRun(runId)).steps.find((one) => one.stepId === stepId)).toMatchObject({ attempt: 1, state: "done" });
    expect(await db().plan.count({ where: { requestId } })).toBe(1);
    expect((await outcomes(runId)).filter((one) => one === "run-step-outcome refused")).toHaveLength(1);
  });

  test("is void after a 412 when somebody changed the list: nothing of theirs is lost, and the next plan has it", async () => {
    const { runId, requestId, plan } = await approved();
    await lastOf("the check's end", () => checkFacts(runId, 1, 0));
    const theirs = [...plan.network.list.before, "198.51.100.64/26"];
    between(() => azure.control("POST", "/clusters", { id: clusterId, authorizedIpRanges: theirs }));
    const stopped = await step(runId);
    expect(stopped).toMatchObject({
      kind: "stop",
      stop: { code: "plan_void", message: expect.stringContaining("198.51.100.64/26 was added") },
    });
    if (stopped.kind === "stop") await stopAttempt(runId, 1, stepId, stopped.stop);
    expect(await ranges()).toEqual(theirs);
    expect(await db().request.findUniqueOrThrow({ where: { id: requestId } })).toMatchObject({ state: "waiting", planVersion: 2 });
    const next = await db().plan.findFirstOrThrow({ where: { requestId, version: 2 } });
    const document = next.document as unknown as Plan;
    expect(isNetworkPlan(document) && document.network.list.after).toEqual(expect.arrayContaining(theirs));
    expect(await ledger()).toEqual([]);
  });

  test("waits out another operation, refused or seen, and no wait counts as a try", async () => {
    const { runId } = await approved();
    await lastOf("the check's end", () => checkFacts(runId, 1, 0));
    await azure.control("POST", "/clusters", { id: clusterId, provisioningState: "Upgrading" });
    expect(await advance(runId, 1, stepId, 0)).toMatchObject({ kind: "again" });
    expect((await wholeRun(runId)).waitingFor).toContain("Another change is under way on the cluster aks-ml-prod (Upgrading)");
    await azure.control("POST", "/clusters", { id: clusterId, provisioningState: "Succeeded" });
    await azure.control("POST", "/faults", {
      method: "PUT",
      path: "/aks-ml-prod$",
      status: 409,
      times: 7,
      body: { code: "EtagMismatch", message: "Operation is not allowed: Another operation is in progress" },
    });
    expect(await step(runId)).toEqual({ kind: "done" });
    expect(await puts()).toEqual([409, 409, 409, 409, 409, 409, 409, 200]);
    expect((await wholeRun(runId)).steps.find((one) => one.stepId === stepId)).toMatchObject({ attempt: 1 });
  });

  test("stops with words for a cluster that is stopped, and where Azure refuses it", async () => {
    const { runId } = await approved();
    await lastOf("the check's end", () => checkFacts(runId, 1, 0));
    await azure.control("POST", "/clusters", { id: clusterId, power: "Stopped" });
    expect(await step(runId)).toMatchObject({ kind: "stop", stop: { message: expect.stringContaining("is stopped") } });
    await azure.control("POST", "/clusters", { id: clusterId, power: "Running" });
    await azure.control("POST", "/locks", { scope: clusterId, name: "freeze", level: "ReadOnly", notes: "Freeze" });
    expect(await step(runId)).toMatchObject({ kind: "stop", stop: { code: "azure_refused", message: expect.stringContaining("lock") } });
  });

  test("whose operation fails may be retried, and is then written again", async () => {
    const { runId, plan } = await approved();
    await lastOf("the check's end", () => checkFacts(runId, 1, 0));
    await azure.control("POST", "/faults", {
      method: "PUT",
      path: "/aks-ml-prod$",
      operation: { status: "Failed", code: "Broken", message: "It broke." },
    });
    const failed = await step(runId);
    expect(failed).toMatchObject({ kind: "stop", stop: { message: "It broke." } });
    if (failed.kind === "stop") await stopAttempt(runId, 1, stepId, failed.stop);
    await retryRun(approver, { id: runId });
    await beginAttempt(runId, 2);
    expect(await step(runId, 2)).toEqual({ kind: "done" });
    expect(await puts()).toEqual([200, 200]);
    expect(await ranges()).toEqual(plan.network.list.after);
  });

  test("takes back only what Bindery added, and keeps that it is gone", async () => {
    const first = await approved({ extra: [{ range: "198.51.99.7", for: "own" }] });
    await through(first.runId);
    const [added = ""] = first.plan.network.list.added;
    expect((await ledger()).find(({ prefix }) => prefix === "198.51.99.7/32")).toMatchObject({ purpose: "extra" });
    const foreign = first.plan.network.list.before[0] ?? "";
    const refused = await planOf({ addMissing: false, remove: [foreign] });
    expect(refused.fresh.checks.find(({ key }) => key === "list")?.message).toContain("not added by Bindery");
    const second = await approved({ addMissing: false, remove: [added] });
    await through(second.runId);
    expect(await ranges()).toEqual(first.plan.network.list.after.filter((one) => one !== added));
    expect((await ledger()).find(({ prefix }) => prefix === added)).toMatchObject({ removedAt: expect.any(Date), removedBy: second.runId });
  });

  test("that somebody else took back is noticed at the next read, and is not Bindery's any more when they put it there again", async () => {
    const { runId, plan } = await approved();
    await through(runId);
    const [gone = ""] = plan.network.list.added;
    await azure.control("POST", "/clusters", { id: clusterId, authorizedIpRanges: plan.network.list.after.filter((one) => one !== gone) });
    await until("the entry's age", async () => {
      await planOf();
      return (await ledger()).find(({ prefix }) => prefix === gone)?.removedAt ?? null;
    });
    expect((await ledger()).find(({ prefix }) => prefix === gone)).toMatchObject({ removedBy: null });
    const events = await db().auditEvent.findMany({ where: { action: "ranges-removed-outside" } });
    expect(events.map(({ event }) => readEventText(event))).toMatchObject([
      {
        actor: null,
        subject: { type: "cluster", id: clusterId },
        summary: "A range that Bindery added is not in the list of aks-ml-prod any more: somebody removed it outside Bindery",
        detail: { ranges: [{ range: gone, request: expect.any(String) }] },
      },
    ]);
    await azure.control("POST", "/clusters", { id: clusterId, authorizedIpRanges: plan.network.list.after });
    const { fresh } = await planOf({ addMissing: false, remove: [gone] });
    expect(fresh.checks.find(({ key }) => key === "list")?.message).toContain("not added by Bindery");
  });
});
