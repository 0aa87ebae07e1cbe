import { clusterId, subscriptionIds } from "@/emulator/tenant/ids";
import { type TestAzure, testAzure } from "@/emulator/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Json } from "@/lib/kernel/json";
import { liveNetworkOf } from "@/lib/network/authorize/live";
import { clusterApiVersion, sendableCluster } from "./cluster-body";
import type { Whole } from "./lay-over";
import { publicAddresses } from "./public-ips";
import { getRawCluster, putRawCluster } from "./raw-cluster";
import { valueOf } from "./readable";
import { testCaller } from "./testing";
import type { AzureCaller } from "./types";

// The gateway against the local Azure: two who share no code and must agree.
const { prod } = subscriptionIds;
const id = clusterId(prod, "rg-ml-prod", "aks-ml-prod");
const person = "Priya Raghunathan";
let azure: TestAzure;

beforeAll(async () => {
  azure = await testAzure({ speed: 20_000 });
  Object.assign(process.env, azure.environment, {
    DATABASE_URL: "postgresql://localhost/none",
    BINDERY_SEALING_KEYS: `test:${Buffer.alloc(32, 7).toString("base64")}`,
  });
});
afterAll(() => azure.end());
beforeEach(async () => {
  await azure.control("POST", "/reset", {});
  await azure.control("DELETE", "/faults", {});
  await azure.control("POST", "/role-assignments", { person, role: "Contributor", scope: `/subscriptions/${prod}` });
});

function as(who: string, more: Partial<AzureCaller> = {}): AzureCaller {
  return testCaller({
    getToken: async (scopes) => {
      const answer = await azure.control("POST", "/token", { person: who, scope: [scopes].flat()[0] });
      return { token: (answer.body as { access_token: string }).access_token, expiresOnTimestamp: Date.now() + 3_600_000 };
    },
    ...more,
  });
}
const read = async () => valueOf(await getRawCluster(as(person), id), "cluster");
const whole = async (): Promise<Whole> => {
  const { etag, json } = await read();
  return { etag, json: sendableCluster(json) };
};
const change = (list: string[]): Json => ({ properties: { apiServerAccessProfile: { authorizedIPRanges: list } } });
const put = (list: string[], over: Whole, planned: string[] = list) =>
  putRawCluster(
    as(person, { plannedWrite: { method: "PUT", resourceId: id, apiVersion: clusterApiVersion, body: change(planned), over } }),
    id,
    change(list),
    over,
  );
const writes = async () =>
  ((await azure.control("GET", `/log?method=PUT&path=${encodeURIComponent("/aks-ml-prod$")}`)).body as { items: unknown[] }).items.length;

describe("a cluster as raw JSON", () => {
  test("is read with its entity tag, and sent back with another list", async () => {
    const { etag, json } = await read();
    expect(etag).not.toBe("");
    expect(json).toMatchObject({ id, eTag: etag });
    expect(await put(["203.0.113.0/28"], await whole())).toMatchObject({
      status: 200,
      operationUrl: expect.stringContaining("/operations/"),
    });
    expect(await read()).toMatchObject({ json: { properties: { apiServerAccessProfile: { authorizedIPRanges: ["203.0.113.0/28"] } } } });
  });

  test("is postponed when it changed since it was read, and while another operation runs", async () => {
    const old = await whole();
    await azure.control("POST", "/clusters", { id, power: "Running" });
    expect(await put(["203.0.113.0/28"], old)).toEqual({ postponed: expect.stringContaining("read again") });
    await azure.control("POST", "/clusters", { id, provisioningState: "Upgrading" });
    expect(await put(["203.0.113.0/28"], await whole())).toEqual({ postponed: expect.stringContaining("Another operation") });
    await azure.control("POST", "/clusters", { id, provisioningState: "Succeeded" });
    await azure.control("POST", "/faults", {
      method: "PUT",
      path: "/aks-ml-prod$",
      status: 409,
      body: { code: "EtagMismatch", message: "Operation is not allowed: Another operation is in progress" },
    });
    expect(await put(["203.0.113.0/28"], await whole())).toEqual({ postponed: expect.stringContaining("Another operation") });
  });

  test("is refused by a conflict that is no other operation, which is nothing to wait for", async () => {
    await azure.control("POST", "/faults", {
      method: "PUT",
      path: "/aks-ml-prod$",
      status: 409,
      body: { error: { code: "ConflictingConfiguration", message: "The configuration is in conflict." } },
    });
    await expect(put(["203.0.113.0/28"], await whole())).rejects.toMatchObject({ facts: { azureCode: "ConflictingConfiguration" } });
  });

  test("is refused in Azure's words above the limit, and by a lock, which is nothing to wait for", async () => {
    const many = Array.from({ length: 201 }, (_, at) => `203.0.113.${at}/32`);
    await expect(put(many, await whole())).rejects.toMatchObject({
      code: "azure_refused",
      message: expect.stringContaining("greater than the allowed value 200"),
    });
    await azure.control("POST", "/locks", { scope: id, name: "freeze", level: "ReadOnly", notes: "Freeze" });
    await expect(put(["203.0.113.0/28"], await whole())).rejects.toMatchObject({
      code: "azure_refused",
      message: expect.stringContaining("lock"),
    });
  });

  test("leaves for Azure only as it was planned", async () => {
    const over = await whole();
    await expect(put(["203.0.113.0/28"], over, ["203.0.113.0/29"])).rejects.toThrow("not the approved one");
    await expect(putRawCluster(as(person), id, change(["203.0.113.0/28"]), over)).rejects.toThrow("no write is planned");
    const other = { ...over, json: { ...(over.json as object), tags: {} } };
    const plannedWrite = { method: "PUT", resourceId: id, apiVersion: clusterApiVersion, body: change(["203.0.113.0/28"]), over } as const;
    await expect(putRawCluster(as(person, { plannedWrite }), id, change(["203.0.113.0/28"]), other)).rejects.toThrow(
      "the body is another one",
    );
    await expect(putRawCluster(as(person, { plannedWrite }), id, change(["203.0.113.0/28"]), { ...over, etag: "*" })).rejects.toThrow(
      "If-Match",
    );
    expect(await writes()).toBe(0);
  });

  test("that holds what Bindery does not keep is never sent back altered", async () => {
    const { json } = await read();
    const resource = { ...(json as object), note: "-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----" };
    await azure.control("POST", "/resources", { resource });
    expect(await getRawCluster(as(person), id)).toMatchObject({ state: "unavailable", message: expect.stringContaining("private key") });
  });

  test("is absent when it is not there, and refused to who may not read it", async () => {
    expect(await getRawCluster(as(person), `${id}-none`)).toEqual({ state: "absent" });
    expect((await getRawCluster(as("Noah Bennett"), id)).state).toBe("no-permission");
  });
});

test("the addresses of the nodes are read by the ids that a cluster tells", async () => {
  const ids = liveNetworkOf((await read()).json).outboundIds;
  expect(await publicAddresses(as(person), ids)).toMatchObject({ state: "ok", value: [expect.stringMatching(/^52\.224\./)] });
  expect(await publicAddresses(as(person), [`${ids[0]}-none`])).toEqual({ state: "absent" });
});
