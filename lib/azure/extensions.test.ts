import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { resetBudget } from "./budget";
import { apiVersions, extensionIdOf, forceDeleteQuery } from "./deployment-calls";
import { deleteExtension, getExtension, listExtensions, putExtension } from "./extensions";
import { pollOperation } from "./operations";
import { startTestCloud, testCaller } from "./testing";
import type { PlannedArmWrite } from "./types";

const cluster =
  "/subscriptions/7b1f0c2e-1111-4222-8333-944445555666/resourceGroups/rg-ml/providers/Microsoft.ContainerService/managedClusters/aks-prod";
const id = extensionIdOf(cluster, "azureml");
const body = {
  identity: { type: "SystemAssigned" },
  properties: {
    extensionType: "Microsoft.AzureML.Kubernetes",
    configurationSettings: { enableTraining: "True" },
    configurationProtectedSettings: { "scoringFe.sslKey": "a-private-key" },
  },
};
const put: PlannedArmWrite = { method: "PUT", resourceId: id, apiVersion: apiVersions.extensions, body };
const remove: PlannedArmWrite = { method: "DELETE", resourceId: id, apiVersion: apiVersions.extensions, body: null };
const armExtension = (name: string, properties: object = {}) => ({ id: extensionIdOf(cluster, name), name, properties });

let testCloud: Awaited<ReturnType<typeof startTestCloud>>;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());
beforeEach(() => {
  resetBudget();
  testCloud.other.answer(() => ({ body: { status: "Succeeded" } }));
});
const received = () => testCloud.arm.received;

describe("extensions", () => {
  test("are listed over pages, by name", async () => {
    testCloud.arm.answer(({ query }) =>
      query.get("page") === "2"
        ? { body: { value: [armExtension("azureml")] } }
        : { body: { value: [armExtension("flux")], nextLink: `${testCloud.arm.origin}${cluster}/more?page=2` } },
    );
    expect(await listExtensions(testCaller(), cluster)).toMatchObject({ state: "ok", value: [{ name: "azureml" }, { name: "flux" }] });
    expect(received()[0]).toMatchObject({ path: `${cluster}/providers/Microsoft.KubernetesConfiguration/extensions` });
    expect(received()[0]?.query.get("api-version")).toBe("2023-05-01");
  });

  test("are read with what Azure says of a failure, and of newer fields nothing is lost on the way", async () => {
    testCloud.arm.answer(() => ({
      body: armExtension("azureml", {
        extensionType: "Microsoft.AzureML.Kubernetes",
        provisioningState: "Failed",
        currentVersion: "1.1.75",
        version: null,
        releaseTrain: "Stable",
        autoUpgradeMinorVersion: false,
        autoUpgradeMode: "none",
        scope: { cluster: { releaseNamespace: "azureml" } },
        configurationSettings: { enableTraining: "True", nodeSelector: null },
        statuses: [{ code: "InstallationFailed", level: "Error", message: "It failed.", time: "2026-01-01T00:00:00Z" }],
        errorInfo: { code: "InstallationFailed", message: "helm", target: null },
        aksAssignedIdentity: { type: "SystemAssigned", principalId: "p" },
      }),
    }));
    expect(await getExtension(testCaller(), id)).toMatchObject({
      state: "ok",
      value: {
        id,
        name: "azureml",
        extensionType: "Microsoft.AzureML.Kubernetes",
        provisioningState: "Failed",
        currentVersion: "1.1.75",
        version: null,
        releaseTrain: "Stable",
        autoUpgrade: false,
        releaseNamespace: "azureml",
        settings: { enableTraining: "True", nodeSelector: "" },
        statuses: [
          { code: "InstallationFailed", displayStatus: null, level: "Error", message: "It failed.", time: "2026-01-01T00:00:00Z" },
        ],
        error: { code: "InstallationFailed", message: "helm" },
        principalId: "p",
      },
    });
  });

  test("that are not there are absent, and an id of something else is refused before anything is asked", async () => {
    testCloud.arm.answer(() => ({ status: 404, body: { error: { code: "ResourceNotFound", message: "No." } } }));
    expect(await getExtension(testCaller(), id)).toEqual({ state: "absent" });
    testCloud.arm.answer(() => ({ body: armExtension("azureml") }));
    for (const wrong of [cluster, `${cluster}/trustedAccessRoleBindings/ml`, id.replace("managedClusters", "other")])
      await expect(getExtension(testCaller(), wrong)).rejects.toMatchObject({ code: "invalid_input" });
    await expect(listExtensions(testCaller(), id)).rejects.toMatchObject({ code: "invalid_input" });
    expect(received()).toEqual([]);
  });
});

describe("a write of an extension", () => {
  test("comes back with Azure-AsyncOperation, whatever Location says, and is not polled", async () => {
    const address = `${testCloud.arm.origin}${id}/operations/op?api-Version=2023-05-01`;
    testCloud.arm.answer(() => ({
      status: 201,
      headers: { "azure-asyncoperation": address, location: `${testCloud.other.origin}/regional` },
      body: armExtension("azureml", { provisioningState: "Creating" }),
    }));
    const caller = testCaller({ plannedWrite: put });
    expect(await putExtension(caller, id, body)).toEqual({ status: 201, operationUrl: address });
    expect(received()).toHaveLength(1);
    expect(JSON.parse(received()[0]?.body ?? "")).toEqual(body);
    expect(testCloud.other.received).toEqual([]);
    expect(JSON.stringify(caller.notes)).not.toMatch(/a-private-key|a-secret-token/);
  });

  test("that names no operation but Location has none to follow", async () => {
    testCloud.arm.answer(() => ({ status: 202, headers: { location: `${testCloud.other.origin}/regional` } }));
    expect(await deleteExtension(testCaller({ plannedWrite: remove }), id)).toEqual({ status: 202, operationUrl: null });
  });

  test("whose operation lies on another host is not followed there", async () => {
    testCloud.arm.answer(() => ({ status: 201, headers: { "azure-asyncoperation": `${testCloud.other.origin}/op` }, body: {} }));
    const { operationUrl } = await putExtension(testCaller({ plannedWrite: put }), id, body);
    await expect(pollOperation(testCaller(), operationUrl ?? "")).rejects.toMatchObject({ code: "azure_refused" });
    expect(testCloud.other.received).toEqual([]);
  });

  test("is refused with another protected setting, a missing one, another method or another way to delete", async () => {
    testCloud.arm.answer(() => ({ status: 201, body: {} }));
    const changed = (protectedSettings: object) => ({
      ...body,
      properties: { ...body.properties, configurationProtectedSettings: protectedSettings },
    });
    const attempts = [
      putExtension(testCaller({ plannedWrite: put }), id, changed({ "scoringFe.sslKey": "another-key" })),
      putExtension(testCaller({ plannedWrite: put }), id, changed({})),
      putExtension(testCaller({ plannedWrite: put }), extensionIdOf(cluster, "other"), body),
      putExtension(testCaller({ plannedWrite: remove }), id, body),
      putExtension(testCaller(), id, body),
      deleteExtension(testCaller({ plannedWrite: put }), id),
      deleteExtension(testCaller({ plannedWrite: remove }), id, { forceDelete: true }),
      deleteExtension(testCaller({ plannedWrite: { ...remove, query: forceDeleteQuery } }), id),
    ];
    for (const attempt of attempts) await expect(attempt).rejects.toThrow(/not the approved one/);
    expect(received()).toEqual([]);
  });

  test("that deletes by force says so in its query, and 204 means that there was none", async () => {
    testCloud.arm.answer(() => ({ status: 200 }));
    const forced = testCaller({ plannedWrite: { ...remove, query: forceDeleteQuery } });
    expect(await deleteExtension(forced, id, { forceDelete: true })).toEqual({ status: 200, operationUrl: null });
    expect(received()[0]?.query.get("forceDelete")).toBe("true");
    testCloud.arm.answer(() => ({ status: 204 }));
    expect(await deleteExtension(testCaller({ plannedWrite: remove }), id)).toEqual({ status: 204, operationUrl: null });
    expect(received()[0]?.query.has("forceDelete")).toBe(false);
  });

  test("that got no answer is sent once", async () => {
    testCloud.arm.answer(() => ({ reset: true }));
    await expect(putExtension(testCaller({ plannedWrite: put }), id, body)).rejects.toMatchObject({ code: "azure_unavailable" });
    expect(received()).toHaveLength(1);
  });
});

test("Creating, Updating and Deleting mean that an operation goes on", async () => {
  for (const status of ["Creating", "Updating", "Deleting"]) {
    testCloud.arm.answer(() => ({ body: { id: `${id}/operations/op`, name: "op", status } }));
    expect(await pollOperation(testCaller(), `${testCloud.arm.origin}${id}/operations/op?api-Version=2023-05-01`)).toMatchObject({
      status: "running",
      azureStatus: status,
    });
  }
});
