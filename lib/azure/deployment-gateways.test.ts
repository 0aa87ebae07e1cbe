import { clusterId, groupId, subscriptionIds, workspaceId } from "@/emulator/tenant/ids";
import { type TestAzure, testAzure, until } from "@/emulator/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { getCluster } from "./clusters";
import { detachCompute, getCompute, listComputes, putCompute } from "./computes";
import * as calls from "./deployment-calls";
import { getDeployment, putDeployment } from "./deployments";
import { deleteExtension, getExtension, listExtensions, putExtension } from "./extensions";
import { getFeature } from "./features";
import * as kubernetes from "./kubernetes";
import { pollOperation } from "./operations";
import { listProviders, registerProvider } from "./providers";
import type { ReadCommand } from "./read-commands";
import { type CommandResult, readCommandResult, startNamespaceCommand, startReadCommand } from "./run-command";
import { namespaceFailure, readingOf } from "./run-command-reading";
import { valueOf } from "./readable";
import { testCaller } from "./testing";
import type { AzureCaller, Cluster, PlannedWrite } from "./types";
import { getWorkspace } from "./workspaces";

// The gateways against the local Azure: two who share no code and must agree.
const { dev, prod, data } = subscriptionIds;
const [devCluster, shared] = [clusterId(dev, "aks-chaos-mesh-rg", "aks-chaos-mesh-aks"), clusterId(prod, "rg-ml-shared", "aks-ml-shared")];
const privateCluster = clusterId(prod, "rg-ml-prod-private", "aks-ml-private");
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
  // Within the authorized ranges of the clusters of Contoso Prod.
  await azure.control("POST", "/egress", { address: "203.0.113.5" });
  for (const subscription of Object.values(subscriptionIds))
    for (const role of ["Contributor", "Azure Kubernetes Service RBAC Cluster Admin"])
      await azure.control("POST", "/role-assignments", { person, role, scope: `/subscriptions/${subscription}` });
});

function as(who: string, plannedWrite?: PlannedWrite): AzureCaller & { notes: object[] } {
  return testCaller({
    getToken: async (scopes) => {
      const answer = await azure.control("POST", "/token", { person: who, scope: [scopes].flat()[0] });
      return { token: (answer.body as { access_token: string }).access_token, expiresOnTimestamp: Date.now() + 3_600_000 };
    },
    ...(plannedWrite === undefined ? {} : { plannedWrite }),
  });
}
const clusterOf = async (id: string): Promise<Cluster> => valueOf(await getCluster(as(person), id), "cluster");
const ended = (operationUrl: string | null) =>
  until("the operation's end", async () => {
    const state = await pollOperation(as(person), operationUrl ?? "");
    return state.status === "running" ? null : state;
  });

describe("ARM", () => {
  const id = calls.extensionIdOf(devCluster, "azureml");
  const body = {
    properties: {
      extensionType: "Microsoft.AzureML.Kubernetes",
      scope: { cluster: { releaseNamespace: "azureml" } },
      configurationSettings: { enableTraining: "True" },
      configurationProtectedSettings: { key: "secret" },
    },
  };

  test("installs an extension, tells how it goes, and takes it away", async () => {
    const put = await putExtension(as(person, { method: "PUT", resourceId: id, apiVersion: calls.apiVersions.extensions, body }), id, body);
    expect(put.status).toBe(201);
    expect(new URL(put.operationUrl ?? "").origin).toBe(`https://localhost:${azure.port}`);
    await ended(put.operationUrl);
    const read = await getExtension(as(person), id);
    expect(read).toMatchObject({
      state: "ok",
      value: { name: "azureml", settings: { enableTraining: "True" }, releaseNamespace: "azureml" },
    });
    expect(JSON.stringify(read)).not.toContain("secret");
    expect(await listExtensions(as(person), devCluster)).toMatchObject({ state: "ok", value: [{ id }] });
    const remove: PlannedWrite = { method: "DELETE", resourceId: id, apiVersion: calls.apiVersions.extensions, body: null };
    expect(await ended((await deleteExtension(as(person, remove), id)).operationUrl)).toMatchObject({ status: "succeeded" });
    expect(await getExtension(as(person), id)).toEqual({ state: "absent" });
    expect(await deleteExtension(as(person, remove), id)).toEqual({ status: 204, operationUrl: null });
  });

  test("attaches and detaches a compute, and the cluster stays", async () => {
    const workspace = workspaceId(prod, "rg-ml-shared", "mlw-search");
    const compute = calls.computeIdOf(workspace, "k8s-search");
    expect(await listComputes(as(person), workspace)).toMatchObject({
      state: "ok",
      value: [{ name: "k8s-search", computeType: "Kubernetes", namespace: "search", isAttached: true, provisioningState: "Succeeded" }],
    });
    const apiVersion = calls.apiVersions.computes;
    const detach: PlannedWrite = { method: "DELETE", resourceId: compute, apiVersion, query: calls.detachQuery, body: null };
    expect(await ended((await detachCompute(as(person, detach), compute)).operationUrl)).toMatchObject({ status: "succeeded" });
    expect(await getCompute(as(person), compute)).toEqual({ state: "absent" });
    const body = {
      location: "eastus2",
      properties: { computeType: "Kubernetes", resourceId: shared, properties: { namespace: "search" } },
    };
    const put = await putCompute(as(person, { method: "PUT", resourceId: compute, apiVersion, body }), compute, body);
    expect(await ended(put.operationUrl)).toMatchObject({ status: "succeeded" });
    expect(await getWorkspace(as(person), workspace)).toMatchObject({ state: "ok", value: { name: "mlw-search" } });
    expect((await clusterOf(shared)).name).toBe("aks-ml-shared");
  });

  test("registers a provider, and tells of features", async () => {
    const namespace = "Microsoft.KubernetesConfiguration";
    const states = async () => (await listProviders(as(person), data, [namespace])).map((read) => valueOf(read, "provider").state);
    expect(await states()).toEqual(["NotRegistered"]);
    const resourceId = calls.registerPathOf(data, namespace);
    await registerProvider(
      as(person, { method: "POST", resourceId, apiVersion: calls.apiVersions.providers, body: null }),
      data,
      namespace,
    );
    await until("the registration", async () => ((await states())[0] === "Registered" ? true : null));
    expect(await getFeature(as(person), dev, "Microsoft.ContainerService", "TrustedAccessPreview")).toMatchObject({
      value: { state: "NotRegistered" },
    });
  });

  test("deploys a template", async () => {
    const deployment = calls.deploymentIdOf(groupId(dev, "aks-chaos-mesh-rg"), "storage");
    const template = {
      $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
      contentVersion: "1.0.0.0",
      resources: [
        {
          type: "Microsoft.Storage/storageAccounts",
          apiVersion: "2023-05-01",
          name: "stbinderytest",
          location: "eastus",
          sku: { name: "Standard_LRS" },
          kind: "StorageV2",
          properties: {},
        },
      ],
    };
    const body = calls.deploymentBody(template, {});
    const plan: PlannedWrite = { method: "PUT", resourceId: deployment, apiVersion: calls.apiVersions.deployments, body };
    const put = await putDeployment(as(person, plan), deployment, { template, parameters: {} });
    expect(await ended(put.operationUrl)).toMatchObject({ status: "succeeded" });
    expect(await getDeployment(as(person), deployment)).toMatchObject({
      state: "ok",
      value: { provisioningState: "Succeeded", error: null },
    });
  });
});

describe("an API server", () => {
  const open = async (id: string, who = person) => valueOf(await kubernetes.openApiServer(as(who), await clusterOf(id)), "API server");

  test("is read as the person, page by page", async () => {
    const server = await open(shared);
    expect(valueOf(await kubernetes.listNodes(server), "nodes")[0]).toMatchObject({ ready: true, os: "linux", unschedulable: false });
    expect(valueOf(await kubernetes.listNodes(server), "nodes")[0]?.allocatable.memoryMi).toBeGreaterThan(1000);
    const pods = valueOf(await kubernetes.listPods(server, { namespace: "azureml" }), "pods");
    expect(pods.length).toBeGreaterThan(5);
    expect(pods.every(({ namespace }) => namespace === "azureml")).toBe(true);
    expect(valueOf(await kubernetes.listPods(server), "pods").length).toBeGreaterThan(pods.length);
    expect(valueOf(await kubernetes.listNamespaces(server), "namespaces").map(({ name }) => name)).toContain("azureml");
    expect(valueOf(await kubernetes.listRoles(server, "azureml"), "roles").length).toBeGreaterThan(0);
    expect(valueOf(await kubernetes.listNamespaceRoleBindings(server, "azureml"), "role bindings").length).toBeGreaterThan(0);
    expect(valueOf(await kubernetes.listClusterRoles(server), "cluster roles").map(({ name }) => name)).toContain("cluster-admin");
    expect(valueOf(await kubernetes.listClusterRoleBindings(server), "bindings").length).toBeGreaterThan(0);
    expect(valueOf(await kubernetes.listServiceAccounts(server, "azureml"), "accounts").length).toBeGreaterThan(0);
    expect(valueOf(await kubernetes.listDefinitionNames(server), "definitions")).toContain("amljobs.amlarc.azureml.com");
    expect(await kubernetes.listIngressClasses(server)).toMatchObject({ state: "ok" });
    expect(await kubernetes.listEvents(server, "azureml")).toMatchObject({ state: "ok" });
    expect(await kubernetes.findSecret(server, "azureml", "none")).toEqual({ state: "absent" });
  });

  test("says why it does not let a person read, and gives the reports of a failed check", async () => {
    await azure.control("POST", "/role-assignments", { person: "Ines Duarte", role: "Contributor", scope: devCluster });
    const denied = await kubernetes.listNodes(await open(devCluster, "Ines Duarte"));
    expect(denied).toMatchObject({ state: "no-permission", message: expect.stringContaining("nodes is forbidden") as string });
    const server = await open(clusterId(dev, "rg-ml-ci", "aks-ml-ci"));
    expect(await kubernetes.getHealthReports(server, "azureml")).toMatchObject({
      state: "ok",
      value: { "reports-pre-install": expect.stringContaining("E40002") as string },
    });
  });

  test("makes a namespace once, and again without harm", async () => {
    const write: PlannedWrite = {
      via: "kubernetes",
      method: "POST",
      clusterId: shared,
      path: calls.namespacesPath,
      body: calls.namespaceBody("vision"),
    };
    const caller = as(person, write);
    expect((await kubernetes.createNamespace(caller, await clusterOf(shared), "vision")).status).toBe(201);
    expect((await kubernetes.createNamespace(caller, await clusterOf(shared), "vision")).status).toBe(409);
    expect(valueOf(await kubernetes.listNamespaces(await open(shared)), "namespaces")).toContainEqual(
      expect.objectContaining({ name: "vision", phase: "Active" }),
    );
  });

  test("behind authorized ranges does not let Bindery connect, and a private or stopped one is not tried", async () => {
    await azure.control("POST", "/egress", { address: "198.51.100.200" });
    expect(await kubernetes.listNodes(await open(shared))).toMatchObject({ state: "unavailable" });
    for (const id of [privateCluster, clusterId(dev, "rg-ml-sandbox", "aks-ml-sandbox")])
      expect(await kubernetes.openApiServer(as(person), await clusterOf(id))).toMatchObject({ state: "unavailable" });
  });
});

describe("the run command", () => {
  const resultOf = async (resultUrl: string): Promise<Extract<CommandResult, { state: "ended" }>> =>
    until("the result", async () => {
      const result = await readCommandResult(as(person), resultUrl);
      if (result.state !== "running" && result.state !== "ended") throw new Error(result.state);
      return result.state === "ended" ? result : null;
    });
  const read = async (command: ReadCommand, who = person) => {
    const { resultUrl } = await startReadCommand(as(who), await clusterOf(privateCluster), command);
    return readingOf(command, await resultOf(resultUrl));
  };

  test("reads a private cluster, section by section", async () => {
    const reading = await read({ id: "workload", parameters: { namespace: "azureml" } });
    expect(reading.pods).toMatchObject({ state: "ok" });
    expect(reading.pods?.state === "ok" ? reading.pods.value.length : 0).toBeGreaterThan(3);
    expect(reading.events).toMatchObject({ state: "ok" });
    expect(["ok", "absent"]).toContain(reading.health?.state);
    expect(await read({ id: "access", parameters: { namespace: "azureml" } })).toMatchObject({
      roles: { state: "ok" },
      roleBindings: { state: "ok" },
      serviceAccounts: { state: "ok" },
    });
    expect(await read({ id: "nodes", parameters: {} })).toMatchObject({ nodes: { state: "ok" } });
    const cluster = await read({ id: "cluster", parameters: {} });
    expect(cluster).toMatchObject({ namespaces: { state: "ok" }, ingressClasses: { state: "ok" } });
    expect(cluster.definitions?.state === "ok" ? cluster.definitions.value : []).toContain("amljobs.amlarc.azureml.com");
    expect(await read({ id: "cluster-access", parameters: {} })).toMatchObject({
      clusterRoles: { state: "ok" },
      clusterRoleBindings: { state: "ok" },
    });
    expect(await read({ id: "all-pods", parameters: {} })).toMatchObject({ allPods: { state: "ok" } });
    expect(await read({ id: "secret", parameters: { namespace: "azureml", name: "none" } })).toEqual({ secret: { state: "absent" } });
  }, 20_000);

  test("reads with the person's own rights in the cluster", async () => {
    await azure.control("POST", "/role-assignments", { person: "Tomás Okafor", role: "Contributor", scope: privateCluster });
    expect(await read({ id: "nodes", parameters: {} }, "Tomás Okafor")).toMatchObject({
      nodes: { state: "no-permission", message: expect.stringContaining("nodes is forbidden") as string },
    });
  });

  test("makes a namespace in a private cluster", async () => {
    const write: PlannedWrite = {
      method: "POST",
      resourceId: calls.runCommandPathOf(privateCluster),
      apiVersion: calls.apiVersions.managedClusters,
      body: calls.namespaceCommandBody("vision"),
    };
    for (const before of [false, true]) {
      const { operationUrl } = await startNamespaceCommand(as(person, write), await clusterOf(privateCluster), "vision");
      const result = await resultOf(operationUrl ?? "");
      expect([namespaceFailure(result), result.exitCode]).toEqual([null, before ? 1 : 0]);
    }
  });

  test("that cannot start says why", async () => {
    await azure.control("POST", "/faults", {
      method: "POST",
      path: "/runCommand$",
      operation: { status: "Failed", message: "ImagePullBackOff" },
    });
    const { resultUrl } = await startReadCommand(as(person), await clusterOf(privateCluster), { id: "nodes", parameters: {} });
    const result = await until("the result", async () => {
      const one = await readCommandResult(as(person), resultUrl);
      return one.state === "running" ? null : one;
    });
    expect(result).toEqual({ state: "not-started", reason: "ImagePullBackOff" });
  });
});
