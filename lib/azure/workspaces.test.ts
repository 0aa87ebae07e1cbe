import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { resetBudget } from "./budget";
import { startTestCloud, testCaller } from "./testing";
import { getWorkspace } from "./workspaces";

const group = "/subscriptions/7b1f0c2e-1111-4222-8333-944445555666/resourceGroups/rg-ml";
const id = `${group}/providers/Microsoft.MachineLearningServices/workspaces/ws`;
let testCloud: Awaited<ReturnType<typeof startTestCloud>>;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());
beforeEach(resetBudget);

test("a workspace is read with all its identities and what it rests on", async () => {
  const identity = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uami`;
  testCloud.arm.answer(() => ({
    body: {
      id,
      name: "ws",
      type: "Microsoft.MachineLearningServices/workspaces",
      location: "eastus",
      identity: {
        type: "SystemAssigned,UserAssigned",
        principalId: "p",
        tenantId: "t",
        userAssignedIdentities: { [identity]: { principalId: "u", clientId: "c" }, [`${identity}2`]: null },
      },
      properties: { provisioningState: "Succeeded", storageAccount: `${group}/s`, keyVault: `${group}/v`, publicNetworkAccess: "Disabled" },
    },
  }));
  expect(await getWorkspace(testCaller(), id)).toMatchObject({
    state: "ok",
    value: {
      id,
      name: "ws",
      subscriptionId: "7b1f0c2e-1111-4222-8333-944445555666",
      resourceGroup: "rg-ml",
      location: "eastus",
      identity: { type: "SystemAssigned, UserAssigned", principalId: "p", tenantId: "t" },
      userAssignedIdentities: [
        { id: identity, principalId: "u", clientId: "c" },
        { id: `${identity}2`, principalId: null, clientId: null },
      ],
      provisioningState: "Succeeded",
      storageAccount: `${group}/s`,
      containerRegistry: null,
      publicNetworkAccess: "Disabled",
    },
  });
  expect(testCloud.arm.received[0]?.query.get("api-version")).toBe("2024-04-01");
});

test("a workspace that is not there is absent, and the id of anything else is refused", async () => {
  testCloud.arm.answer(() => ({ status: 404, body: { error: { code: "ResourceNotFound", message: "No." } } }));
  expect(await getWorkspace(testCaller(), id)).toEqual({ state: "absent" });
  await expect(getWorkspace(testCaller(), `${id}/computes/k8s`)).rejects.toMatchObject({ code: "invalid_input" });
});
