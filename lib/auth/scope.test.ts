import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { db } from "@/lib/db/client";
import { testDatabase } from "@/lib/db/testing";
import { moveClock } from "@/lib/kernel/clock";
import { isBinderyError } from "@/lib/kernel/errors";
import type { Actor } from "./actor";
import { canSee, visibleScope } from "./scope";
import { TestBrowser } from "./testing/browser";
import { startIssuer, type TestIssuer } from "./testing/issuer";

testDatabase();
let issuer: TestIssuer;
let asked: string[] = [];
const subscription = "/subscriptions/7B1F0C2E-1111-4222-8333-944445555666";
const group = `${subscription}/resourceGroups/RG-ML`;
const cluster = `${group}/providers/Microsoft.ContainerService/managedClusters/AKS`;
const dana = {
  name: "Dana Ito",
  preferred_username: "dana@contoso.example",
  roles: ["Approver"],
};

beforeAll(async () => {
  issuer = await startIssuer(process.env.BINDERY_TENANT_ID ?? "", process.env.BINDERY_CLIENT_ID ?? "");
});
afterAll(() => issuer.close());
beforeEach(async () => {
  await db().visibleScope.deleteMany();
  asked = [];
  issuer.renewWith({});
  issuer.arm = (_method, path, body) => {
    asked.push(path.split("?")[0] ?? "");
    if (path.startsWith("/subscriptions?"))
      return { status: 200, body: { value: [{ subscriptionId: subscription.split("/")[2], displayName: "Dev", state: "Enabled" }] } };
    const data = body.includes("resourcecontainers") ? [{ id: group }] : [{ id: cluster, type: "x" }];
    return { status: 200, body: { totalRecords: 1, count: 1, resultTruncated: "false", data } };
  };
});
afterEach(() => moveClock(0));

async function signIn(): Promise<{ actor: Actor; browser: TestBrowser }> {
  const browser = new TestBrowser(issuer);
  await browser.signIn({ ...dana, oid: randomUUID() });
  const actor = await browser.actor();
  if (actor === null) throw new Error("not signed in");
  return { actor, browser };
}

describe("what a person may see", () => {
  test("is what Azure returns to that person's own token, in lower case", async () => {
    const { actor } = await signIn();
    expect(await visibleScope(actor)).toMatchObject({
      subscriptionIds: ["7b1f0c2e-1111-4222-8333-944445555666"],
      resourceKeys: [cluster.toLowerCase()],
      groupKeys: [group.toLowerCase()],
    });
  });

  test("is asked for once when ten pages want it at one time, and kept afterwards", async () => {
    const { actor } = await signIn();
    await Promise.all(Array.from({ length: 10 }, () => visibleScope(actor)));
    await visibleScope(actor);
    expect(asked).toHaveLength(3);
  });

  test("is renewed beside the page from seven minutes on, and before the page from ten on", async () => {
    const { actor } = await signIn();
    const first = await visibleScope(actor);
    moveClock(8 * 60_000);
    expect((await visibleScope(actor)).refreshedAt).toEqual(first.refreshedAt);
    const renewed = async (): Promise<number> => (await visibleScope(actor)).refreshedAt.getTime();
    await vi.waitFor(async () => expect(await renewed()).toBeGreaterThan(first.refreshedAt.getTime()), { timeout: 20_000 });
    moveClock(19 * 60_000);
    issuer.arm = () => ({ status: 200, body: { value: [], totalRecords: 0, count: 0, resultTruncated: "false", data: [] } });
    expect((await visibleScope(actor)).resourceKeys).toEqual([]);
  });

  test("is unknown, and not what it was, while Azure does not answer", async () => {
    const { actor } = await signIn();
    await visibleScope(actor);
    moveClock(11 * 60_000);
    issuer.arm = () => ({ status: 503, body: { error: { code: "ServerBusy", message: "Busy." } } });
    await expect(visibleScope(actor)).rejects.toSatisfy((error) => isBinderyError(error));
  });

  test("comes with the portal roles that Entra names now", async () => {
    const { actor, browser } = await signIn();
    issuer.renewWith({ roles: ["Auditor"] });
    await visibleScope(actor);
    expect((await browser.actor())?.portalRoles).toEqual(["Auditor"]);
  });

  test("ends with the account: when Entra says that it is disabled, all its sessions are over", async () => {
    const { actor, browser } = await signIn();
    issuer.failNext({ status: 400, error: "invalid_grant", description: "AADSTS50057: The user account is disabled." });
    await expect(visibleScope(actor)).rejects.toSatisfy((error) => isBinderyError(error, "sign_in_needed"));
    expect(await browser.actor()).toBeNull();
  });
});

describe("a cluster that Azure no longer shows", () => {
  const other = cluster.replace("managedClusters/AKS", "managedClusters/LOST");
  let living: string[] = [];
  beforeEach(async () => {
    living = [cluster, other];
    await db().goneCluster.deleteMany();
    await db().request.deleteMany();
    await db().request.createMany({ data: [requestAbout(cluster), requestAbout(other)] });
    issuer.arm = (_method, path, body) => {
      if (path.startsWith("/subscriptions?")) return { status: 200, body: { value: [] } };
      if (path.includes("/managedClusters/LOST")) return { status: 403, body: { error: { code: "AuthorizationFailed", message: "No." } } };
      if (path.includes("/managedClusters/AKS")) return { status: 404, body: { error: { code: "ResourceNotFound", message: "Gone." } } };
      const data = body.includes("resourcecontainers") ? [{ id: group }] : living.map((id) => ({ id, type: "x" }));
      return { status: 200, body: { totalRecords: data.length, count: data.length, resultTruncated: "false", data } };
    };
  });

  const requestAbout = (clusterId: string) => {
    const who = { tid: process.env.BINDERY_TENANT_ID ?? "", requesterOid: "o", requesterKey: "o", requesterName: "Alex Reyes" };
    const what = { kind: "binding-grant", state: "done", input: {}, reason: "A test.", bindingName: "ml", sentence: "A grant" };
    const where = { clusterId, clusterKey: clusterId.toLowerCase(), sourceId: "", sourceKey: "", subscriptionId: "s" };
    return { id: randomUUID(), ...who, ...what, ...where, createdAt: new Date(), updatedAt: new Date(), correlationId: randomUUID() };
  };

  test("is gone when Azure proves it, and its record stays visible by its resource group; without rights it is hidden", async () => {
    const { actor } = await signIn();
    expect((await visibleScope(actor)).goneKeys).toEqual([]);
    living = [];
    moveClock(11 * 60_000);
    const scope = await visibleScope(actor);
    expect([scope.resourceKeys, scope.goneKeys]).toEqual([[], [cluster.toLowerCase()]]);
    living = [cluster];
    moveClock(22 * 60_000);
    expect((await visibleScope(actor)).goneKeys, "made again under the same name").toEqual([]);
  });
});

describe("an id", () => {
  const scope = {
    subscriptionIds: ["s"],
    resourceKeys: ["/subscriptions/s/resourcegroups/g/providers/m/c/aks"],
    groupKeys: ["/subscriptions/s/resourcegroups/g"],
  };
  const at = (path: string): string => `/subscriptions/s/resourcegroups/${path}`;

  test("in the scope, or of something inside a resource in it, may be seen", () => {
    expect(canSee(scope, at("g/providers/m/c/aks"))).toBe(true);
    expect(canSee(scope, at("g/providers/m/c/aks/bindings/ml"))).toBe(true);
  });

  test("that only begins alike may not, nor one whose group alone is in the scope", () => {
    expect(canSee(scope, at("g/providers/m/c/aks-2"))).toBe(false);
    expect(canSee(scope, at("g/providers/m/c/other"))).toBe(false);
  });

  test("of a resource that is proven gone is as visible as its group, then its subscription", () => {
    expect(canSee(scope, at("g/providers/m/c/gone"), true)).toBe(true);
    expect(canSee({ ...scope, groupKeys: [] }, at("g/providers/m/c/gone"), true)).toBe(true);
    expect(canSee({ ...scope, groupKeys: [], subscriptionIds: [] }, at("g/providers/m/c/gone"), true)).toBe(false);
    expect(canSee(scope, "not an id", true)).toBe(false);
  });
});
