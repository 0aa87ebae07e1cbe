import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { clusterId, subscriptionIds, workspaceId } from "../tenant/ids";
import { type TestAzure, testAzure } from "../testing";

const { dev, prod } = subscriptionIds;
const cluster = clusterId(dev, "aks-chaos-mesh-rg", "aks-chaos-mesh-aks");
const workspace = workspaceId(dev, "aks-chaos-mesh-rg", "aks-chaos-mesh");
const role = "Microsoft.MachineLearningServices/workspaces/mlworkload";
const aks = "api-version=2026-04-01";

let azure: TestAzure;
beforeAll(async () => void (azure = await testAzure({ speed: 1 })));
beforeEach(async () => void (await azure.control("POST", "/reset", {})));
afterAll(() => azure.end());

const get = (path: string, person = "Priya Raghunathan") => azure.as(person, "GET", path);
const bodyOf = async (path: string) =>
  (await get(path)).body as {
    identity: { type: string; principalId: string };
    properties: Record<string, unknown>;
    value: { name: string; rules: object[] }[];
  };
const ok = async (method: string, path: string, body: object) =>
  expect(await azure.control(method, path, body)).toMatchObject({ status: 200 });

test("a binding made and deleted outside is there and gone at once", async () => {
  await ok("POST", "/bindings", { clusterId: cluster, name: "made-outside", sourceResourceId: workspace, roles: [role] });
  expect((await bodyOf(`${cluster}/trustedAccessRoleBindings/made-outside?${aks}`)).properties).toEqual({
    provisioningState: "Succeeded",
    roles: [role],
    sourceResourceId: workspace,
  });
  await ok("DELETE", "/bindings", { id: `${cluster}/trustedAccessRoleBindings/made-outside` });
  expect((await bodyOf(`${cluster}/trustedAccessRoleBindings?${aks}`)).value).toEqual([]);
});

test("an outside change during an operation has the last word", async () => {
  const address = `${cluster}/trustedAccessRoleBindings/ml-binding?${aks}`;
  await azure.as("Priya Raghunathan", "PUT", address, { properties: { sourceResourceId: workspace, roles: [role] } });
  await ok("DELETE", "/bindings", { id: `${cluster}/trustedAccessRoleBindings/ml-binding` });
  await ok("POST", "/clock/advance", { ms: 400_000 });
  expect((await get(address)).status).toBe(404);
});

test("a role of one region gets other rules, and can be taken away, without touching other regions", async () => {
  const roles = async (location: string) =>
    (await bodyOf(`/subscriptions/${dev}/providers/Microsoft.ContainerService/locations/${location}/trustedAccessRoles?${aks}`)).value;
  const rules = [{ apiGroups: [""], resources: ["secrets"], verbs: ["get"] }];
  await ok("POST", "/trusted-access-roles", { location: "eastus", role, rules });
  expect((await roles("eastus")).find((one) => one.name === "mlworkload")?.rules).toEqual(rules);
  expect((await roles("eastus2")).find((one) => one.name === "mlworkload")?.rules).not.toEqual(rules);
  await ok("POST", "/trusted-access-roles", { location: "eastus", role, rules: null });
  expect((await roles("eastus")).map((one) => one.name)).not.toContain("mlworkload");
});

test("a workspace gets another identity", async () => {
  const address = `${workspace}?api-version=2022-10-01`;
  const before = (await bodyOf(address)).identity.principalId;
  await ok("POST", "/identities", { id: workspace, type: "SystemAssigned" });
  const after = (await bodyOf(address)).identity;
  expect(after.type).toBe("SystemAssigned");
  expect(after.principalId).not.toBe(before);
  await ok("POST", "/identities", { id: workspace, type: "None" });
  expect((await bodyOf(address)).identity).toEqual({ type: "None" });
});

test("a cluster made anew has another resourceUID and no bindings, and can be stopped and started", async () => {
  await ok("POST", "/bindings", { clusterId: cluster, name: "old", sourceResourceId: workspace, roles: [role] });
  const before = (await bodyOf(`${cluster}?${aks}`)).properties.resourceUID;
  await ok("POST", "/clusters/recreate", { id: cluster });
  expect((await bodyOf(`${cluster}?${aks}`)).properties.resourceUID).not.toBe(before);
  expect((await bodyOf(`${cluster}/trustedAccessRoleBindings?${aks}`)).value).toEqual([]);
  await ok("POST", "/clusters", { id: cluster, power: "Stopped" });
  expect((await bodyOf(`${cluster}?${aks}`)).properties.powerState).toEqual({ code: "Stopped" });
});

test("an Azure role is granted and taken away, and works with the next call", async () => {
  const grant = { person: "Marcus Oyelaran", role: "Reader", scope: `/subscriptions/${dev}/resourceGroups/aks-chaos-mesh-rg` };
  const status = async () => (await get(`${cluster}?${aks}`, "Marcus Oyelaran")).status;
  expect(await status()).toBe(403);
  await ok("POST", "/role-assignments", grant);
  expect(await status()).toBe(200);
  await ok("DELETE", "/role-assignments", grant);
  expect(await status()).toBe(403);
  expect((await azure.control("POST", "/role-assignments", { ...grant, role: "Emperor" })).body).toEqual({
    error: "There is no Azure role called emperor.",
  });
});

test("a lock added outside holds for what lies below it until it is taken away", async () => {
  const lock = { scope: `/subscriptions/${prod}/resourceGroups/rg-ml-prod`, name: "freeze", level: "ReadOnly" };
  const address = `${clusterId(prod, "rg-ml-prod", "aks-ml-prod")}/trustedAccessRoleBindings/ml-fraud?${aks}`;
  await ok("POST", "/locks", lock);
  const refused = await azure.as("Priya Raghunathan", "PUT", address, { properties: {} });
  expect(refused.body).toMatchObject({ error: { code: "ScopeLocked" } });
  await ok("DELETE", "/locks", lock);
  expect((await azure.as("Priya Raghunathan", "DELETE", address)).status).toBe(202);
});

test("a deleted workspace leaves its bindings behind as orphans", async () => {
  const source = workspaceId(prod, "rg-ml-prod", "mlw-fraud-prod");
  await ok("DELETE", "/resources", { id: source });
  expect((await get(`${source}?api-version=2022-10-01`)).status).toBe(404);
  expect(
    (await bodyOf(`${clusterId(prod, "rg-ml-prod", "aks-ml-prod")}/trustedAccessRoleBindings/ml-fraud?${aks}`)).properties.sourceResourceId,
  ).toBe(source);
});

test("an object of a cluster is put and taken away outside, and what AKS brings is not taken", async () => {
  const named = async () =>
    (
      (await azure.control("GET", `/kubernetes-objects?cluster=${cluster}&kind=Namespace`)).body as {
        items: { metadata: { name: string } }[];
      }
    ).items.map((one) => one.metadata.name);
  await ok("POST", "/kubernetes-objects", { cluster, object: { apiVersion: "v1", kind: "Namespace", metadata: { name: "outside" } } });
  expect(await named()).toContain("outside");
  await ok("DELETE", "/kubernetes-objects", { cluster, kind: "Namespace", name: "outside" });
  expect(await named()).not.toContain("outside");
  const refused = await azure.control("DELETE", "/kubernetes-objects", { cluster, kind: "Namespace", name: "kube-system" });
  expect(refused).toMatchObject({ status: 400, body: { error: "There is no such object, or AKS brings it." } });
  expect((await azure.control("POST", "/kubernetes-objects", { cluster, object: { kind: "Pod" } })).status).toBe(400);
  expect((await azure.control("GET", "/kubernetes-objects?cluster=/none")).status).toBe(400);
});

test("what is asked wrongly is refused with a sentence, and changes nothing", async () => {
  expect(await azure.control("POST", "/speed", { speed: -1 })).toMatchObject({
    status: 400,
    body: { error: "The speed is a positive number." },
  });
  expect(await azure.control("POST", "/faults", { path: "/x" })).toMatchObject({ status: 400 });
  expect(await azure.control("POST", "/people", { person: "Nobody" })).toMatchObject({
    status: 400,
    body: { error: "There is nobody called nobody in the tenant." },
  });
  expect(await azure.control("POST", "/reset", { scale: 6000 })).toMatchObject({ status: 400 });
  expect((await azure.control("GET", "/state")).body).toMatchObject({ speed: 1, knobs: { scale: 0 } });
  expect((await azure.control("GET", "/nothing")).status).toBe(404);
});
