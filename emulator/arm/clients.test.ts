import { readFileSync } from "node:fs";
import { AuthorizationManagementClient } from "@azure/arm-authorization";
import { ContainerServiceClient } from "@azure/arm-containerservice";
import { ManagementLockClient } from "@azure/arm-locks";
import { AzureMachineLearningWorkspaces } from "@azure/arm-machinelearning";
import { ResourceGraphClient } from "@azure/arm-resourcegraph";
import { ResourceManagementClient } from "@azure/arm-resources";
import { SubscriptionClient } from "@azure/arm-resources-subscriptions";
import { afterAll, beforeAll, expect, test } from "vitest";
import { armAudience, clusterId, subscriptionIds, workspaceId } from "../tenant/ids";
import { type TestAzure, testAzure } from "../testing";

let azure: TestAzure;
let credential: { getToken(): Promise<{ token: string; expiresOnTimestamp: number }> };
let options: object;

beforeAll(async () => {
  azure = await testAzure();
  const token = await azure.token("Priya Raghunathan");
  credential = { getToken: () => Promise.resolve({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) };
  const endpoint = `https://localhost:${azure.port}`;
  const scope = `${armAudience}/.default`;
  options = {
    endpoint,
    credentials: { scopes: [scope] },
    credentialScopes: [scope],
    tlsOptions: { ca: readFileSync(azure.caFile, "utf8") },
  };
});
afterAll(() => azure.end());

async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of pages) items.push(item);
  return items;
}

test("the AKS client lists clusters over pages, makes a binding, follows it and deletes it", async () => {
  await azure.control("POST", "/page-sizes", { list: 2 });
  const client = new ContainerServiceClient(credential, subscriptionIds.prod, options);
  const clusters = await all(client.managedClusters.list());
  expect(new Set(clusters.map((one) => one.name))).toEqual(
    new Set(["aks-ml-private", "aks-ml-prod", "aks-ml-shared", "aks-payments-prod"]),
  );
  const prod = clusters.find((one) => one.name === "aks-ml-prod");
  expect(prod).toMatchObject({
    disableLocalAccounts: true,
    aadProfile: { managed: true, enableAzureRbac: true },
    powerState: { code: "Running" },
  });
  expect(prod?.apiServerAccessProfile?.authorizedIPRanges).toHaveLength(9);
  expect(prod?.resourceUID).toMatch(/^[0-9a-f]{24}$/);
  const roles = await all(client.trustedAccessRoles.list("eastus2"));
  expect(roles).toHaveLength(7);
  expect(roles.find((one) => one.name === "inference-v1")?.rules).toHaveLength(16);
  const { values = [] } = await client.managedClusters.listKubernetesVersions("eastus2");
  expect(
    values.filter(({ capabilities }) => capabilities?.supportPlan?.includes("KubernetesOfficial")).map(({ version }) => version),
  ).toEqual(["1.36", "1.35", "1.34", "1.33"]);
  expect(values.find(({ isDefault }) => isDefault)?.version).toBe("1.34");
  const body = {
    sourceResourceId: workspaceId(subscriptionIds.prod, "rg-ml-prod", "mlw-pricing-prod"),
    roles: ["Microsoft.MachineLearningServices/workspaces/mlworkload"],
  };
  const made = await client.trustedAccessRoleBindings.createOrUpdate("rg-ml-prod", "aks-ml-prod", "ml-pricing", body, {
    updateIntervalInMs: 5,
  });
  expect(made).toMatchObject({ name: "ml-pricing", provisioningState: "Succeeded", ...body });
  expect(await all(client.trustedAccessRoleBindings.list("rg-ml-prod", "aks-ml-prod"))).toHaveLength(4);
  await client.trustedAccessRoleBindings.delete("rg-ml-prod", "aks-ml-prod", "ml-pricing", { updateIntervalInMs: 5 });
  await expect(client.trustedAccessRoleBindings.get("rg-ml-prod", "aks-ml-prod", "ml-pricing")).rejects.toMatchObject({ statusCode: 404 });
});

test("the subscription, resource and lock clients read what they need", async () => {
  const subscriptions = new SubscriptionClient(credential, options);
  expect((await all(subscriptions.subscriptions.list())).map((one) => one.displayName)).toEqual([
    "Contoso Dev",
    "Contoso Prod",
    "Contoso Data",
  ]);
  const locations = await all(subscriptions.subscriptions.listLocations(subscriptionIds.dev));
  expect(locations.find((one) => one.name === "eastus")?.metadata?.pairedRegion?.[0]?.name).toBe("westus");
  const resources = new ResourceManagementClient(credential, subscriptionIds.prod, options);
  expect(await resources.providers.get("Microsoft.ContainerService")).toMatchObject({ registrationState: "Registered" });
  const vault = `/subscriptions/${subscriptionIds.prod}/resourceGroups/rg-backup/providers/Microsoft.DataProtection/backupVaults/bv-contoso-eastus2`;
  expect(await resources.resources.getById(vault, "2025-07-01")).toMatchObject({
    name: "bv-contoso-eastus2",
    identity: { type: "SystemAssigned" },
  });
  const locks = new ManagementLockClient(credential, subscriptionIds.prod, options);
  const cluster = clusterId(subscriptionIds.prod, "rg-payments-prod", "aks-payments-prod");
  expect(await all(locks.managementLocks.listByScope(cluster, { filter: "atScope()" }))).toMatchObject([
    { level: "CanNotDelete", name: "payments-no-delete" },
  ]);
});

test("the workspace client reads both kinds of identity", async () => {
  const client = new AzureMachineLearningWorkspaces(credential, subscriptionIds.prod, options);
  const found = await all(client.workspaces.listBySubscription());
  expect(found.find((one) => one.name === "mlw-fraud-prod")?.identity?.type).toBe("SystemAssigned");
  const user = await client.workspaces.get("rg-ml-prod", "mlw-pricing-prod");
  expect(user.identity?.type).toBe("UserAssigned");
  expect(Object.values(user.identity?.userAssignedIdentities ?? {})[0]?.principalId).toMatch(/^[0-9a-f-]{36}$/);
});

test("the authorization client tells the caller's own rights and who can write to a source", async () => {
  const client = new AuthorizationManagementClient(credential, subscriptionIds.dev, options);
  const own = await all(
    client.permissions.listForResource("aks-chaos-mesh-rg", "Microsoft.ContainerService", "", "managedClusters", "aks-chaos-mesh-aks"),
  );
  expect(own.flatMap((one) => one.actions)).toContain("Microsoft.ContainerService/managedClusters/*");
  const source = workspaceId(subscriptionIds.dev, "aks-chaos-mesh-rg", "aks-chaos-mesh");
  const assignments = await all(client.roleAssignments.listForScope(source, { filter: "atScope()" }));
  const names = await Promise.all(
    assignments.map(async (one) => (await client.roleDefinitions.getById(String(one.roleDefinitionId).slice(1))).roleName),
  );
  expect(new Set(names)).toEqual(
    new Set(["Reader", "Contributor", "AzureML Data Scientist", "Azure Kubernetes Service Contributor Role", "Contoso Workspace Reader"]),
  );
});

test("the Resource Graph client reads clusters over pages", async () => {
  const client = new ResourceGraphClient(credential, options);
  const query =
    "resources | where type =~ 'microsoft.containerservice/managedclusters' | project id, name, type, location, resourceGroup, subscriptionId, tags, properties, identity, sku | order by id asc";
  const names: string[] = [];
  let skipToken: string | undefined;
  do {
    const answer = await client.resources({ query, options: { top: 4, ...(skipToken === undefined ? {} : { skipToken }) } });
    names.push(...Object.values(answer.data as Record<string, { name: string }>).map((one) => one.name));
    skipToken = answer.skipToken;
  } while (skipToken !== undefined);
  expect(names).toHaveLength(10);
  expect(new Set(names).size).toBe(10);
});
