import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { clusterId, subscriptionIds, workspaceId } from "../tenant/ids";
import { type Answer, type TestAzure, testAzure } from "../testing";

const version = "api-version=2026-04-01";
const dev = clusterId(subscriptionIds.dev, "aks-chaos-mesh-rg", "aks-chaos-mesh-aks");
const shared = clusterId(subscriptionIds.prod, "rg-ml-shared", "aks-ml-shared");
const workspace = workspaceId(subscriptionIds.dev, "aks-chaos-mesh-rg", "aks-chaos-mesh");
const body = { properties: { sourceResourceId: workspace, roles: ["Microsoft.MachineLearningServices/workspaces/mlworkload"] } };

let azure: TestAzure;
beforeAll(async () => void (azure = await testAzure({ speed: 1 })));
beforeEach(async () => void (await azure.control("POST", "/reset", {})));
afterAll(() => azure.end());

const address = (cluster: string, name: string) => `${cluster}/trustedAccessRoleBindings/${name}?${version}`;
const put = (cluster: string, name: string, sent: object = body, person = "Priya Raghunathan") =>
  azure.as(person, "PUT", address(cluster, name), sent);
const errorOf = (answer: Answer) => (answer.body as { error: { code: string; message: string } }).error;

type End = { status: string; startTime: string; endTime: string; error?: { code: string } };

/** Sees the operation in progress, moves the clock past its end, and gives its end. */
async function ended(answer: Answer): Promise<End> {
  const where = String(answer.headers["azure-asyncoperation"]);
  const look = async () => (await azure.as("Priya Raghunathan", "GET", where)).body as End;
  expect(await look()).toMatchObject({ status: "InProgress" });
  await azure.control("POST", "/clock/advance", { ms: 400_000 });
  return look();
}

test("a put answers 201 with an operation address and the binding Updating, and ends Succeeded", async () => {
  const answer = await put(dev, "ml-binding");
  expect(answer.status).toBe(201);
  expect(answer.headers.location).toBeUndefined();
  expect(answer.headers["retry-after"]).toBeUndefined();
  expect(String(answer.headers["azure-asyncoperation"]).length).toBeGreaterThan(2500);
  expect(answer.body).toEqual({
    id: `${dev}/trustedAccessRoleBindings/ml-binding`,
    name: "ml-binding",
    type: "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings",
    properties: { provisioningState: "Updating", ...body.properties },
  });
  const end = await ended(answer);
  expect(end.status).toBe("Succeeded");
  expect(Date.parse(end.endTime)).toBeGreaterThan(Date.parse(end.startTime));
  const read = await azure.as("Priya Raghunathan", "GET", address(dev.toLowerCase(), "ML-binding"));
  expect((read.body as { properties: object }).properties).toMatchObject({ provisioningState: "Succeeded" });
});

test("a put of an existing binding answers 201 too", async () => {
  await ended(await put(dev, "ml-binding"));
  const again = await put(dev, "ml-binding", {
    properties: { ...body.properties, roles: ["microsoft.machinelearningservices/workspaces/inference-v1"] },
  });
  expect(again.status).toBe(201);
  expect(await ended(again)).toMatchObject({ status: "Succeeded" });
});

test("a delete answers 202 with both addresses, then the result answers 204 and the binding is gone", async () => {
  await ended(await put(dev, "ml-binding"));
  const answer = await azure.as("Priya Raghunathan", "DELETE", address(dev, "ml-binding"));
  expect(answer.status).toBe(202);
  const result = String(answer.headers.location);
  expect((await azure.as("Priya Raghunathan", "GET", result)).status).toBe(202);
  expect(await ended(answer)).toMatchObject({ status: "Succeeded" });
  expect((await azure.as("Priya Raghunathan", "GET", result)).status).toBe(204);
  expect((await azure.as("Priya Raghunathan", "GET", address(dev, "ml-binding"))).status).toBe(404);
  expect((await azure.as("Priya Raghunathan", "DELETE", address(dev, "ml-binding"))).status).toBe(204);
});

test("a changed operation address is refused", async () => {
  const where = String((await put(dev, "ml-binding")).headers["azure-asyncoperation"]);
  expect((await azure.as("Priya Raghunathan", "GET", where.replace(/([?&]s=)./, "$1_"))).status).toBe(403);
});

test("the ninth binding of a cluster is refused, a change of one of the eight is not", async () => {
  const source = workspaceId(subscriptionIds.prod, "rg-ml-prod", "mlw-fraud-prod");
  const sent = { properties: { ...body.properties, sourceResourceId: source } };
  await ended(await put(shared, "ml-eighth", sent));
  const ninth = await put(shared, "ml-ninth", sent);
  expect(ninth.status).toBe(400);
  expect(errorOf(ninth).message).toContain("cannot exceed 8");
  expect((await put(shared, "ml-eighth", sent)).status).toBe(201);
});

test.each([
  [
    "a role that is not there",
    "ml-x",
    { ...body.properties, roles: ["Microsoft.MachineLearningServices/workspaces/reader"] },
    "non-exist role: Microsoft.MachineLearningServices/workspaces/reader",
  ],
  [
    "a role of another type of source",
    "ml-x",
    { ...body.properties, roles: ["Microsoft.DataProtection/backupVaults/backup-operator"] },
    "non-exist role: Microsoft.DataProtection",
  ],
  ["a source that is no id", "ml-x", { ...body.properties, sourceResourceId: "aks-chaos-mesh" }, "properties.sourceResourceId"],
  ["a name that is too long", "a-name-of-twenty-five-sign", body.properties, "trustedAccessRoleBindingName"],
])("%s is an invalid parameter", async (_what, name, properties, words) => {
  const answer = await put(dev, name, { properties });
  expect(answer.status).toBe(400);
  expect(errorOf(answer)).toMatchObject({ code: "InvalidParameter", message: expect.stringContaining(words) as string });
});

test("a source of the subscription itself fits a role of its parent type", async () => {
  const source = `/subscriptions/${subscriptionIds.prod}/providers/Microsoft.Security/pricings/CloudPosture/securityOperators/DefenderCSPMSecurityOperator`;
  expect(
    (
      await put(shared, "defender-x", {
        properties: { sourceResourceId: source, roles: ["Microsoft.Security/pricings/microsoft-defender-operator"] },
      })
    ).status,
  ).toBe(201);
});

test("a stopped cluster and one that is updating take no binding", async () => {
  const stopped = clusterId(subscriptionIds.dev, "rg-ml-sandbox", "aks-ml-sandbox");
  expect(errorOf(await put(stopped, "ml-x")).code).toBe("OperationNotAllowed");
  await azure.control("POST", "/clusters", { id: dev, provisioningState: "Upgrading" });
  expect((await put(dev, "ml-x")).status).toBe(409);
});

test("a delete lock of the resource group stops the delete of a binding, and only that", async () => {
  const payments = clusterId(subscriptionIds.prod, "rg-payments-prod", "aks-payments-prod");
  const refused = await azure.as("Henrik Vestergaard", "DELETE", address(payments, "defender-containers"));
  expect(refused.status).toBe(409);
  expect(errorOf(refused)).toMatchObject({
    code: "ScopeLocked",
    message: expect.stringContaining("/resourceGroups/rg-payments-prod'") as string,
  });
  const source = workspaceId(subscriptionIds.prod, "rg-ml-prod", "mlw-fraud-prod");
  expect((await put(payments, "ml-x", { properties: { ...body.properties, sourceResourceId: source } })).status).toBe(201);
});

test("who may not write is told action and scope, in Azure's words", async () => {
  const refused = await put(dev, "ml-x", body, "Lena Fischer");
  expect(refused.status).toBe(403);
  expect(errorOf(refused)).toEqual({
    code: "AuthorizationFailed",
    message: `The client 'lena.fischer@contoso.example' with object id 'a0000005-5d1e-4c0a-9b10-000000000005' does not have authorization to perform action 'Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings/write' over scope '${dev}/trustedAccessRoleBindings/ml-x' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  });
});

test("a failed and a cancelled operation leave the binding so", async () => {
  await azure.control("POST", "/faults", {
    method: "PUT",
    path: "/ml-bad$",
    operation: { status: "Failed", code: "AKSOperationPreempted", message: "It was preempted." },
  });
  expect(await ended(await put(dev, "ml-bad"))).toMatchObject({ status: "Failed", error: { code: "AKSOperationPreempted" } });
  expect((await azure.as("Priya Raghunathan", "GET", address(dev, "ml-bad"))).body).toMatchObject({
    properties: { provisioningState: "Failed" },
  });
  await azure.control("POST", "/faults", { method: "PUT", path: "/ml-off$", operation: { status: "Canceled" } });
  expect(await ended(await put(dev, "ml-off"))).toMatchObject({ status: "Canceled" });
});

test("an answer can be lost although the write was done", async () => {
  await azure.control("POST", "/faults", { method: "PUT", path: "/ml-lost$", dropAnswer: true });
  await expect(put(dev, "ml-lost")).rejects.toThrow("socket hang up");
  expect((await azure.as("Priya Raghunathan", "GET", address(dev, "ml-lost"))).status).toBe(200);
});

test("a stale read shows what was there before the last write", async () => {
  await ended(await put(dev, "ml-binding"));
  await azure.control("POST", "/faults", { method: "GET", path: "/trustedAccessRoleBindings", stale: true, times: 2 });
  expect((await azure.as("Priya Raghunathan", "GET", address(dev, "ml-binding"))).status).toBe(404);
  expect((await azure.as("Priya Raghunathan", "GET", `${dev}/trustedAccessRoleBindings?${version}`)).body).toEqual({ value: [] });
  expect((await azure.as("Priya Raghunathan", "GET", address(dev, "ml-binding"))).status).toBe(200);
});

test("the cluster follows later than ARM", async () => {
  const effects = async () => (await azure.control("GET", `/effects?cluster=${dev}`)).body as { items: object[] };
  await put(dev, "ml-binding");
  await azure.control("POST", "/clock/advance", { ms: 376_500 });
  expect((await azure.as("Priya Raghunathan", "GET", address(dev, "ml-binding"))).body).toMatchObject({
    properties: { provisioningState: "Succeeded" },
  });
  expect(await effects()).toMatchObject({ items: [{ present: false, next: { present: true } }] });
  await azure.control("POST", "/clock/advance", { ms: 300_000 });
  expect(await effects()).toMatchObject({ items: [{ present: true, next: null }] });
});
