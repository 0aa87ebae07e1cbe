import { readFileSync } from "node:fs";
import { AzureMachineLearningWorkspaces } from "@azure/arm-machinelearning";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { armAudience, clusterId, subscriptionIds, workspaceId } from "../tenant/ids";
import { type Answer, type TestAzure, testAzure } from "../testing";
import { cliSettings } from "./testing";

const { dev, prod, data } = subscriptionIds;
const cluster = clusterId(dev, "aks-chaos-mesh-rg", "aks-chaos-mesh-aks");
const workspace = workspaceId(dev, "aks-chaos-mesh-rg", "aks-chaos-mesh");
const person = "Priya Raghunathan";
const mlworkload = "Microsoft.MachineLearningServices/workspaces/mlworkload";

let azure: TestAzure;
beforeAll(async () => void (azure = await testAzure({ speed: 1 })));
beforeEach(async () => {
  await azure.control("POST", "/reset", {});
  for (const subscription of [dev, prod, data])
    await azure.control("POST", "/role-assignments", { person, role: "Contributor", scope: `/subscriptions/${subscription}` });
});
afterAll(() => azure.end());

const address = (name = "k8s", of = workspace, more = "") => `${of}/computes/${name}?api-version=2024-04-01${more}`;
const advance = (ms: number) => azure.control("POST", "/clock/advance", { ms });
const body = (resourceId = cluster, namespace = "ml-ops") => ({
  location: "eastus",
  identity: { type: "SystemAssigned" },
  properties: { computeType: "Kubernetes", resourceId, description: "AKS", properties: { namespace, relayConnectionString: "secret" } },
});
const attach = (sent: object = body(), name = "k8s", of = workspace) => azure.as(person, "PUT", address(name, of), sent);
const follow = async (answer: Answer) =>
  (await azure.as(person, "GET", String(answer.headers["azure-asyncoperation"]))).body as {
    status: string;
    error?: { code: string; message: string };
  };
const errorOf = (answer: Answer) => (answer.body as { error: { code: string; message: string } }).error;
const install = async (on = cluster) => {
  const settings = cliSettings(on, { enableTraining: "True", clusterPurpose: "DevTest" });
  const where = `${on}/providers/Microsoft.KubernetesConfiguration/extensions/azureml?api-version=2023-05-01`;
  await azure.as(person, "PUT", where, { properties: { extensionType: "Microsoft.AzureML.Kubernetes", configurationSettings: settings } });
  await advance(600_000);
};
const bindings = async (on = cluster) =>
  (
    (await azure.as(person, "GET", `${on}/trustedAccessRoleBindings?api-version=2026-04-01`)).body as {
      value: { name: string; properties: { sourceResourceId: string; roles: string[] } }[];
    }
  ).value;

test("an attachment ends after minutes, makes the binding of its workspace by itself, and one more makes no other", async () => {
  await install();
  const answer = await attach();
  expect(answer.status).toBe(201);
  expect(String(answer.headers["azure-asyncoperation"])).toMatch(
    /\/locations\/eastus\/computeOperationsStatus\/[^?]+\?api-version=2024-04-01&service=new$/,
  );
  expect(await follow(answer)).toEqual({ status: "InProgress" });
  expect(await bindings()).toEqual([]);
  await advance(181_000);
  expect(await follow(answer)).toEqual({ status: "Succeeded" });
  const read = await azure.as(person, "GET", address());
  expect(read.body).toMatchObject({
    properties: { provisioningState: "Succeeded", provisioningErrors: null, isAttachedCompute: true, properties: { namespace: "ml-ops" } },
  });
  expect(read.text).not.toContain("secret");
  expect(await bindings()).toMatchObject([{ properties: { sourceResourceId: workspace, roles: [mlworkload] } }]);
  await attach(body(cluster, "other"), "second");
  await advance(181_000);
  expect(await bindings()).toHaveLength(1);
});

test("the binding that an attachment finds is the one that stays", async () => {
  await install();
  await azure.control("POST", "/bindings", {
    clusterId: cluster,
    name: "approved",
    sourceResourceId: workspace.toUpperCase(),
    roles: [mlworkload],
  });
  await attach();
  await advance(181_000);
  expect((await bindings()).map((one) => one.name)).toEqual(["approved"]);
});

test("without a slot for the binding the attachment fails", async () => {
  await install();
  for (let index = 0; index < 8; index += 1)
    await azure.control("POST", "/bindings", {
      clusterId: cluster,
      name: `b-${index}`,
      sourceResourceId: `${workspace}-${index}`,
      roles: [mlworkload],
    });
  const answer = await attach();
  await advance(61_000);
  expect((await follow(answer)).error?.message).toContain("cannot exceed 8");
  await azure.control("DELETE", "/bindings", { id: `${cluster}/trustedAccessRoleBindings/b-0` });
  await azure.control("POST", "/bindings", { clusterId: cluster, name: "mine", sourceResourceId: workspace, roles: [mlworkload] });
  const bound = await attach(body(), "bound");
  await advance(181_000);
  expect(await follow(bound)).toEqual({ status: "Succeeded" });
});

test("before the extension has succeeded there is nothing to attach to", async () => {
  const answer = await attach();
  await advance(61_000);
  expect(await follow(answer)).toMatchObject({ status: "Failed", error: { code: "InvalidComputeNoKubernetesConfiguration" } });
  expect((await azure.as(person, "GET", address())).body).toMatchObject({
    properties: { provisioningState: "Failed", provisioningErrors: [{ error: { code: "InvalidComputeNoKubernetesConfiguration" } }] },
  });
});

test("a cluster of another subscription is not refused: the attachment runs on and ends with an internal error", async () => {
  const answer = await attach(body(clusterId(data, "rg-data-science", "aks-data-science")));
  expect(answer.status).toBe(201);
  await advance(1_200_000);
  expect(await follow(answer)).toEqual({ status: "InProgress" });
  await advance(400_000);
  expect(await follow(answer)).toMatchObject({ status: "Failed", error: { code: "InternalServerError" } });
});

test("without local accounts and without a binding the recorded refusal comes, with a binding it does not", async () => {
  const secured = clusterId(prod, "rg-ml-prod", "aks-ml-prod");
  const pricing = workspaceId(prod, "rg-ml-prod", "mlw-pricing-prod");
  expect(errorOf(await attach(body(secured), "k8s", pricing))).toEqual({
    code: "BadRequest",
    message:
      "Failed to get static credential: Getting static credential is not allowed because this cluster is set to disable local accounts.",
  });
  const made = `${secured}/trustedAccessRoleBindings/ml-pricing?api-version=2026-04-01`;
  await azure.as(person, "PUT", made, { properties: { sourceResourceId: pricing, roles: [mlworkload] } });
  expect((await attach(body(secured), "k8s", pricing)).status).toBe(400);
  await advance(400_000);
  expect((await attach(body(secured), "k8s", pricing)).status).toBe(201);
});

test("a user-assigned identity needs its rights on the cluster", async () => {
  await install();
  await azure.control("POST", "/identities", { id: workspace, type: "UserAssigned", principalId: "0d9c1b2a-1111-4222-8333-944445555666" });
  const first = await attach();
  await advance(61_000);
  expect((await follow(first)).error?.message).toContain("AKS role check failed for user assigned identity");
  await azure.control("POST", "/role-assignments", {
    principalId: "0d9c1b2a-1111-4222-8333-944445555666",
    role: "Contributor",
    scope: cluster,
  });
  const second = await attach();
  await advance(181_000);
  expect(await follow(second)).toEqual({ status: "Succeeded" });
});

test("an attached compute keeps cluster and namespace; it is detached, not changed", async () => {
  await install();
  await attach();
  expect((await attach()).status).toBe(409);
  await advance(181_000);
  expect(errorOf(await attach(body(cluster, "elsewhere"))).message).toContain("Detach it and attach it again");
  expect((await attach(body(cluster.toLowerCase()))).status).toBe(200);
  await advance(181_000);
  const answer = await azure.as(person, "DELETE", address("k8s", workspace, "&underlyingResourceAction=Detach"));
  expect(answer.status).toBe(202);
  expect((await azure.as(person, "GET", String(answer.headers.location))).status).toBe(202);
  await advance(61_000);
  expect(await follow(answer)).toEqual({ status: "Succeeded" });
  expect((await azure.as(person, "GET", address())).status).toBe(404);
  expect(await bindings()).toHaveLength(1);
  expect((await azure.as(person, "DELETE", address("k8s", workspace, "&underlyingResourceAction=Detach"))).status).toBe(204);
});

test("to delete what lies under a compute is refused loudly, and the log names it", async () => {
  const answer = await azure.as(person, "DELETE", address("k8s", workspace, "&underlyingResourceAction=Delete"));
  expect([answer.status, errorOf(answer).code]).toEqual([400, "RefusedByLocalAzure"]);
  const log = (await azure.control("GET", "/log?method=DELETE&path=computes")).body as { items: { guard: string }[] };
  expect(log.items).toMatchObject([{ guard: expect.stringContaining("underlyingResourceAction=Delete") as string }]);
  expect((await azure.as(person, "DELETE", address())).status).toBe(400);
});

test("who may not write computes, or not reach the cluster, is told which action is missing", async () => {
  expect(errorOf(await azure.as("Ines Duarte", "PUT", address(), body())).message).toContain(
    "'Microsoft.MachineLearningServices/workspaces/computes/write'",
  );
  await azure.control("POST", "/role-assignments", { person: "Ines Duarte", role: "Contributor", scope: workspace });
  expect(errorOf(await azure.as("Ines Duarte", "PUT", address(), body())).message).toContain(
    "'Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action'",
  );
  expect((await azure.as("Noah Bennett", "DELETE", address("k8s", workspace, "&underlyingResourceAction=Detach"))).status).toBe(403);
});

test("an attachment hangs and fails as told", async () => {
  await install();
  await azure.control("POST", "/faults", { method: "PUT", path: "/computes/k8s$", hang: true });
  const hanging = await attach();
  await advance(10_000_000);
  expect(await follow(hanging)).toEqual({ status: "InProgress" });
  await azure.control("POST", "/faults", {
    method: "PUT",
    path: "/computes/other$",
    operation: { status: "Failed", code: "GenericComputeError", message: "It failed." },
  });
  const failing = await attach(body(), "other");
  await advance(181_000);
  expect(await follow(failing)).toMatchObject({ status: "Failed", error: { code: "GenericComputeError" } });
});

test("the Machine Learning client attaches, lists and detaches", async () => {
  await install();
  await azure.control("POST", "/speed", { speed: 2000 });
  const token = await azure.token(person);
  const credential = { getToken: () => Promise.resolve({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) };
  const scope = `${armAudience}/.default`;
  const client = new AzureMachineLearningWorkspaces(credential, dev, {
    endpoint: `https://localhost:${azure.port}`,
    credentialScopes: [scope],
    tlsOptions: { ca: readFileSync(azure.caFile, "utf8") },
  });
  const sent = {
    location: "eastus",
    properties: { computeType: "Kubernetes" as const, resourceId: cluster, properties: { namespace: "ml-ops" } },
  };
  const made = await client.computeOperations.beginCreateOrUpdateAndWait("aks-chaos-mesh-rg", "aks-chaos-mesh", "by-client", sent, {
    updateIntervalInMs: 5,
  });
  expect(made.properties).toMatchObject({ computeType: "Kubernetes", provisioningState: "Succeeded", isAttachedCompute: true });
  const names: (string | undefined)[] = [];
  for await (const one of client.computeOperations.list("aks-chaos-mesh-rg", "aks-chaos-mesh")) names.push(one.name);
  expect(names).toEqual(["by-client"]);
  await client.computeOperations.beginDeleteAndWait("aks-chaos-mesh-rg", "aks-chaos-mesh", "by-client", "Detach", {
    updateIntervalInMs: 5,
  });
  await expect(client.computeOperations.get("aks-chaos-mesh-rg", "aks-chaos-mesh", "by-client")).rejects.toMatchObject({ statusCode: 404 });
  await azure.control("POST", "/speed", { speed: 1 });
});
