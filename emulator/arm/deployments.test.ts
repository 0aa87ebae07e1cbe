import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { groupId, subscriptionIds, workspaceId } from "../tenant/ids";
import { type Answer, type TestAzure, testAzure } from "../testing";

const { dev } = subscriptionIds;
const group = groupId(dev, "aks-chaos-mesh-rg");
const person = "Wanjiru Mbeki";
const made = workspaceId(dev, "aks-chaos-mesh-rg", "mlw-new");

let azure: TestAzure;
beforeAll(async () => void (azure = await testAzure({ speed: 1 })));
beforeEach(async () => void (await azure.control("POST", "/reset", {})));
afterAll(() => azure.end());

const address = (more = "", name = "ml") => `${group}/providers/Microsoft.Resources/deployments/${name}${more}?api-version=2024-11-01`;
const advance = (ms: number) => azure.control("POST", "/clock/advance", { ms });
const errorOf = (answer: Answer) => (answer.body as { error: { code: string; message: string; details?: object[] } }).error;
const template = (resources: object[] = all) => ({
  $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  contentVersion: "1.0.0.0",
  parameters: {
    name: { type: "string" },
    location: { type: "string", defaultValue: "[resourceGroup().location]" },
    secret: { type: "securestring", defaultValue: "s3cret" },
  },
  variables: {
    suffix: "[take(uniqueString(resourceGroup().id, parameters('name')), 8)]",
    storage: "[concat('st', variables('suffix'))]",
    vault: "[format('kv-{0}', variables('suffix'))]",
  },
  resources,
  outputs: { workspaceId: { type: "string", value: "[resourceId('Microsoft.MachineLearningServices/workspaces', parameters('name'))]" } },
});
const all = [
  {
    type: "Microsoft.MachineLearningServices/workspaces",
    apiVersion: "2024-04-01",
    name: "[parameters('name')]",
    location: "[parameters('location')]",
    identity: { type: "SystemAssigned" },
    dependsOn: [
      "[resourceId('Microsoft.Storage/storageAccounts', variables('storage'))]",
      "[resourceId('Microsoft.KeyVault/vaults', variables('vault'))]",
      "[resourceId('Microsoft.Insights/components', 'appi-new')]",
    ],
    properties: {
      storageAccount: "[resourceId('Microsoft.Storage/storageAccounts', variables('storage'))]",
      keyVault: "[resourceId('Microsoft.KeyVault/vaults', variables('vault'))]",
      applicationInsights: "[resourceId('Microsoft.Insights/components', 'appi-new')]",
    },
  },
  {
    type: "Microsoft.Storage/storageAccounts",
    apiVersion: "2023-01-01",
    name: "[variables('storage')]",
    location: "eastus",
    kind: "StorageV2",
    sku: { name: "Standard_LRS" },
    properties: {},
  },
  {
    type: "Microsoft.KeyVault/vaults",
    apiVersion: "2023-07-01",
    name: "[variables('vault')]",
    location: "eastus",
    properties: { tenantId: "[subscription().tenantId]" },
  },
  {
    type: "Microsoft.Insights/components",
    apiVersion: "2020-02-02",
    name: "appi-new",
    location: "eastus",
    kind: "web",
    properties: { Application_Type: "web" },
  },
];
const deploy = (sent: object = template(), more: object = {}, who = person) =>
  azure.as(who, "PUT", address(), {
    properties: { mode: "Incremental", template: sent, parameters: { name: { value: "mlw-new" } }, ...more },
  });
const state = async () => ((await azure.as(person, "GET", address())).body as { properties: { provisioningState: string } }).properties;

test("a template makes a workspace after what it needs, in time, and says what it made", async () => {
  const answer = await deploy();
  expect(answer.status).toBe(201);
  expect(answer.text).not.toContain("s3cret");
  const status = String(answer.headers["azure-asyncoperation"]);
  expect((await azure.as(person, "GET", status)).body).toEqual({ status: "Running" });
  await advance(61_000);
  expect((await azure.as(person, "GET", `${made}?api-version=2024-04-01`)).status).toBe(404);
  expect((await azure.as(person, "GET", `${group}/providers/Microsoft.Insights/components/appi-new?api-version=2020-02-02`)).status).toBe(
    200,
  );
  await advance(60_000);
  expect((await azure.as(person, "GET", status)).body).toEqual({ status: "Succeeded" });
  expect(await state()).toMatchObject({ provisioningState: "Succeeded", outputs: { workspaceId: { value: made } } });
  expect((await azure.as(person, "GET", `${made}?api-version=2024-04-01`)).body).toMatchObject({
    type: "Microsoft.MachineLearningServices/workspaces",
    location: "eastus",
    identity: { type: "SystemAssigned", principalId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string },
    properties: {
      provisioningState: "Succeeded",
      storageAccount: expect.stringContaining(`${group}/providers/Microsoft.Storage/storageAccounts/st`) as string,
    },
  });
  const operations = (await azure.as(person, "GET", address("/operations"))).body as {
    value: { properties: { provisioningState: string } }[];
  };
  expect(operations.value.map((one) => one.properties.provisioningState)).toEqual(["Succeeded", "Succeeded", "Succeeded", "Succeeded"]);
});

test("the same template again changes what is there and keeps its identity", async () => {
  await deploy();
  expect((await deploy()).status).toBe(409);
  await advance(200_000);
  const principal = async () =>
    ((await azure.as(person, "GET", `${made}?api-version=2024-04-01`)).body as { identity: { principalId: string } }).identity.principalId;
  const before = await principal();
  const changed = all.map((one) =>
    one.type.includes("Machine") ? { ...one, properties: { ...one.properties, friendlyName: "New" } } : one,
  );
  expect((await deploy(template(changed))).status).toBe(200);
  await advance(200_000);
  expect(await principal()).toBe(before);
  expect((await azure.as(person, "GET", `${made}?api-version=2024-04-01`)).body).toMatchObject({ properties: { friendlyName: "New" } });
});

test("a workspace without what it needs fails the deployment, and what came before it stays", async () => {
  const lame = all.map((one) => (one.type.includes("Machine") ? { ...one, properties: { storageAccount: "" } } : one));
  const answer = await deploy(template(lame));
  await advance(200_000);
  expect(await state()).toMatchObject({
    provisioningState: "Failed",
    error: { code: "DeploymentFailed", details: [{ code: "BadRequest", message: "Missing dependent resources in workspace json" }] },
  });
  expect((await azure.as(person, "GET", String(answer.headers["azure-asyncoperation"]))).body).toMatchObject({
    status: "Failed",
    error: { code: "DeploymentFailed" },
  });
  expect((await azure.as(person, "GET", `${group}/providers/Microsoft.Insights/components/appi-new?api-version=2020-02-02`)).status).toBe(
    200,
  );
});

test.each([
  ["a parameter without a value", template(), { parameters: {} }, "The value for the template parameter 'name' is not provided"],
  [
    "a parameter that is not declared",
    template(),
    { parameters: { name: { value: "x" }, other: { value: 1 } } },
    "do not correspond to any parameters defined",
  ],
  ["a function that is not known", template([{ ...all[1], name: "[guid('x')]" }]), {}, "The template function 'guid'"],
  ["an expression that is none", template([{ ...all[1], name: "[concat('a']" }]), {}, "Unable to parse language expression"],
  [
    "a ring of resources",
    template([{ ...all[1], name: "a", dependsOn: ["Microsoft.Storage/storageAccounts/a"] }]),
    {},
    "Circular dependency",
  ],
  ["another type of resource", template([{ type: "Microsoft.Web/sites", apiVersion: "2023-12-01", name: "x" }]), {}, "Microsoft.Web/sites"],
])("%s is refused before anything is made, and by validate alike", async (_what, sent, more, words) => {
  const answer = await deploy(sent, more);
  const checked = await azure.as(person, "POST", address("/validate"), {
    properties: { mode: "Incremental", template: sent, parameters: { name: { value: "mlw-new" } }, ...more },
  });
  for (const one of [answer, checked]) {
    expect({ status: one.status, code: errorOf(one).code }).toEqual({ status: 400, code: "InvalidTemplate" });
    expect(errorOf(one).message).toContain(words);
  }
  expect((await azure.as(person, "GET", address())).status).toBe(404);
});

test("names that somebody else has, and names that no account may have, fail their step", async () => {
  await azure.control("POST", "/resources", {
    resource: {
      id: `${groupId(dev, "rg-ml-ci")}/providers/Microsoft.Storage/storageAccounts/sttaken`,
      name: "sttaken",
      type: "Microsoft.Storage/storageAccounts",
      properties: {},
    },
  });
  for (const [name, code] of [
    ["sttaken", "StorageAccountAlreadyTaken"],
    ["St_Bad", "AccountNameInvalid"],
  ]) {
    await deploy(template([{ ...all[1], name }]));
    await advance(60_000);
    expect(await state()).toMatchObject({ error: { details: [{ code }] } });
  }
});

test("rights are asked for each resource, and a provider that is not registered stops it", async () => {
  await azure.control("POST", "/role-assignments", {
    person: "Tomás Okafor",
    role: "Azure Kubernetes Service Contributor Role",
    scope: group,
  });
  const refused = await deploy(template(), {}, "Tomás Okafor");
  expect([refused.status, errorOf(refused).code]).toEqual([403, "InvalidTemplateDeployment"]);
  expect(errorOf(refused).details).toMatchObject([{ code: "AuthorizationFailed" }]);
  expect((await deploy(template(), {}, "Ines Duarte")).text).toContain("'Microsoft.Resources/deployments/write'");
  await azure.as(person, "POST", `/subscriptions/${dev}/providers/Microsoft.Insights/unregister?api-version=2022-12-01`);
  await advance(121_000);
  expect(errorOf(await deploy()).code).toBe("MissingSubscriptionRegistration");
});

test("a read-only lock stops a deployment, one on a resource alone too, and a delete lock the deletion of a workspace", async () => {
  const existing = workspaceId(dev, "aks-chaos-mesh-rg", "aks-chaos-mesh");
  const locked = async (scope: string, level: string, act: () => Promise<Answer>) => {
    await azure.control("POST", "/locks", { scope, name: "freeze", level });
    const answer = await act();
    await azure.control("DELETE", "/locks", { scope, name: "freeze" });
    return errorOf(answer).code;
  };
  expect(await locked(group, "ReadOnly", () => deploy(template([])))).toBe("ScopeLocked");
  const onto = template(all.map((one) => (one.type.includes("Machine") ? { ...one, name: "aks-chaos-mesh" } : one)));
  expect(await locked(existing, "ReadOnly", () => deploy(onto))).toBe("ScopeLocked");
  expect(await locked(group, "CanNotDelete", () => azure.as(person, "DELETE", `${existing}?api-version=2024-04-01`))).toBe("ScopeLocked");
});

test("a deployment that would delete what it does not name is refused loudly, and the log names it", async () => {
  expect(errorOf(await deploy(template(), { mode: "Complete" })).code).toBe("RefusedByLocalAzure");
  const log = (await azure.control("GET", "/log?method=PUT&path=deployments")).body as { items: { guard: string }[] };
  expect(log.items).toMatchObject([{ guard: expect.stringContaining("mode Complete") as string }]);
});

test("a deployment hangs and fails as told", async () => {
  await azure.control("POST", "/faults", {
    method: "PUT",
    path: "/deployments/ml$",
    operation: { status: "Failed", code: "SkuNotAvailable", message: "Not here." },
  });
  await deploy();
  await advance(200_000);
  expect(await state()).toMatchObject({ error: { details: [{ code: "SkuNotAvailable" }] } });
  await azure.control("POST", "/faults", { method: "PUT", path: "/deployments/ml$", hang: true });
  await deploy();
  await advance(10_000_000);
  expect(await state()).toMatchObject({ provisioningState: "Running" });
});

test("a workspace is deleted with its computes, and leaves what it needed and its bindings behind", async () => {
  await deploy();
  await advance(200_000);
  const compute = {
    name: "k8s",
    workspaceId: made,
    location: "eastus",
    identity: null,
    body: {},
    state: "Succeeded" as const,
    errors: [],
    operationId: null,
    createdAt: 0,
    changedAt: 0,
  };
  azure.world.store.table("computes").set(`${made}/computes/k8s`.toLowerCase(), { ...compute, id: `${made}/computes/k8s` });
  expect((await azure.as("Ines Duarte", "DELETE", `${made}?api-version=2024-04-01`)).status).toBe(403);
  const answer = await azure.as(person, "DELETE", `${made}?api-version=2024-04-01`);
  expect(answer.status).toBe(202);
  expect((await azure.as(person, "GET", `${made}?api-version=2024-04-01`)).body).toMatchObject({
    properties: { provisioningState: "Deleting" },
  });
  await advance(61_000);
  expect((await azure.as(person, "GET", String(answer.headers["azure-asyncoperation"]))).body).toEqual({ status: "Succeeded" });
  expect((await azure.as(person, "GET", `${made}?api-version=2024-04-01`)).status).toBe(404);
  expect(azure.world.store.table("computes").has(`${made}/computes/k8s`.toLowerCase())).toBe(false);
  expect((await azure.as(person, "GET", `${group}/providers/Microsoft.Insights/components/appi-new?api-version=2020-02-02`)).status).toBe(
    200,
  );
  expect((await azure.as(person, "DELETE", `${made}?api-version=2024-04-01`)).status).toBe(204);
});
