import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type TestAzure, testAzure, until } from "@/emulator/testing";
import { clusterId, groupId, guidOf, subscriptionIds, workspaceId } from "@/emulator/tenant/ids";
import { listPermissions, listWriters } from "@/lib/azure/access";
import { resetBudget } from "@/lib/azure/budget";
import { getCluster, listClusters } from "@/lib/azure/clusters";
import { listLocks } from "@/lib/azure/locks";
import { pollOperation } from "@/lib/azure/operations";
import { publicAddresses } from "@/lib/azure/public-ips";
import { getSource, listWorkspaces } from "@/lib/azure/sources";
import { listLocations, listSubscriptions } from "@/lib/azure/subscriptions";
import { testCaller } from "@/lib/azure/testing";
import {
  type AcceptedWrite,
  bindingApiVersion,
  deleteRoleBinding,
  getRoleBinding,
  listRoleBindings,
  putRoleBinding,
  readCatalogue,
} from "@/lib/azure/trusted-access";
import type { AzureCaller, PlannedWrite, Readable } from "@/lib/azure/types";
import { listVisible } from "@/lib/azure/visible";
import { testSettings } from "@/lib/db/testing";
import { idKey } from "@/lib/kernel/resource-id";

/** A role as `az role definition create` takes it. */
type AzureRole = { Name: string; Actions: string[]; NotActions: string[]; DataActions: string[]; NotDataActions: string[] };
const roleOf = (name: string): AzureRole =>
  JSON.parse(readFileSync(join(import.meta.dirname, "../docs/azure-roles", `${name}.json`), "utf8")) as AzureRole;
const requester = roleOf("requester");
const executor = roleOf("executor");

const subscription = subscriptionIds.dev;
const cluster = clusterId(subscription, "aks-chaos-mesh-rg", "aks-chaos-mesh-aks");
const nodes = groupId(subscription, "MC_aks-chaos-mesh-rg_aks-chaos-mesh-aks_eastus");
const outbound = `${nodes}/providers/Microsoft.Network/publicIPAddresses/${guidOf(`outbound:${cluster}`)}`;
const source = workspaceId(subscription, "aks-chaos-mesh-rg", "aks-chaos-mesh");
const bindingId = `${cluster}/trustedAccessRoleBindings/by-the-documents`;
const properties = { sourceResourceId: source, roles: ["Microsoft.MachineLearningServices/workspaces/mlworkload"] };
const put: PlannedWrite = { method: "PUT", resourceId: bindingId, apiVersion: bindingApiVersion, body: { properties } };
const remove: PlannedWrite = { method: "DELETE", resourceId: bindingId, apiVersion: bindingApiVersion, body: null };
/** Somebody without any Azure role of the story's own. */
const person = "Marcus Oyelaran";

let azure: TestAzure;
beforeAll(async () => {
  azure = await testAzure();
  testSettings();
  Object.assign(process.env, azure.environment, { DATABASE_URL: "postgresql://localhost/none" });
});
afterAll(() => azure.end());
beforeEach(async () => {
  resetBudget();
  await azure.control("POST", "/reset", {});
});

/** Gives the person a role at the subscription, without some of its actions, and nothing else; and a caller who acts as that person. */
async function holderOf(role: AzureRole, without: string[] = []): Promise<(plannedWrite?: PlannedWrite) => AzureCaller> {
  const { Name: roleName, Actions, NotActions: notActions, DataActions: dataActions, NotDataActions: notDataActions } = role;
  const actions = Actions.filter((action) => !without.includes(action));
  expect(actions).toHaveLength(Actions.length - without.length);
  const guid = "d0c5d0c5-0000-4000-8000-000000000001";
  const permissions = [{ actions, notActions, dataActions, notDataActions }];
  azure.world.store.table("roleDefinitions").set(guid, { guid, roleName, description: "", type: "CustomRole", permissions });
  const granted = await azure.control("POST", "/role-assignments", { person, role: roleName, scope: `/subscriptions/${subscription}` });
  expect(granted.status).toBe(200);
  const getToken: AzureCaller["getToken"] = async () => ({
    token: await azure.token(person),
    expiresOnTimestamp: Date.now() + 3_600_000,
  });
  return (plannedWrite) => testCaller({ getToken, ...(plannedWrite === undefined ? {} : { plannedWrite }) });
}

const ended = (caller: AzureCaller, { operationUrl }: AcceptedWrite) =>
  until("the end of the operation", async () => {
    const operation = await pollOperation(caller, operationUrl ?? "");
    return operation.status === "running" ? null : operation;
  });

/** Reads of Bindery and the action that each needs: what is asked for at the end, when the person lacks it. */
const reads: [read: string, action: string, asked: string, (caller: AzureCaller) => Promise<Readable<unknown>>][] = [
  [
    "a cluster",
    "Microsoft.ContainerService/managedClusters/read",
    "Microsoft.ContainerService/managedClusters/read",
    (caller) => getCluster(caller, cluster),
  ],
  [
    "its role bindings",
    "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings/read",
    "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings/read",
    (caller) => listRoleBindings(caller, cluster),
  ],
  [
    "the trusted access roles of a region",
    "Microsoft.ContainerService/locations/*/read",
    "Microsoft.ContainerService/locations/trustedAccessRoles/read",
    (caller) => readCatalogue(caller, subscription, "eastus"),
  ],
  [
    "the addresses by which a cluster's nodes go out",
    "Microsoft.Network/publicIPAddresses/read",
    "Microsoft.Network/publicIPAddresses/read",
    (caller) => publicAddresses(caller, [outbound]),
  ],
  [
    "a workspace",
    "Microsoft.MachineLearningServices/workspaces/read",
    "Microsoft.MachineLearningServices/workspaces/read",
    (caller) => getSource(caller, source),
  ],
  [
    "the locks on a cluster",
    "Microsoft.Authorization/locks/read",
    "Microsoft.Authorization/locks/read",
    (caller) => listLocks(caller, cluster),
  ],
  [
    "who may write to a source, by their assignments",
    "Microsoft.Authorization/roleAssignments/read",
    "Microsoft.Authorization/roleAssignments/read",
    (caller) => listWriters(caller, source),
  ],
  [
    "who may write to a source, by their roles",
    "Microsoft.Authorization/roleDefinitions/read",
    "Microsoft.Authorization/roleDefinitions/read",
    (caller) => listWriters(caller, source),
  ],
];

/** Actions that Azure's documents name for what Bindery reads, while the local Azure serves it to whoever holds any role there. */
const unproven = [
  "Microsoft.Resources/subscriptions/read",
  "Microsoft.Resources/subscriptions/locations/read",
  "Microsoft.Resources/subscriptions/providers/read",
  "Microsoft.ResourceGraph/resources/read",
  "Microsoft.Authorization/permissions/read",
];

describe("the role of docs/azure-roles/requester.json", () => {
  test("has no action that is neither shown to be needed here nor known to be unproven", () => {
    const needed = [...reads.map(([, action]) => action), "Microsoft.Resources/subscriptions/resourceGroups/read", ...unproven];
    expect([...requester.Actions].sort()).toEqual(needed.sort());
  });

  test("reads everything that Bindery shows and plans with", async () => {
    const caller = (await holderOf(requester))();
    for (const [what, , , read] of reads) expect(await read(caller), what).toMatchObject({ state: "ok" });
    expect(await listPermissions(caller, cluster)).toMatchObject({ state: "ok", value: [{ actions: requester.Actions }] });
    expect(await listVisible(caller)).toMatchObject({
      resourceKeys: expect.arrayContaining([idKey(cluster), idKey(source)]) as string[],
      groupKeys: expect.arrayContaining([idKey(groupId(subscription, "aks-chaos-mesh-rg"))]) as string[],
    });
    expect((await listSubscriptions(caller)).map(({ id }) => id)).toEqual([subscription]);
    expect((await listLocations(caller, subscription)).map(({ name }) => name)).toContain("eastus");
    expect((await listClusters(caller)).items.map(({ id }) => id)).toContain(cluster);
    expect((await listWorkspaces(caller)).items.map(({ id }) => id)).toContain(source);
  });

  test.each(reads)("does not read %s without %s", async (_what, action, asked, read) => {
    const caller = (await holderOf(requester, [action]))();
    expect(await read(caller)).toMatchObject({ state: "no-permission", action: asked });
  });

  test("sees no resource group without the action for it", async () => {
    const caller = (await holderOf(requester, ["Microsoft.Resources/subscriptions/resourceGroups/read"]))();
    expect((await listVisible(caller)).groupKeys).toEqual([]);
  });

  test("writes nothing", async () => {
    const as = await holderOf(requester);
    await expect(putRoleBinding(as(put), bindingId, properties)).rejects.toMatchObject({ code: "rights_needed" });
    await expect(deleteRoleBinding(as(remove), bindingId)).rejects.toMatchObject({ code: "rights_needed" });
  });
});

describe("the role of docs/azure-roles/executor.json", () => {
  const type = "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings";

  test("is the requester's with two writes, and no more", () => {
    expect([...executor.Actions].sort()).toEqual([...requester.Actions, `${type}/write`, `${type}/delete`].sort());
    for (const role of [requester, executor]) {
      expect([...role.NotActions, ...role.DataActions, ...role.NotDataActions]).toEqual([]);
    }
  });

  test("makes a binding, follows its operation, reads it back, and deletes it the same way", async () => {
    const as = await holderOf(executor);
    const made = await putRoleBinding(as(put), bindingId, properties);
    expect(made.status).toBe(201);
    expect(await ended(as(), made)).toMatchObject({ status: "succeeded" });
    expect(await getRoleBinding(as(), bindingId)).toMatchObject({ state: "ok", value: { provisioningState: "Succeeded", ...properties } });
    const removed = await deleteRoleBinding(as(remove), bindingId);
    expect(removed.status).toBe(202);
    expect(await ended(as(), removed)).toMatchObject({ status: "succeeded" });
    expect(await getRoleBinding(as(), bindingId)).toEqual({ state: "absent" });
  });

  test("does not make one without the write, and still deletes", async () => {
    const as = await holderOf(executor, [`${type}/write`]);
    await expect(putRoleBinding(as(put), bindingId, properties)).rejects.toMatchObject({
      code: "rights_needed",
      facts: { action: `${type}/write`, scope: bindingId },
    });
    expect(await deleteRoleBinding(as(remove), bindingId)).toEqual({ status: 204, operationUrl: null });
  });

  test("does not delete one without the delete, and still makes it", async () => {
    const as = await holderOf(executor, [`${type}/delete`]);
    expect((await putRoleBinding(as(put), bindingId, properties)).status).toBe(201);
    await expect(deleteRoleBinding(as(remove), bindingId)).rejects.toMatchObject({
      code: "rights_needed",
      facts: { action: `${type}/delete`, scope: bindingId },
    });
  });
});
