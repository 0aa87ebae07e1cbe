import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { resetBudget } from "./budget";
import { detachCompute, getCompute, listComputes, putCompute } from "./computes";
import { apiVersions, computeIdOf, detachQuery } from "./deployment-calls";
import { startTestCloud, testCaller } from "./testing";
import type { PlannedArmWrite } from "./types";

const group = "/subscriptions/7b1f0c2e-1111-4222-8333-944445555666/resourceGroups/rg-ml";
const workspace = `${group}/providers/Microsoft.MachineLearningServices/workspaces/ws`;
const cluster = `${group}/providers/Microsoft.ContainerService/managedClusters/aks`;
const id = computeIdOf(workspace, "k8s");
const body = { location: "eastus", properties: { computeType: "Kubernetes", resourceId: cluster, properties: { namespace: "ml" } } };
const put: PlannedArmWrite = { method: "PUT", resourceId: id, apiVersion: apiVersions.computes, body };
const detach: PlannedArmWrite = { method: "DELETE", resourceId: id, apiVersion: apiVersions.computes, query: detachQuery, body: null };
const armCompute = (name: string, properties: object) => ({ id: computeIdOf(workspace, name), name, location: "eastus", properties });

let testCloud: Awaited<ReturnType<typeof startTestCloud>>;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());
beforeEach(resetBudget);
const received = () => testCloud.arm.received;

test("computes are listed with their errors, by name", async () => {
  const errors = [
    { error: { code: "GenericComputeError", message: "It failed.", details: [{ code: "X", message: "The cluster was not reached." }] } },
    { error: null },
    { code: "Bare", message: "Without an envelope." },
  ];
  testCloud.arm.answer(() => ({
    body: {
      value: [
        armCompute("vm", { computeType: "ComputeInstance", provisioningState: "Succeeded" }),
        armCompute("k8s", {
          computeType: "Kubernetes",
          resourceId: cluster.toUpperCase(),
          provisioningState: "Failed",
          provisioningErrors: errors,
          isAttachedCompute: true,
          createdOn: "2026-01-01T00:00:00Z",
          properties: {},
        }),
      ],
    },
  }));
  expect(await listComputes(testCaller(), workspace)).toMatchObject({
    state: "ok",
    value: [
      {
        id,
        name: "k8s",
        computeType: "Kubernetes",
        resourceId: cluster.toUpperCase(),
        namespace: "default",
        provisioningState: "Failed",
        isAttached: true,
        location: "eastus",
        errors: [
          { code: "GenericComputeError", message: "It failed. The cluster was not reached." },
          { code: "Bare", message: "Without an envelope." },
        ],
        createdOn: "2026-01-01T00:00:00Z",
      },
      { name: "vm", namespace: null, resourceId: null, isAttached: false, errors: [] },
    ],
  });
  expect(received()[0]?.query.get("api-version")).toBe("2024-04-01");
});

test("a compute that is not there is absent; an id of something else is refused", async () => {
  testCloud.arm.answer(() => ({ status: 404, body: { error: { code: "ResourceNotFound", message: "No." } } }));
  expect(await getCompute(testCaller(), id)).toEqual({ state: "absent" });
  for (const wrong of [workspace, cluster]) await expect(getCompute(testCaller(), wrong)).rejects.toMatchObject({ code: "invalid_input" });
  await expect(listComputes(testCaller(), cluster)).rejects.toMatchObject({ code: "invalid_input" });
});

test("an attachment comes back with the address of its operation", async () => {
  const address = `${testCloud.arm.origin}/subscriptions/s/providers/Microsoft.MachineLearningServices/locations/eastus/computeOperationsStatus/op?api-version=2024-04-01&service=new`;
  testCloud.arm.answer(() => ({ status: 201, headers: { "azure-asyncoperation": address }, body: armCompute("k8s", {}) }));
  expect(await putCompute(testCaller({ plannedWrite: put }), id, body)).toEqual({ status: 201, operationUrl: address });
  expect(JSON.parse(received()[0]?.body ?? "")).toEqual(body);
});

test("a detachment says Detach, and never anything else", async () => {
  testCloud.arm.answer(() => ({ status: 202, headers: { "azure-asyncoperation": `${testCloud.arm.origin}/a` } }));
  expect(await detachCompute(testCaller({ plannedWrite: detach }), id)).toEqual({ status: 202, operationUrl: `${testCloud.arm.origin}/a` });
  expect(received()[0]?.query.getAll("underlyingResourceAction")).toEqual(["Detach"]);
});

test("a write that is not the planned one never leaves", async () => {
  testCloud.arm.answer(() => ({ status: 201, body: {} }));
  const elsewhere = { ...body, properties: { ...body.properties, properties: { namespace: "default" } } };
  const attempts = [
    putCompute(testCaller(), id, body),
    putCompute(testCaller({ plannedWrite: put }), id, elsewhere),
    putCompute(testCaller({ plannedWrite: put }), computeIdOf(workspace, "other"), body),
    detachCompute(testCaller({ plannedWrite: put }), id),
    detachCompute(testCaller({ plannedWrite: { ...detach, query: {} } }), id),
    detachCompute(testCaller({ plannedWrite: { ...detach, query: { underlyingResourceAction: "Delete" } } }), id),
  ];
  for (const attempt of attempts) await expect(attempt).rejects.toThrow(/not the approved one/);
  expect(received()).toEqual([]);
});
