import { beforeEach, describe, expect, test, vi } from "vitest";
import { person } from "@/lib/audit/testing";
import { verifyStored } from "@/lib/audit/verify-stored";
import type { Actor } from "@/lib/auth/actor";
import type { Scope } from "@/lib/auth/scope";
import { clusterOf } from "@/lib/azure/cluster-shape";
import { clusterId } from "@/lib/bindings/testing";
import { db } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing";
import { idKey, lastName } from "@/lib/kernel/resource-id";
import type { ClusterList } from "@/lib/network/authorize/facts";
import { liveNetworkOf } from "@/lib/network/authorize/live";
import { clusterJson, networkFacts, networkInput, office, readable, refused } from "@/lib/network/authorize/testing";
import { eastUs, westUs } from "@/lib/network/testing";
import { submitRequest } from "../submit";
import { asking, decisionsOf, plansOf, requestOf, runsOf } from "../testing/verbs";
import { eventsOf, refusalOf, trailOf, withoutCommit } from "../testing/database";
import { resetWorld, world } from "../testing/world";
import { checkBatch } from "./check";
import { decideBatch } from "./decide";
import { readBatch } from "./read";
import { BatchInput } from "./schema";
import { submitBatch } from "./submit";

const azure = vi.hoisted(() => ({ list: (_oid: string, _id: string): unknown => undefined, blind: new Map<string, string[]>() }));
vi.mock("@/lib/auth/caller", async () => (await import("../testing/world")).entra);
vi.mock("@/lib/policies/load", async () => (await import("../testing/world")).policies);
vi.mock("@/lib/auth/scope", () => ({
  visibleScope: async ({ oid }: Actor): Promise<Scope> => ({
    subscriptionIds: [],
    resourceKeys: ids.filter((id) => azure.blind.get(oid)?.includes(id) !== true).map(idKey),
    groupKeys: [],
    goneKeys: [],
    refreshedAt: new Date(),
  }),
}));
vi.mock("@/lib/network/authorize/gather", () => ({
  gatherList: async ({ oid }: { oid: string }, id: string) => ({ ...networkFacts(), workspaces: [], list: azure.list(oid, id) }),
}));
vi.mock("@/lib/network/authorize/workspaces", () => ({ workspacesOn: async () => ({ workspaces: [], unreadWorkspaces: [] }) }));
vi.mock("@/lib/azure/locks", () => ({ listLocks: async () => networkFacts().locks }));
vi.mock("@/lib/azure/access", () => ({ listPermissions: async () => networkFacts().permissions }));

testDatabase();

const ids = ["aks-1", "aks-2", "aks-3"].map((name) => clusterId.replace(/[^/]+$/, name));
const [one = "", two = "", three = ""] = ids;
/** Lists of authorized ranges by cluster; `unread`: nobody may read that cluster. */
const lists = new Map<string, string[] | "unread">();
const rita = person("Rita", ["Requester"]);
const arno = person("Arno", ["Approver"]);
const restricted = [office, eastUs[0] ?? ""];

beforeEach(() => {
  resetWorld();
  azure.blind.clear();
  for (const id of ids) lists.set(id, restricted);
  azure.list = (oid, id) => {
    const list = lists.get(id);
    if (list === undefined || list === "unread" || azure.blind.get(oid)?.includes(id) === true) return refused("read", id);
    const json = clusterJson(list, {}, { id, name: lastName(id) });
    return readable<ClusterList>({ cluster: clusterOf(json), live: liveNetworkOf(json) });
  };
});

const { clusterId: _one, remove: _remove, workspaces: _workspaces, ...same } = networkInput();
const batchOf = (clusterIds: string[], changes: Partial<BatchInput> = {}) => ({ ...same, clusterIds, ...changes });

/** A batch that waits, and the digests that somebody looked at. */
async function waiting(clusterIds = [one, two], changes: Partial<BatchInput> = {}) {
  const { id, requests } = await submitBatch(rita, batchOf(clusterIds, changes));
  const plans = await Promise.all(
    requests.map(async (request) => ({ id: request.id, digest: (await plansOf(request.id))[0]?.digest ?? "" })),
  );
  return { id, requests, plans };
}
const approve = (actor: Actor, { id, plans }: { id: string; plans: { id: string; digest: string; acceptsRisk?: "critical" }[] }) =>
  decideBatch(actor, { id }, { plans, verdict: "approve", start: "now" });

describe("a change that is asked for of several clusters", () => {
  test("is one request for each, with a plan and a digest of its own, and the record says that they belong together", async () => {
    const { id, requests, plans } = await waiting();
    expect(requests.map((request) => request.clusterId)).toEqual([one, two]);
    expect(new Set(plans.map(({ digest }) => digest)).size).toBe(2);
    for (const request of requests) {
      expect(await requestOf(request.id)).toMatchObject({ batchId: id, state: "waiting", reason: same.reason, planVersion: 1 });
      expect((await eventsOf(request.id))[0]).toMatchObject({ action: "request-submitted", detail: { batch: id } });
    }
    expect((await verifyStored()).ok).toBe(true);
  });

  test("is previewed cluster by cluster, and stores nothing", async () => {
    lists.set(two, [...restricted, ...eastUs, ...westUs]);
    const before = await db().request.count();
    const { items } = await checkBatch(rita, batchOf([one, two]));
    expect(items.map(({ clusterId: id, answer }) => [id, answer.blocked])).toEqual([
      [one, false],
      [two, true],
    ]);
    expect(await db().request.count()).toBe(before);
  });

  test("is sent whole or not at all: one that has nothing to change, and one that the asker cannot read, are named", async () => {
    lists.set(two, [...restricted, ...eastUs, ...westUs]);
    lists.set(three, "unread");
    expect(await refusalOf(() => submitBatch(rita, batchOf(ids)))).toMatchObject({
      code: "invalid_input",
      facts: {
        fields: {
          "clusterIds.1": expect.stringMatching(/^aks-2: There is nothing to change/),
          "clusterIds.2": expect.stringMatching(/^aks-3: It cannot be read/),
        },
        remedy: expect.stringContaining("Leave out"),
      },
    });
    lists.set(two, restricted);
    await refusalOf(() => withoutCommit("plan", () => submitBatch(rita, batchOf([one, two]))));
  });

  test("needs two clusters, each once, and takes no entry out", () => {
    expect(BatchInput.safeParse(batchOf([one])).error?.issues[0]?.message).toContain("at least two");
    expect(BatchInput.safeParse(batchOf([one, one.toUpperCase()])).error?.issues[0]?.message).toContain("named twice");
    expect(BatchInput.safeParse({ ...batchOf([one, two]), remove: [office] }).success).toBe(false);
  });

  test("is carried out at once where the policy asks for no approval", async () => {
    world.policy = asking({ approvals: 0 });
    const { requests } = await waiting();
    for (const { id } of requests) expect(await runsOf(id)).toMatchObject([{ actingOid: "rita", state: "queued" }]);
  });
});

describe("one decision over a list of digests", () => {
  test("approves each plan and starts its run as the approver, with an event for each", async () => {
    const batch = await waiting();
    const { outcomes } = await approve(arno, batch);
    expect(outcomes.map(({ clusterName, decided }) => [clusterName, decided?.state])).toEqual([
      ["aks-1", "approved"],
      ["aks-2", "approved"],
    ]);
    for (const { id, digest } of batch.plans) {
      expect(await decisionsOf(id)).toMatchObject([{ planDigest: digest, deciderOid: "arno", verdict: "approve" }]);
      expect(await runsOf(id)).toMatchObject([{ actingOid: "arno" }]);
      expect(await trailOf(id)).toEqual(["request-submitted ok by Rita", "request-approved ok by Arno", "run-queued ok by Arno"]);
      expect((await eventsOf(id))[1]).toMatchObject({ detail: { digest, asked: { batch: batch.id } } });
    }
  });

  test("lets a void one drop out alone, which waits with a new plan, and says what changed", async () => {
    const batch = await waiting();
    lists.set(one, [...restricted, "198.51.100.7/32"]);
    const { outcomes } = await approve(arno, batch);
    expect(outcomes).toMatchObject([
      {
        clusterName: "aks-1",
        decided: null,
        dropped: {
          code: "plan_void",
          changes: [
            "The authorized ranges of the API server: 198.51.100.7/32 was added.",
            "The call “Let in 13 ranges more at the API server of aks-1” is another one: properties.apiServerAccessProfile.authorizedIPRanges: 198.51.100.7/32 was added.",
          ],
        },
      },
      { clusterName: "aks-2", decided: { state: "approved" }, dropped: null },
    ]);
    const [first, second] = batch.plans;
    expect(await requestOf(first?.id ?? "")).toMatchObject({ state: "waiting", planVersion: 2 });
    expect(await decisionsOf(first?.id ?? "")).toEqual([]);
    expect(await requestOf(second?.id ?? "")).toMatchObject({ state: "approved" });
  });

  test("lets one drop out that somebody else decided meanwhile, or whose digest is not the present one", async () => {
    const batch = await waiting(ids);
    const [first, second, third] = batch.plans;
    await decideBatch(arno, { id: batch.id }, { plans: [first ?? { id: "", digest: "" }], verdict: "reject", reason: "No.", start: "now" });
    const { outcomes } = await approve(person("Bea", ["Approver"]), {
      id: batch.id,
      plans: [first, { id: second?.id ?? "", digest: "0".repeat(64) }, third].filter((plan) => plan !== undefined),
    });
    expect(outcomes.map(({ decided, dropped }) => decided?.state ?? dropped?.code)).toEqual(["conflict", "conflict", "approved"]);
  });

  test("rejects each with the one reason, and not without", async () => {
    const batch = await waiting();
    const reject = (reason?: string) =>
      decideBatch(
        arno,
        { id: batch.id },
        { plans: batch.plans, verdict: "reject", start: "now", ...(reason === undefined ? {} : { reason }) },
      );
    expect(await refusalOf(() => reject())).toMatchObject({ code: "invalid_input", facts: { field: "reason" } });
    expect((await reject("Too wide.")).outcomes.map(({ decided }) => decided?.state)).toEqual(["rejected", "rejected"]);
    for (const { id } of batch.plans) expect(await decisionsOf(id)).toMatchObject([{ reason: "Too wide." }]);
  });

  test("is refused whole to the requester, to somebody without the role, and where one is not of the batch", async () => {
    const batch = await waiting();
    const both = person("Rita", ["Requester", "Approver"]);
    expect(await refusalOf(() => approve(both, batch))).toMatchObject({ code: "forbidden", message: expect.stringContaining("your own") });
    expect(await refusalOf(() => approve(person("Pia", ["Approver.Payments"]), batch))).toMatchObject({ code: "forbidden" });
    const other = await submitRequest(rita, networkInput({ clusterId: three }));
    const foreign = { id: other.id, digest: (await plansOf(other.id))[0]?.digest ?? "" };
    expect(await refusalOf(() => approve(arno, { id: batch.id, plans: [...batch.plans, foreign] }))).toMatchObject({
      code: "invalid_input",
      facts: { field: "plans" },
    });
  });

  test("accepts a critical risk plan by plan, or decides nothing", async () => {
    lists.set(two, []);
    const batch = await waiting([one, two], { extra: [{ range: "52.1.2.0/28", for: "own" }] });
    expect(await refusalOf(() => approve(arno, batch))).toMatchObject({ code: "invalid_input", facts: { field: "acceptsRisk" } });
    const [first, second] = batch.plans;
    const { outcomes } = await approve(arno, {
      id: batch.id,
      plans: [first, { id: second?.id ?? "", digest: second?.digest ?? "", acceptsRisk: "critical" as const }].filter(
        (plan) => plan !== undefined,
      ),
    });
    // The critical one needs a second person.
    expect(outcomes.map(({ decided }) => decided?.state)).toEqual(["approved", "waiting"]);
  });

  test("asks for the sign-in that a policy wants before anything is decided, and comes back to the batch", async () => {
    const batch = await waiting();
    world.tokens.set("arno", { authTime: new Date(Date.now() - 9 * 3_600_000) });
    expect(await refusalOf(() => approve(arno, batch))).toMatchObject({
      code: "sign_in_needed",
      facts: { signInUrl: expect.stringContaining(encodeURIComponent(`/requests/batch/${batch.id}`)) },
    });
  });
});

describe("what a person sees of a batch", () => {
  test("are the requests about clusters that Azure shows to that person, and nothing of the others", async () => {
    const batch = await waiting(ids);
    azure.blind.set("arno", [two]);
    const seen = await readBatch(arno, { id: batch.id });
    expect(seen.requests.map(({ clusterName }) => clusterName)).toEqual(["aks-1", "aks-3"]);
    expect(JSON.stringify(seen)).not.toContain("aks-2");
    expect(seen.requests[0]).toMatchObject({ digest: batch.plans[0]?.digest, may: { approve: { allowed: true } } });
    expect(await refusalOf(() => approve(arno, batch))).toMatchObject({ code: "invalid_input", facts: { field: "plans" } });
    azure.blind.set("arno", ids);
    expect(await refusalOf(() => readBatch(arno, { id: batch.id }))).toMatchObject({ code: "not_found" });
  });
});
