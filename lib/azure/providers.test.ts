import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { resetBudget } from "./budget";
import { apiVersions, deploymentBody, deploymentIdOf, registerPathOf } from "./deployment-calls";
import { getDeployment, putDeployment } from "./deployments";
import { getFeature } from "./features";
import { listProviders, registerProvider } from "./providers";
import { startTestCloud, testCaller } from "./testing";
import type { PlannedArmWrite } from "./types";

const subscription = "7b1f0c2e-1111-4222-8333-944445555666";
const extensions = "Microsoft.KubernetesConfiguration";
let testCloud: Awaited<ReturnType<typeof startTestCloud>>;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());
beforeEach(resetBudget);
const received = () => testCloud.arm.received;

test("registrations are read one call each, and one that is not readable does not hide the others", async () => {
  testCloud.arm.answer(({ path }) => {
    if (path.endsWith(extensions)) return { body: { namespace: extensions, registrationState: "NotRegistered" } };
    if (path.endsWith("Microsoft.ContainerService"))
      return { status: 403, body: { error: { code: "AuthorizationFailed", message: "No." } } };
    return { status: 404, body: { error: { code: "InvalidResourceNamespace", message: "No." } } };
  });
  expect(await listProviders(testCaller(), subscription, [extensions, "Microsoft.ContainerService", "Microsoft.None"])).toMatchObject([
    { state: "ok", value: { namespace: extensions, state: "NotRegistered" } },
    { state: "no-permission" },
    { state: "absent" },
  ]);
  expect(received()).toHaveLength(3);
  await expect(listProviders(testCaller(), subscription, ["../x"])).rejects.toMatchObject({ code: "invalid_input" });
});

test("a registration is a planned write of its own", async () => {
  testCloud.arm.answer(() => ({ body: { namespace: extensions, registrationState: "Registering" } }));
  const planned: PlannedArmWrite = {
    method: "POST",
    resourceId: registerPathOf(subscription, extensions),
    apiVersion: apiVersions.providers,
    body: null,
  };
  expect(await registerProvider(testCaller({ plannedWrite: planned }), subscription, extensions)).toEqual({
    status: 200,
    operationUrl: null,
  });
  expect(received()).toMatchObject([{ method: "POST", path: `/subscriptions/${subscription}/providers/${extensions}/register`, body: "" }]);
  received().length = 0;
  await expect(registerProvider(testCaller(), subscription, extensions)).rejects.toThrow(/no write is planned/);
  await expect(registerProvider(testCaller({ plannedWrite: planned }), subscription, "Microsoft.Compute")).rejects.toThrow(/another one/);
  expect(received()).toEqual([]);
});

test("a preview feature tells its state, and one that Azure forgot is absent", async () => {
  testCloud.arm.answer(() => ({ body: { name: "X/Y", properties: { state: "Registered" } } }));
  const read = () => getFeature(testCaller(), subscription, "Microsoft.ContainerService", "TrustedAccessPreview");
  expect(await read()).toMatchObject({
    state: "ok",
    value: { provider: "Microsoft.ContainerService", name: "TrustedAccessPreview", state: "Registered" },
  });
  expect(received()[0]?.path).toBe(
    `/subscriptions/${subscription}/providers/Microsoft.Features/providers/Microsoft.ContainerService/features/TrustedAccessPreview`,
  );
  testCloud.arm.answer(() => ({ status: 404, body: { error: { code: "FeatureNotFound", message: "No." } } }));
  expect(await read()).toEqual({ state: "absent" });
});

const deploymentId = deploymentIdOf(`/subscriptions/${subscription}/resourceGroups/rg-ml`, "workspace");
const [template, parameters] = [{ resources: [] }, { name: { value: "ws" } }];
const deploy: PlannedArmWrite = {
  method: "PUT",
  resourceId: deploymentId,
  apiVersion: apiVersions.deployments,
  body: deploymentBody(template, parameters),
};

test("a template is deployed incrementally, as planned and not otherwise", async () => {
  const address = `${testCloud.arm.origin}${deploymentId}/operationStatuses/op?api-version=2024-03-01`;
  testCloud.arm.answer(() => ({ status: 201, headers: { "azure-asyncoperation": address }, body: { id: deploymentId, properties: {} } }));
  expect(await putDeployment(testCaller({ plannedWrite: deploy }), deploymentId, { template, parameters })).toEqual({
    status: 201,
    operationUrl: address,
  });
  expect(JSON.parse(received()[0]?.body ?? "")).toEqual({ properties: { mode: "Incremental", template, parameters } });
  received().length = 0;
  const complete = { ...deploy, body: { properties: { mode: "Complete", template, parameters } } };
  await expect(putDeployment(testCaller({ plannedWrite: complete }), deploymentId, { template, parameters })).rejects.toThrow(/body/);
  await expect(
    putDeployment(testCaller({ plannedWrite: deploy }), deploymentId, { template: { resources: [1] }, parameters }),
  ).rejects.toThrow(/body/);
  expect(received()).toEqual([]);
});

test("a deployment that failed says what went wrong inside", async () => {
  testCloud.arm.answer(() => ({
    body: {
      id: deploymentId,
      properties: {
        provisioningState: "Failed",
        error: { code: "DeploymentFailed", message: "At least one failed.", details: [{ code: "Taken", message: "The name is taken." }] },
      },
    },
  }));
  expect(await getDeployment(testCaller(), deploymentId)).toMatchObject({
    state: "ok",
    value: {
      id: deploymentId,
      provisioningState: "Failed",
      outputs: null,
      error: { code: "DeploymentFailed", message: "At least one failed. Taken: The name is taken." },
    },
  });
  testCloud.arm.answer(() => ({
    body: { id: deploymentId, properties: { provisioningState: "Succeeded", outputs: { id: { value: "x" } } } },
  }));
  expect(await getDeployment(testCaller(), deploymentId)).toMatchObject({
    value: { provisioningState: "Succeeded", outputs: { id: { value: "x" } }, error: null },
  });
  await expect(getDeployment(testCaller(), `/subscriptions/${subscription}/resourceGroups/rg-ml`)).rejects.toMatchObject({
    code: "invalid_input",
  });
});
