import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { GET as readRequest } from "@/app/api/v1/requests/[id]/route";
import { POST as comment } from "@/app/api/v1/requests/[id]/comments/route";
import { POST as decide } from "@/app/api/v1/requests/[id]/decisions/route";
import { POST as withdraw } from "@/app/api/v1/requests/[id]/withdraw/route";
import { GET as readRun } from "@/app/api/v1/runs/[id]/route";
import { GET as listRequests } from "@/app/api/v1/requests/route";
import { TestBrowser } from "@/lib/auth/testing/browser";
import { startIssuer, type TestIssuer } from "@/lib/auth/testing/issuer";
import { signedIn } from "@/lib/auth/testing/signed-in";
import { db } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing";
import { newId } from "@/lib/kernel/ids";
import { deployInput, deployPlan } from "@/lib/deployments/testing";
import { operationKind } from "@/lib/runs/evidence";
import type { Answer } from "./contract";
import type { Problem } from "./problem-shape";

testDatabase();
const group = "/subscriptions/7b1f0c2e-1111-4222-8333-944445555666/resourceGroups/rg-ml/providers";
const clusterOf = (name: string): string => `${group}/Microsoft.ContainerService/managedClusters/${name}`;
const source = `${group}/Microsoft.MachineLearningServices/workspaces/ws`;
const requester = randomUUID();
const ids = { readable: newId(), hidden: newId(), absent: newId() };

/** Everybody reads the cluster `seen` in Azure, nobody the cluster `unseen`. */
const persons: Record<string, { oid: string; portalRoles: string[] }> = {
  "the requester": { oid: requester, portalRoles: ["Requester", "Approver"] },
  "another Requester": { oid: randomUUID(), portalRoles: ["Requester"] },
  "an Approver": { oid: randomUUID(), portalRoles: ["Approver"] },
  "an Administrator": { oid: randomUUID(), portalRoles: ["Administrator"] },
  "an Auditor": { oid: randomUUID(), portalRoles: ["Auditor"] },
};
const strangers = ["another Requester", "an Approver", "an Administrator"];
const writers = ["another Requester", "an Approver"];

let issuer: TestIssuer;
afterAll(() => issuer.close());
beforeAll(async () => {
  const tid = process.env.BINDERY_TENANT_ID ?? "";
  issuer = await startIssuer(tid, process.env.BINDERY_CLIENT_ID ?? "");
  for (const [name, { oid, portalRoles }] of Object.entries(persons)) {
    await new TestBrowser(issuer).signIn({ oid, name, roles: portalRoles });
    const resourceKeys = [clusterOf("seen").toLowerCase()];
    await db().visibleScope.create({ data: { tid, oid, subscriptionIds: [], resourceKeys, groupKeys: [], refreshedAt: new Date() } });
  }
  for (const [id, name] of [
    [ids.readable, "seen"],
    [ids.hidden, "unseen"],
  ] as const) {
    const clusterId = clusterOf(name);
    const roles = ["Microsoft.MachineLearningServices/workspaces/mlworkload"];
    const input = { kind: "binding-grant", clusterId, name: "ml", sourceResourceId: source, roles, hours: 8, reason: "A test." };
    const who = { tid, requesterOid: requester, requesterKey: requester, requesterName: "Alex Reyes" };
    const what = { kind: "binding-grant", state: "waiting", input, reason: "A test.", bindingName: "ml", sentence: `A grant on ${name}` };
    const where = {
      clusterId,
      clusterKey: clusterId.toLowerCase(),
      sourceId: source,
      sourceKey: source.toLowerCase(),
      subscriptionId: "s",
    };
    const times = { createdAt: new Date(), updatedAt: new Date() };
    await db().request.create({ data: { id, ...who, ...what, ...where, ...times, correlationId: randomUUID() } });
  }
}, 120_000);

type Handler = typeof readRequest;
async function call(
  handler: Handler,
  person: string,
  id: string,
  body?: unknown,
): Promise<{ status: number; answer: Problem & { items?: { id: string }[] } }> {
  const { cookie } = await signedIn({ ...persons[person], homeAccountId: `${persons[person]?.oid}.${process.env.BINDERY_TENANT_ID}` });
  const headers = { cookie, origin: "http://localhost:3000", "content-type": "application/json" };
  const init = body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(body) };
  const response = await handler(new Request("http://localhost:3000/api/v1/requests", init), { params: Promise.resolve({ id }) });
  return { status: response.status, answer: (await response.json()) as Problem };
}

/** The answer without what differs from call to call. */
const essence = ({ status, answer }: Awaited<ReturnType<typeof call>>): unknown => ({ ...answer, status, correlationId: "" });

describe("a request about a cluster that Azure does not show to a person", () => {
  test.each(strangers)("reads for %s exactly as one that never was", async (person) => {
    const hidden = await call(readRequest, person, ids.hidden);
    expect(hidden.status).toBe(404);
    expect(essence(hidden)).toEqual(essence(await call(readRequest, person, ids.absent)));
  });

  test.each(writers)("cannot be touched by %s, and does not show by the refusal", async (person) => {
    const tries: [Handler, unknown][] = [
      [comment, { text: "Hello." }],
      [withdraw, {}],
    ];
    if (person === "an Approver") tries.push([decide, { digest: "0".repeat(64), verdict: "reject", reason: "No." }]);
    for (const [handler, body] of tries) {
      const hidden = await call(handler, person, ids.hidden, body);
      expect(hidden.status).toBe(404);
      expect(essence(hidden)).toEqual(essence(await call(handler, person, ids.absent, body)));
    }
    expect(await db().comment.count({ where: { requestId: ids.hidden } })).toBe(0);
  });

  test.each(["the requester", "an Auditor"])("is shown to %s, who is a party to it or audits the tenant", async (person) => {
    expect((await call(readRequest, person, ids.hidden)).status).toBe(200);
  });
});

describe("the list of requests", () => {
  test.each(strangers)("holds for %s what Azure shows, and counts no more", async (person) => {
    const { answer } = await call(listRequests, person, "");
    expect(answer.items?.map((item) => item.id)).toEqual([ids.readable]);
  });

  test.each(["the requester", "an Auditor"])("holds both for %s", async (person) => {
    const { answer } = await call(listRequests, person, "");
    expect(answer.items?.map((item) => item.id).sort()).toEqual([ids.readable, ids.hidden].sort());
  });
});

describe("a request that a person can read", () => {
  test.each(writers)("is withdrawn by its own requester only, not by %s", async (person) => {
    expect((await call(withdraw, person, ids.readable, {})).status).toBe(403);
    expect((await db().request.findUniqueOrThrow({ where: { id: ids.readable } })).state).toBe("waiting");
  });

  test("is never decided by its requester, even one who is an Approver as well", async () => {
    const { status, answer } = await call(decide, "the requester", ids.readable, {
      digest: "0".repeat(64),
      verdict: "approve",
      start: "now",
    });
    expect({ status, code: answer.code }).toEqual({ status: 403, code: "forbidden" });
    expect(await db().decision.count()).toBe(0);
  });
});

describe("the plan of a deployment", () => {
  const id = newId();
  const plan = deployPlan();
  const principal = plan.guardedFacts.find(({ key }) => key === "workspace-principal")?.value;
  const read = async (person: string) => {
    const { answer } = await call(readRequest, person, id);
    return answer as unknown as { plan: typeof plan; voided: { reasons: string[] } };
  };
  const tid = (): string => process.env.BINDERY_TENANT_ID ?? "";

  beforeAll(async () => {
    const clusterId = clusterOf("seen");
    const workspaceId = plan.target.workspaceId ?? "";
    const at = { sourceId: workspaceId, sourceKey: workspaceId.toLowerCase(), subscriptionId: "s" };
    const who = { tid: tid(), requesterOid: requester, requesterKey: requester, requesterName: "Alex Reyes" };
    const what = {
      kind: "ml-deploy",
      state: "waiting",
      input: deployInput(),
      reason: "A test.",
      bindingName: "ml",
      sentence: plan.sentence,
    };
    const times = { createdAt: new Date(), updatedAt: new Date() };
    const cluster = { clusterId, clusterKey: clusterId.toLowerCase() };
    await db().request.create({
      data: { id, planVersion: 2, ...who, ...what, ...at, ...cluster, ...times, correlationId: randomUUID() },
    });
    const old = {
      id: newId(),
      requestId: id,
      version: 1,
      digest: "1".repeat(64),
      document: plan,
      plannedByOid: "o",
      createdAt: new Date(),
    };
    await db().plan.create({ data: { ...old, voidedAt: new Date(), voidReasons: [`The identity was ${JSON.stringify(principal)}.`] } });
    await db().plan.create({
      data: { id: newId(), requestId: id, version: 2, digest: "0".repeat(64), document: plan, plannedByOid: "o", createdAt: new Date() },
    });
  });

  test.each(strangers)("shows nothing of a workspace that Azure does not show to %s, and every step all the same", async (person) => {
    expect(principal).toMatch(/^[0-9a-f-]{36}$/);
    const answer = await read(person);
    const shown = answer.plan;
    expect(answer.voided.reasons).toHaveLength(1);
    expect(JSON.stringify(answer)).not.toContain(principal);
    expect(shown.preconditions.find(({ key }) => key === "workspace-identity")?.message).toMatch(
      /^What was read is shown to those who can read/,
    );
    expect(shown.steps).toEqual(JSON.parse(JSON.stringify(plan.steps)));
  });

  test.each(["the requester", "an Auditor"])("is whole for %s", async (person) => {
    expect((await read(person)).plan.guardedFacts).toEqual(plan.guardedFacts);
  });

  test("is whole for whoever can read the workspace", async () => {
    await db().visibleScope.update({
      where: { tid_oid: { tid: tid(), oid: persons["an Approver"]?.oid ?? "" } },
      data: { resourceKeys: [clusterOf("seen").toLowerCase(), `${plan.target.workspaceId}`.toLowerCase()], refreshedAt: new Date() },
    });
    await vi.waitFor(async () => expect((await read("an Approver")).plan.guardedFacts).toEqual(plan.guardedFacts), { timeout: 10_000 });
  });

  describe("that was carried out", () => {
    const runId = newId();
    const step = "attach-compute";
    const answered = "The identity of ws has no AcrPull.";
    const readIt = async (person: string) => {
      const { answer } = await call(readRun, person, runId);
      return answer as unknown as Answer<"GET /api/v1/runs/{id}">;
    };

    beforeAll(async () => {
      const { id: planId } = await db().plan.findFirstOrThrow({ where: { requestId: id, version: 2 } });
      const workspaceId = plan.target.workspaceId ?? "";
      const keys = { subscriptionId: "s", clusterKey: clusterOf("seen").toLowerCase(), sourceKey: workspaceId.toLowerCase() };
      const acting = { actingOid: requester, actingKey: requester, actingAccountId: "x", actingName: "Alex Reyes" };
      const failure = {
        state: "failed",
        errorCode: "azure",
        errorMessage: answered,
        errorRemedy: "Give it AcrPull.",
        azureCode: "InternalError",
      };
      const when = { queuedAt: new Date(), actUntil: new Date() };
      const what = { kind: "ml-deploy", sentence: plan.sentence, correlationId: randomUUID() };
      await db().run.create({ data: { id: runId, requestId: id, planId, tid: tid(), ...keys, ...acting, ...failure, ...when, ...what } });
      const at = { startedAt: new Date(), endedAt: new Date() };
      await db().runStep.create({
        data: {
          id: newId(),
          runId,
          stepId: "put-extension",
          position: 0,
          title: "Install",
          state: "done",
          before: { release: "none" },
          ...at,
        },
      });
      await db().runStep.create({
        data: {
          id: newId(),
          runId,
          stepId: step,
          position: 1,
          title: "Attach",
          state: "failed",
          message: answered,
          before: { owner: "ws" },
          ...at,
        },
      });
      const called = { runId, attempt: 1, purpose: "write", method: "PUT", correlationId: randomUUID(), startedAt: new Date() };
      for (const stepId of ["put-extension", step])
        await db().armCall.create({ data: { id: newId(), stepId, path: `/${stepId}`, ...called } });
      const document = { status: "Failed", text: answered };
      await db().runEvidence.create({
        data: { id: newId(), runId, stepId: step, attempt: 1, kind: operationKind, seenAt: new Date(), document },
      });
    });

    test.each(strangers)("shows %s how far each step is, and nothing that was read of the workspace", async (person) => {
      await db().visibleScope.update({
        where: { tid_oid: { tid: tid(), oid: persons[person]?.oid ?? "" } },
        data: { resourceKeys: [clusterOf("seen").toLowerCase()], refreshedAt: new Date() },
      });
      await vi.waitFor(async () => expect(JSON.stringify(await readIt(person))).not.toContain(answered), { timeout: 10_000 });
      const run = await readIt(person);
      expect(run.steps.map(({ stepId, state, before }) => ({ stepId, state, before }))).toEqual([
        { stepId: "put-extension", state: "done", before: { release: "none" } },
        { stepId: step, state: "failed", before: null },
      ]);
      expect(run.calls.map(({ stepId }) => stepId)).toEqual(["put-extension"]);
      expect(run.error).toMatchObject({
        azureCode: "InternalError",
        message: expect.stringMatching(/^What Azure answered is shown to/) as string,
      });
    });

    test.each(["the requester", "an Auditor"])("is whole for %s", async (person) => {
      const run = await readIt(person);
      expect(run.error?.message).toBe(answered);
      expect(run.operations).toHaveLength(1);
      expect(run.calls).toHaveLength(2);
    });
  });
});
