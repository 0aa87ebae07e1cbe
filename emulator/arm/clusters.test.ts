import { readFileSync } from "node:fs";
import { ContainerServiceClient } from "@azure/arm-containerservice";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { armAudience, clusterId, groupId, subscriptionIds, workspaceId } from "../tenant/ids";
import { type Answer, type TestAzure, testAzure } from "../testing";

type Cluster = {
  eTag: string;
  tags?: Record<string, string>;
  properties: {
    provisioningState: string;
    apiServerAccessProfile: { authorizedIPRanges?: string[] };
    agentPoolProfiles: ({ eTag: string } & Record<string, unknown>)[];
    [more: string]: unknown;
  };
  [more: string]: unknown;
};

const version = "api-version=2026-04-01";
const { dev, prod } = subscriptionIds;
const cluster = clusterId(prod, "rg-ml-prod", "aks-ml-prod");
const person = "Priya Raghunathan";

let azure: TestAzure;
beforeAll(async () => void (azure = await testAzure({ speed: 1 })));
beforeEach(async () => void (await azure.control("POST", "/reset", {})));
afterAll(() => azure.end());

const read = async (id = cluster) => (await azure.as(person, "GET", `${id}?${version}`)).body as Cluster;
const put = (body: object, headers: Record<string, string> = {}, id = cluster, who = person) =>
  azure.as(who, "PUT", `${id}?${version}`, body, headers);
const withRanges = (one: Cluster, authorizedIPRanges: string[]): Cluster => ({
  ...one,
  properties: { ...one.properties, apiServerAccessProfile: { ...one.properties.apiServerAccessProfile, authorizedIPRanges } },
});
const errorOf = (answer: Answer) => (answer.body as { error: { code: string; message: string } }).error;
const stateOf = async () => (await read()).properties.provisioningState;
const pass = (ms: number) => azure.control("POST", "/clock/advance", { ms });

test("a put answers 200 with an operation address, shows what was asked at once, and ends after minutes", async () => {
  const before = await read();
  const ranges = [...(before.properties.apiServerAccessProfile.authorizedIPRanges ?? []), "40.70.154.161"];
  const answer = await put(withRanges(before, ranges), { "if-match": before.eTag });
  expect(answer.status).toBe(200);
  const shown = (answer.body as Cluster).properties;
  expect(shown.provisioningState).toBe("Updating");
  expect(shown.apiServerAccessProfile.authorizedIPRanges).toEqual([...ranges.slice(0, -1), "40.70.154.161/32"]);
  const where = String(answer.headers["azure-asyncoperation"]);
  expect((await azure.as(person, "GET", where)).body).toMatchObject({ status: "InProgress" });
  expect(await stateOf()).toBe("Updating");
  await pass(241_000);
  expect((await azure.as(person, "GET", where)).body).toMatchObject({ status: "Succeeded" });
  const after = await read();
  expect(after.properties.provisioningState).toBe("Succeeded");
  expect(after.eTag).not.toBe(before.eTag);
  expect(after.properties.agentPoolProfiles.map((one) => one.eTag)).not.toEqual(before.properties.agentPoolProfiles.map((one) => one.eTag));
});

test("fields that nobody knows survive a put of the cluster, of its profile and of its pools", async () => {
  const before = await read();
  const [first, ...others] = before.properties.agentPoolProfiles;
  const sent = {
    ...before,
    fromTheFuture: 1,
    properties: {
      ...before.properties,
      fromTheFuture: { deep: [2] },
      apiServerAccessProfile: { ...before.properties.apiServerAccessProfile, fromTheFuture: 3 },
      agentPoolProfiles: [{ ...first, fromTheFuture: 4 }, ...others],
    },
  };
  expect((await put(sent)).status).toBe(200);
  await pass(241_000);
  expect(await read()).toMatchObject({
    fromTheFuture: 1,
    properties: {
      fromTheFuture: { deep: [2] },
      apiServerAccessProfile: { ...before.properties.apiServerAccessProfile, fromTheFuture: 3 },
      agentPoolProfiles: [{ fromTheFuture: 4 }, {}, {}],
    },
  });
});

test("an entity tag of before is refused with 412, and so is any where nothing should be", async () => {
  const before = await read();
  await azure.control("POST", "/clusters", { id: cluster, authorizedIpRanges: ["203.0.113.0/28"] });
  const stale = await put(before, { "if-match": before.eTag });
  expect(stale.status).toBe(412);
  expect(errorOf(stale).code).toBe("PreConditionFailed");
  expect((await put(before, { "if-none-match": "*" })).status).toBe(412);
  const now = await read();
  expect(now.properties.apiServerAccessProfile.authorizedIPRanges).toEqual(["203.0.113.0/28"]);
  expect((await put(now, { "if-match": `"${now.eTag}"` })).status).toBe(200);
});

test("both headers at once are refused, and an If-None-Match that is no star", async () => {
  const before = await read();
  const both = await put(before, { "if-match": before.eTag, "if-none-match": "*" });
  expect([both.status, errorOf(both).code]).toEqual([400, "BadRequest"]);
  expect((await put(before, { "if-none-match": before.eTag })).status).toBe(400);
});

test("while an operation runs, a second put and a role binding are told to wait", async () => {
  await put(await read());
  const now = await read();
  const second = await put(now, { "if-match": now.eTag });
  expect(second.status).toBe(409);
  expect(errorOf(second)).toMatchObject({
    code: "OperationNotAllowed",
    message: expect.stringContaining("Another operation (Updating) is in progress") as string,
  });
  const binding = {
    properties: {
      sourceResourceId: workspaceId(prod, "rg-ml-prod", "mlw-fraud-prod"),
      roles: ["Microsoft.MachineLearningServices/workspaces/mlworkload"],
    },
  };
  const bind = () => azure.as(person, "PUT", `${cluster}/trustedAccessRoleBindings/ml-x?${version}`, binding);
  expect((await bind()).status).toBe(409);
  await pass(241_000);
  expect((await bind()).status).toBe(201);
});

test("an operation that fails leaves the cluster so, and it takes the next put", async () => {
  await azure.control("POST", "/faults", { method: "PUT", path: "/aks-ml-prod$", operation: { status: "Failed", message: "It failed." } });
  const answer = await put(await read());
  await pass(241_000);
  expect((await azure.as(person, "GET", String(answer.headers["azure-asyncoperation"]))).body).toMatchObject({
    status: "Failed",
    error: { message: "It failed." },
  });
  expect(await stateOf()).toBe("Failed");
  expect((await put(await read())).status).toBe(200);
});

test("ranges that AKS does not take are refused before anything changes", async () => {
  const before = await read();
  const refused = await put(withRanges(before, ["2603:1030:210:1::2c0/122"]));
  expect([refused.status, errorOf(refused).code]).toEqual([400, "InvalidParameter"]);
  const many = Array.from({ length: 201 }, (_, index) => `20.1.2.${index}/32`);
  expect(errorOf(await put(withRanges(before, many))).message).toBe(
    "The number of APIServer Authorized IP Ranges is greater than the allowed value 200.",
  );
  const hidden = clusterId(prod, "rg-ml-prod-private", "aks-ml-private");
  expect((await put(withRanges(await read(hidden), ["203.0.113.0/28"]), {}, hidden)).status).toBe(400);
  expect(await read()).toEqual(before);
});

test("who may not write, a read-only lock, a stopped cluster and one that is not there are refused", async () => {
  const refused = await put(await read(), {}, cluster, "Lena Fischer");
  expect(errorOf(refused)).toMatchObject({
    code: "AuthorizationFailed",
    message: expect.stringContaining("'Microsoft.ContainerService/managedClusters/write'") as string,
  });
  const stopped = clusterId(dev, "rg-ml-sandbox", "aks-ml-sandbox");
  expect(errorOf(await put(await read(stopped), {}, stopped)).message).toContain("Stopped power state");
  const absent = clusterId(prod, "rg-ml-prod", "aks-new");
  expect((await put(await read(), { "if-match": "*" }, absent)).status).toBe(412);
  expect(errorOf(await put(await read(), {}, absent)).code).toBe("RefusedByLocalAzure");
  await azure.control("POST", "/locks", { scope: groupId(prod, "rg-ml-prod"), name: "freeze", level: "ReadOnly" });
  expect(errorOf(await put(await read())).code).toBe("ScopeLocked");
});

test("a patch changes the tags, and nothing else that it says", async () => {
  const before = await read();
  const patch = (body: object, headers = {}) => azure.as(person, "PATCH", `${cluster}?${version}`, body, headers);
  const answer = await patch({ tags: { owner: "network" }, properties: { apiServerAccessProfile: { authorizedIPRanges: [] } } });
  expect(answer.status).toBe(200);
  const after = await read();
  expect(after).toEqual({ ...before, tags: { owner: "network" }, eTag: after.eTag });
  expect(after.eTag).not.toBe(before.eTag);
  expect((await patch({ tags: {} }, { "if-match": before.eTag })).status).toBe(412);
});

test("the AKS client reads the entity tag, puts a cluster with it and follows the operation", async () => {
  await azure.control("POST", "/speed", { speed: 2000 });
  const token = await azure.token(person);
  const client = new ContainerServiceClient(
    { getToken: () => Promise.resolve({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) },
    prod,
    {
      endpoint: `https://localhost:${azure.port}`,
      credentials: { scopes: [`${armAudience}/.default`] },
      tlsOptions: { ca: readFileSync(azure.caFile, "utf8") },
    },
  );
  const before = await client.managedClusters.get("rg-ml-prod", "aks-ml-prod");
  expect(before.eTag).toMatch(/^[0-9a-f-]{36}$/);
  const ranges = ["203.0.113.0/28", "20.41.0.240/28"];
  const changed = { ...before, apiServerAccessProfile: { ...before.apiServerAccessProfile, authorizedIPRanges: ranges } };
  const settings = { ifMatch: before.eTag ?? "", updateIntervalInMs: 5 };
  const after = await client.managedClusters.createOrUpdate("rg-ml-prod", "aks-ml-prod", changed, settings);
  expect(after).toMatchObject({ provisioningState: "Succeeded", apiServerAccessProfile: { authorizedIPRanges: ranges } });
  await expect(client.managedClusters.createOrUpdate("rg-ml-prod", "aks-ml-prod", changed, settings)).rejects.toMatchObject({
    statusCode: 412,
  });
  await azure.control("POST", "/speed", { speed: 1 });
});
