import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { listPermissions, listRolesOf, listWriters } from "./access";
import { allows } from "./actions";
import { resetBudget } from "./budget";
import { getCluster, listClusters, listKubernetesVersions } from "./clusters";
import { holdsOn, listLocks } from "./locks";
import { getSource, listWorkspaces, newestOf } from "./sources";
import { listLocations, listSubscriptions } from "./subscriptions";
import { startTestCloud, testCaller } from "./testing";
import { listVisible } from "./visible";

const subscription = "7b1f0c2e-1111-4222-8333-944445555666";
const group = `/subscriptions/${subscription}/resourceGroups/rg-ml`;
const cluster = `${group}/providers/Microsoft.ContainerService/managedClusters/aks-prod`;
let testCloud: Awaited<ReturnType<typeof startTestCloud>>;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());
beforeEach(resetBudget);
const received = () => testCloud.arm.received;

const armCluster = (name: string, properties: object = {}) => ({
  id: `${group}/providers/Microsoft.ContainerService/managedClusters/${name}`,
  name,
  location: "East US",
  properties,
});

test("the versions of Kubernetes of a region are told with their support and preview", async () => {
  testCloud.arm.answer(() => ({
    body: {
      values: [
        { version: "1.36", capabilities: { supportPlan: ["KubernetesOfficial"] }, isPreview: true },
        {
          version: "1.35",
          capabilities: { supportPlan: ["AKSLongTermSupport", "KubernetesOfficial"] },
          isDefault: true,
          patchVersions: {},
        },
        { version: "1.31", capabilities: { supportPlan: ["AKSLongTermSupport"] } },
        { version: "1.30" },
        {},
      ],
    },
  }));
  expect(await listKubernetesVersions(testCaller(), subscription, "eastus")).toMatchObject({
    state: "ok",
    value: [
      { version: "1.36", isOfficial: true, isPreview: true },
      { version: "1.35", isOfficial: true, isPreview: false },
      { version: "1.31", isOfficial: false, isPreview: false },
      { version: "1.30", isOfficial: false, isPreview: false },
    ],
  });
  expect(received()[0]?.path).toBe(
    `/subscriptions/${subscription}/providers/Microsoft.ContainerService/locations/eastus/kubernetesVersions`,
  );
});

describe("clusters", () => {
  test("come from one Resource Graph query, all pages, in order of their ids", async () => {
    testCloud.arm.answer(({ body }) => {
      const next = (JSON.parse(body) as { options: { $skipToken?: string } }).options.$skipToken === "two";
      return {
        body: {
          totalRecords: 2,
          count: 1,
          resultTruncated: "false",
          data: [armCluster(next ? "aks-A" : "aks-b")],
          ...(next ? {} : { $skipToken: "two" }),
        },
      };
    });
    const list = await listClusters(testCaller());
    expect(list).toMatchObject({
      items: [{ name: "aks-A" }, { name: "aks-b", location: "eastus", subscriptionId: subscription }],
      failures: [],
    });
    expect(received().map(({ method, path }) => `${method} ${path}`)).toEqual([
      "POST /providers/Microsoft.ResourceGraph/resources",
      "POST /providers/Microsoft.ResourceGraph/resources",
    ]);
  });

  test("are read as ARM describes them, whatever is left out", async () => {
    const properties = {
      currentKubernetesVersion: "1.33.5",
      kubernetesVersion: "1.33",
      privateFQDN: "p.example",
      disableLocalAccounts: true,
      resourceUID: "uid",
      apiServerAccessProfile: { enablePrivateCluster: true, enablePrivateClusterPublicFQDN: false, authorizedIPRanges: [] },
      aadProfile: { managed: true, enableAzureRBAC: true },
      agentPoolProfiles: [{ name: "system", mode: "System", count: 3, vmSize: "Standard_D4s_v5", unknownField: 1 }],
    };
    testCloud.arm.answer(() => ({ body: { ...armCluster("aks-prod", properties), type: "x" } }));
    expect(await getCluster(testCaller(), cluster)).toMatchObject({
      state: "ok",
      value: {
        kubernetesVersion: "1.33.5",
        isPrivate: true,
        publicFqdnDisabled: true,
        authorizedIpRanges: null,
        runCommand: "on",
        localAccountsDisabled: true,
        entraManaged: true,
        azureRbac: true,
        resourceUid: "uid",
        powerState: null,
        nodePools: [{ name: "system", count: 3, minCount: null }],
      },
    });
  });

  test("of a subscription that fails are named as missing, and the others are shown", async () => {
    const other = "00000000-1111-4222-8333-944445555666";
    testCloud.arm.answer(({ path }) => {
      if (path === "/subscriptions")
        return {
          body: {
            value: [
              { subscriptionId: subscription, displayName: "Good" },
              { subscriptionId: other, displayName: "Bad" },
            ],
          },
        };
      if (path.startsWith(`/subscriptions/${subscription}/`)) return { body: { value: [armCluster("aks-prod")] } };
      return { status: 400, body: { error: { code: "Odd", message: "Odd." } } };
    });
    expect(await listClusters(testCaller())).toMatchObject({
      items: [{ name: "aks-prod" }],
      failures: [{ scope: `/subscriptions/${other}`, scopeName: "Bad", state: "unavailable" }],
    });
  });
});

describe("sources", () => {
  test("of any type are read with the newest stable api-version of their provider, asked for once", async () => {
    const id = `/subscriptions/${subscription}/providers/Microsoft.Security/pricings/Containers/securityOperators/Defender`;
    testCloud.arm.answer(({ path }) =>
      path.endsWith("/providers/Microsoft.Security")
        ? {
            body: {
              namespace: "Microsoft.Security",
              resourceTypes: [
                { resourceType: "pricings/securityOperators", apiVersions: ["2024-01-01-preview", "2023-01-01", "2022-01-01"] },
              ],
            },
          }
        : {
            body: {
              id,
              name: "Containers/Defender",
              type: "Microsoft.Security/pricings/securityOperators",
              identity: { type: "systemassigned", principalId: "p", tenantId: "t" },
            },
          },
    );
    for (let time = 0; time < 2; time++)
      expect(await getSource(testCaller(), id)).toMatchObject({
        state: "ok",
        value: { name: "Defender", location: null, tenantId: "t", identity: { type: "SystemAssigned", principalId: "p" } },
      });
    expect(received().map(({ path, query }) => `${path}?${query.get("api-version")}`)).toEqual([
      `/subscriptions/${subscription}/providers/Microsoft.Security?2025-04-01`,
      `${id}?2023-01-01`,
      `${id}?2023-01-01`,
    ]);
  });

  test("of a type that the provider does not have are absent", async () => {
    testCloud.arm.answer(() => ({ body: { namespace: "Microsoft.Web", resourceTypes: [] } }));
    expect(await getSource(testCaller(), `${group}/providers/Microsoft.Web/nothings/x`)).toEqual({ state: "absent" });
  });

  test("with a name that Azure cannot have are absent", async () => {
    testCloud.arm.answer(() => ({ status: 404, body: { error: { code: "ResourceNotFound", message: "x" } } }));
    for (const name of ["a", "-", "x".repeat(90)]) {
      expect(await getSource(testCaller(), `${group}/providers/Microsoft.MachineLearningServices/workspaces/${name}`)).toEqual({
        state: "absent",
      });
    }
  });

  test("the newest stable version comes before any preview", () => {
    expect(newestOf(["2024-01-01-preview", "2023-01-01", "2022-01-01"])).toBe("2023-01-01");
    expect(newestOf(["2024-01-01-preview"])).toBe("2024-01-01-preview");
    expect(newestOf([])).toBeUndefined();
  });

  test("workspaces carry their identity, group and friendly name", async () => {
    const id = `${group}/providers/Microsoft.MachineLearningServices/workspaces/ws`;
    testCloud.arm.answer(() => ({
      body: {
        totalRecords: 1,
        count: 1,
        resultTruncated: "false",
        data: [
          {
            id,
            name: "ws",
            type: "t",
            location: "eastus",
            identity: { type: "SystemAssigned,UserAssigned", principalId: "p" },
            properties: { friendlyName: "The ws" },
          },
        ],
      },
    }));
    expect(await listWorkspaces(testCaller())).toMatchObject({
      items: [{ id, resourceGroup: "rg-ml", friendlyName: "The ws", identity: { type: "SystemAssigned, UserAssigned" } }],
    });
  });
});

describe("rights and locks", () => {
  test("a lock counts for everything below its scope and for nothing else", async () => {
    const lockOn = (scope: string, level: string) => ({
      id: `${scope}/providers/Microsoft.Authorization/locks/${level}`,
      name: level,
      properties: { level },
    });
    testCloud.arm.answer(() => ({
      body: {
        value: [
          lockOn(group, "CanNotDelete"),
          lockOn(`${cluster}/agentPools/x`, "ReadOnly"),
          lockOn(`${cluster}2`, "ReadOnly"),
          lockOn(cluster.toUpperCase(), "ReadOnly"),
        ],
      },
    }));
    expect(await listLocks(testCaller(), cluster)).toMatchObject({
      state: "ok",
      value: [
        { level: "CanNotDelete", scope: group },
        { level: "ReadOnly", scope: cluster.toUpperCase() },
      ],
    });
    expect(holdsOn(`/subscriptions/${subscription}`, cluster)).toBe(true);
  });

  test("writers are those whose role allows the write at or above the resource", async () => {
    const role = (id: string, name: string, actions: string[], notActions: string[] = []) => ({
      id: `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/${id}`,
      properties: { roleName: name, permissions: [{ actions, notActions }] },
    });
    const assignment = (id: string, principalId: string, scope: string) => ({
      properties: {
        roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${id}`,
        principalId,
        principalType: "User",
        scope,
      },
    });
    testCloud.arm.answer(({ path }) =>
      path.endsWith("/roleDefinitions")
        ? {
            body: {
              value: [
                role("1", "Contributor", ["*"], ["Microsoft.Authorization/*/Write"]),
                role("2", "Reader", ["*/read"]),
                role("3", "Blocked", ["*"], ["Microsoft.ContainerService/managedClusters/write"]),
              ],
            },
          }
        : {
            body: {
              value: [
                assignment("1", "alice", group),
                assignment("2", "bob", group),
                assignment("3", "carol", cluster),
                assignment("1", "dora", "/providers/Microsoft.Management/managementGroups/root"),
              ],
            },
          },
    );
    const read = await listWriters(testCaller(), cluster);
    expect(read.state === "ok" && read.value.map(({ principalId, roleName }) => `${principalId} ${roleName}`)).toEqual([
      "dora Contributor",
      "alice Contributor",
    ]);
    // One principal's roles are told whether they let it write or not, and need no list of definitions.
    const before = received().length;
    expect(await listRolesOf(testCaller(), cluster, "BOB")).toMatchObject({ state: "ok", value: ["2"] });
    expect(received().length - before).toBe(1);
  });

  test("permissions are Azure's own answer", async () => {
    testCloud.arm.answer(() => ({ body: { value: [{ actions: ["*/read"], dataActions: ["x"] }] } }));
    expect(await listPermissions(testCaller(), cluster)).toMatchObject({ state: "ok", value: [{ actions: ["*/read"], notActions: [] }] });
    expect(received()[0]?.path).toBe(`${cluster}/providers/Microsoft.Authorization/permissions`);
  });

  test.each([
    [["*"], [], "Microsoft.X/y/write", true],
    [["*/read"], [], "Microsoft.X/y/write", false],
    [["microsoft.x/Y/*"], [], "Microsoft.X/y/z/action", true],
    [["*"], ["Microsoft.X/*/write"], "Microsoft.X/y/write", false],
    [["Microsoft.X/y"], [], "Microsoft.X/yy", false],
    [["Microsoft.X.y/z"], [], "Microsoft-X-y/z", false],
  ])("%j without %j and %s: %s", (actions, notActions, action, allowed) => {
    expect(allows([{ actions, notActions }], action)).toBe(allowed);
  });

  test("what one permission takes away another may give", () => {
    expect(
      allows(
        [
          { actions: ["*"], notActions: ["A/b/write"] },
          { actions: ["A/b/*"], notActions: [] },
        ],
        "A/b/write",
      ),
    ).toBe(true);
  });
});

test("subscriptions and regions come with names, logical regions left out", async () => {
  testCloud.arm.answer(({ path }) =>
    path.endsWith("/locations")
      ? {
          body: {
            value: [
              { name: "eastus", displayName: "East US", metadata: { regionType: "Physical", pairedRegion: [{ name: "westus" }] } },
              { name: "us", displayName: "US", metadata: { regionType: "Logical" } },
            ],
          },
        }
      : { body: { value: [{ subscriptionId: subscription.toUpperCase(), displayName: "Contoso", tenantId: "T", state: "Enabled" }] } },
  );
  expect(await listSubscriptions(testCaller())).toEqual([{ id: subscription, name: "Contoso", tenantId: "t", state: "Enabled" }]);
  expect(await listLocations(testCaller(), subscription)).toEqual([{ name: "eastus", displayName: "East US", paired: ["westus"] }]);
});

test("what a person can see is asked for with that person's token and given as keys", async () => {
  testCloud.arm.answer(({ body }) => ({
    body: { totalRecords: 1, count: 1, resultTruncated: "false", data: [{ id: body.includes("resourcecontainers") ? group : cluster }] },
  }));
  expect(await listVisible(testCaller())).toEqual({ resourceKeys: [cluster.toLowerCase()], groupKeys: [group.toLowerCase()] });
});
