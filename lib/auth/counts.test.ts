import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing";
import { newId } from "@/lib/kernel/ids";
import { readRequests } from "@/lib/requests/read";
import { readRuns } from "@/lib/runs/read";
import { type Actor, proveActor } from "./actor";
import { countsFor } from "./counts";

testDatabase();
const tid = randomUUID();
const account: string = randomUUID();
const clusters = "/subscriptions/s/resourcegroups/g/providers/microsoft.containerservice/managedclusters";
const [seen, unseen] = [`${clusters}/seen`, `${clusters}/unseen`];

const actor = (portalRoles: string[], personKey = account): Actor =>
  proveActor({
    tid,
    oid: account,
    personKey,
    homeAccountId: "h",
    name: "Dana Ito",
    upn: "dana",
    portalRoles,
    sessionId: "s",
    authTime: new Date(),
    acrs: [],
    amr: [],
    ip: null,
    userAgent: null,
  });
/** Everybody reads the cluster `seen` alone. "E-1" joins this account with another one. */
const persons: Record<string, Actor> = {
  "a Requester": actor(["Requester"]),
  "an Approver": actor(["Approver"]),
  "an Approver of payments": actor(["Approver.Payments"]),
  "an Approver whose accounts a claim joins": actor(["Approver", "Requester"], "E-1"),
  "an Auditor": actor(["Auditor"]),
  "an Auditor who approves": actor(["Auditor", "Approver"]),
};

/** A person as a row names them: this account, this account under the claim, the other account of the claim, a stranger. */
const anybody = fc.constantFrom(
  { key: account, oid: account },
  { key: "E-1", oid: account },
  { key: "E-1", oid: "other account" },
  { key: "stranger", oid: "stranger" },
);
const anyRow = fc.record({
  tid: fc.constantFrom(tid, tid, tid, "another tenant"),
  cluster: fc.constantFrom(seen, unseen, unseen),
  state: fc.constantFrom("waiting", "waiting", "approved", "done"),
  requester: anybody,
  approverRole: fc.constantFrom("Approver", "Approver.Payments", null),
  planVersion: fc.constantFrom(0, 1),
  voided: fc.boolean(),
  decider: fc.option(anybody),
  run: fc.option(
    fc.record({
      by: anybody,
      state: fc.constantFrom("queued", "running", "settling", "rights-needed", "sign-in-needed", "done", "failed"),
    }),
  ),
});
type Row = typeof anyRow extends fc.Arbitrary<infer T> ? T : never;

beforeAll(async () => {
  await db().visibleScope.create({
    data: { tid, oid: account, subscriptionIds: [], resourceKeys: [seen], groupKeys: [], refreshedAt: new Date() },
  });
  for (const row of fc.sample(anyRow, { numRuns: 180, seed: 7 })) await store(row);
}, 120_000);

async function store({ tid: tenant, cluster, state, requester, approverRole, planVersion, voided, decider, run }: Row): Promise<void> {
  const [requestId, planId, at] = [newId(), newId(), new Date()];
  const where = { clusterKey: cluster, sourceKey: "/w", subscriptionId: "s", correlationId: randomUUID() };
  const who = { requesterOid: requester.oid, requesterKey: requester.key, requesterName: "N" };
  const what = { kind: "binding-grant", input: {}, reason: "r", bindingName: "b", sentence: "s" };
  const ids = { clusterId: cluster, sourceId: "/w" };
  await db().request.create({
    data: { id: requestId, tid: tenant, state, approverRole, planVersion, ...who, ...what, ...where, ...ids, createdAt: at, updatedAt: at },
  });
  const voidedAt = voided ? at : null;
  await db().plan.create({
    data: { id: planId, requestId, version: 1, digest: "d", document: {}, plannedByOid: "o", createdAt: at, voidedAt },
  });
  if (decider !== null) {
    const by = { deciderOid: decider.oid, deciderKey: decider.key, deciderName: "N", authTime: at, decidedAt: at };
    await db().decision.create({ data: { id: newId(), requestId, planId, planDigest: "d", verdict: "approve", ...by } });
  }
  if (run !== null) {
    const acting = { actingOid: run.by.oid, actingKey: run.by.key, actingName: "N", actingAccountId: "h" };
    const more = { kind: "binding-grant", sentence: "s", queuedAt: at, actUntil: at };
    await db().run.create({ data: { id: newId(), requestId, planId, tid: tenant, state: run.state, ...acting, ...more, ...where } });
  }
}

/** How long the lists are that the counts lead to. */
async function listsOf(person: Actor): Promise<unknown> {
  const [waiting, needMe, moving] = await Promise.all([
    readRequests(person, { limit: 200, view: "waiting-for-me" }),
    readRuns(person, { limit: 200, view: "needs-me" }),
    readRuns(person, { limit: 200, view: "moving" }),
  ]);
  return { waitingForMe: waiting.items.length, runsNeedMe: needMe.items.length, runsMoving: moving.items.length };
}

describe("the counts", () => {
  test.each(Object.entries(persons))("of %s are those of the lists that they lead to", async (_who, person) => {
    expect(await countsFor(person)).toEqual(await listsOf(person));
  });

  test("of an Approver are none of them nothing, so that they are held to something", async () => {
    const counts = await countsFor(actor(["Approver"]));
    expect(Object.values(counts ?? {}).every((count) => count > 0)).toBe(true);
  });

  test("of somebody without a portal role are nothing", async () => {
    expect(await countsFor(actor([]))).toEqual({ waitingForMe: 0, runsNeedMe: 0, runsMoving: 0 });
  });
});
