import { readFileSync } from "node:fs";
import { Agent } from "node:https";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { clusterId, kubernetesAudience, subscriptionIds } from "../tenant/ids";
import { type Answer, send, type TestAzure, testAzure, until } from "../testing";

const { dev, prod, data } = subscriptionIds;
const cluster = clusterId(dev, "aks-chaos-mesh-rg", "aks-chaos-mesh-aks");
const aks = "api-version=2026-04-01";
const graph = "/providers/Microsoft.ResourceGraph/resources?api-version=2021-06-01-preview";
const ids =
  "resources | where type in~ ('microsoft.containerservice/managedclusters', 'microsoft.machinelearningservices/workspaces') | project id, type | order by id asc";

let azure: TestAzure;
beforeAll(async () => void (azure = await testAzure()));
beforeEach(async () => void (await azure.control("POST", "/reset", {})));
afterAll(() => azure.end());

const get = (person: string, path: string, headers: Record<string, string> = {}) => azure.as(person, "GET", path, undefined, headers);
const codeOf = (answer: Answer) => (answer.body as { error: { code: string } }).error.code;
const namesOf = (answer: Answer) => (answer.body as { value: { name: string }[] }).value.map((one) => one.name);
const valueOf = (answer: Answer) => (answer.body as { value: Record<string, unknown>[] }).value;

test("every answer carries the ids of the call, and the client's correlation id is echoed", async () => {
  const answer = await get("Ines Duarte", `/subscriptions?api-version=2022-12-01`, {
    "x-ms-correlation-request-id": "c-1",
    "x-ms-client-request-id": "r-1",
    "x-ms-return-client-request-id": "true",
  });
  expect(answer.headers).toMatchObject({ "x-ms-correlation-request-id": "c-1", "x-ms-client-request-id": "r-1" });
  expect(answer.headers["x-ms-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
  expect(answer.headers["x-ms-routing-request-id"]).toContain(answer.headers["x-ms-request-id"]);
});

test("api-versions are asked for and checked by type", async () => {
  expect(codeOf(await get("Ines Duarte", cluster))).toBe("MissingApiVersionParameter");
  expect(codeOf(await get("Ines Duarte", "/subscriptions?api-version=2000-01-01"))).toBe("InvalidApiVersionParameter");
  const retired = await get("Ines Duarte", `${cluster}?api-version=2023-03-02-preview`);
  expect(retired.status).toBe(400);
  expect(retired.text).toContain(
    "No registered resource provider found for location 'eastus' and API version '2023-03-02-preview' for type 'managedClusters'",
  );
  expect(codeOf(await get("Ines Duarte", `${cluster}/unheardOf/x?${aks}`))).toBe("InvalidResourceType");
  expect(codeOf(await get("Ines Duarte", `/subscriptions/${dev}/providers/Contoso.Nothing/things/x?${aks}`))).toBe(
    "InvalidResourceNamespace",
  );
});

test("ids have no case, and keep the one they were written in", async () => {
  const answer = await get("Ines Duarte", `${cluster.toUpperCase().replace("/SUBSCRIPTIONS", "/subscriptions")}?${aks}`);
  expect(answer.body).toMatchObject({ id: cluster, name: "aks-chaos-mesh-aks" });
});

test("a token is proven: missing, forged, for another audience, expired", async () => {
  const url = `https://localhost:${azure.port}/subscriptions?api-version=2022-12-01`;
  const agent = new Agent({ ca: readFileSync(azure.caFile) });
  const ask = (authorization?: string) => send(url, "GET", authorization === undefined ? {} : { authorization }, undefined, agent);
  const none = await ask();
  expect(none.status).toBe(401);
  expect(none.headers["www-authenticate"]).toContain(`authorization_uri="https://localhost:${azure.port}/`);
  const good = await azure.token("Ines Duarte");
  const [head, payload, signature] = good.split(".");
  expect(codeOf(await ask(`Bearer ${head}.${payload}.${signature?.slice(0, -6)}AAAAAA`))).toBe("InvalidAuthenticationToken");
  const other = (await azure.control("POST", "/token", { person: "Ines Duarte", scope: `${kubernetesAudience}/.default` })).body as {
    access_token: string;
  };
  expect(codeOf(await ask(`Bearer ${other.access_token}`))).toBe("InvalidAuthenticationTokenAudience");
  expect((await ask(`Bearer ${good}`)).status).toBe(200);
  await azure.control("POST", "/tokens/expire", {});
  expect(codeOf(await ask(`Bearer ${good}`))).toBe("ExpiredAuthenticationToken");
  const revoked = await azure.token("Ines Duarte");
  await azure.control("POST", "/tokens/revoke", { person: "Ines Duarte", accessTokens: true });
  expect((await ask(`Bearer ${revoked}`)).headers["www-authenticate"]).toContain('error="insufficient_claims"');
  agent.destroy();
});

test("an hour on the emulator's clock ends a token", async () => {
  const token = await azure.token("Ines Duarte");
  await azure.control("POST", "/clock/advance", { ms: 3_901_000 });
  const late = await azure.as("Ines Duarte", "GET", "/subscriptions?api-version=2022-12-01", undefined, {
    authorization: `Bearer ${token}`,
  });
  expect(codeOf(late)).toBe("ExpiredAuthenticationToken");
});

test("people see the subscriptions and resources that their Azure roles reach, in lists and in Resource Graph alike", async () => {
  const listed = async (person: string) =>
    valueOf(await get(person, "/subscriptions?api-version=2022-12-01")).map((one) => one.displayName);
  expect(await listed("Noah Bennett")).toEqual(["Contoso Dev"]);
  expect(await listed("Marcus Oyelaran")).toEqual([]);
  expect(await listed("Aisha Rahman")).toEqual(["Contoso Dev", "Contoso Data"]);
  const found = async (person: string) =>
    ((await azure.as(person, "POST", graph, { query: ids })).body as { data: { id: string; type: string }[] }).data;
  expect((await found("Ines Duarte")).length).toBe(20);
  expect((await found("Marcus Oyelaran")).length).toBe(0);
  expect((await found("Noah Bennett")).every((one) => one.id.includes(dev))).toBe(true);
  const chloe = await found("Chloé Martin");
  expect(new Set(chloe.map((one) => one.type))).toEqual(new Set(["microsoft.machinelearningservices/workspaces"]));
  expect((await get("Chloé Martin", `/subscriptions/${dev}/providers/Microsoft.ContainerService/managedClusters?${aks}`)).status).toBe(403);
  expect((await get("Noah Bennett", `/subscriptions/${prod}?api-version=2022-12-01`)).status).toBe(403);
});

test("what one may not read answers 403 whether or not it exists, what one may read and is not there 404", async () => {
  const missing = clusterId(dev, "aks-chaos-mesh-rg", "aks-none");
  expect((await get("Marcus Oyelaran", `${missing}?${aks}`)).status).toBe(403);
  expect((await get("Marcus Oyelaran", `${cluster}?${aks}`)).status).toBe(403);
  expect(codeOf(await get("Ines Duarte", `${missing}?${aks}`))).toBe("ResourceNotFound");
  expect(codeOf(await get("Ines Duarte", `${clusterId(dev, "rg-none", "x")}?${aks}`))).toBe("ResourceGroupNotFound");
  expect(codeOf(await get("Ines Duarte", `/subscriptions/00000000-0000-4000-8000-000000000000?api-version=2022-12-01`))).toBe(
    "SubscriptionNotFound",
  );
});

test("rights on a group alone list the clusters of that group, and not the roles of the region", async () => {
  await azure.control("POST", "/role-assignments", {
    person: "Marcus Oyelaran",
    role: "Azure Kubernetes Service Contributor Role",
    scope: `/subscriptions/${dev}/resourceGroups/aks-chaos-mesh-rg`,
  });
  expect(
    namesOf(await get("Marcus Oyelaran", `/subscriptions/${dev}/providers/Microsoft.ContainerService/managedClusters?${aks}`)),
  ).toEqual(["aks-chaos-mesh-aks"]);
  const roles = await get(
    "Marcus Oyelaran",
    `/subscriptions/${dev}/providers/Microsoft.ContainerService/locations/eastus/trustedAccessRoles?${aks}`,
  );
  expect(roles.text).toContain("Microsoft.ContainerService/locations/trustedAccessRoles/read");
});

test("roles leave out empty lists and vary by region", async () => {
  const roles = async (location: string) =>
    valueOf(
      await get(
        "Ines Duarte",
        `/subscriptions/${data}/providers/Microsoft.ContainerService/locations/${location}/trustedAccessRoles?${aks}`,
      ),
    );
  const [first] = await roles("eastus");
  expect(first).toEqual({
    sourceResourceType: "Microsoft.MachineLearningServices/workspaces",
    name: "mlworkload",
    rules: [{ verbs: ["create", "get", "list", "patch", "update", "delete"], apiGroups: [""], resources: ["services", "services/proxy"] }],
  });
  expect(JSON.stringify(await roles("eastus"))).toContain("pods/exec");
  expect(JSON.stringify(await roles("uksouth"))).not.toContain("pods/exec");
});

test("locks are listed at and above a scope, and below it without the filter", async () => {
  const payments = clusterId(prod, "rg-payments-prod", "aks-payments-prod");
  const locks = (scope: string, filter: string) =>
    get("Ines Duarte", `${scope}/providers/Microsoft.Authorization/locks?api-version=2020-05-01${filter}`);
  expect(namesOf(await locks(payments, "&$filter=atScope()"))).toEqual(["payments-no-delete"]);
  expect(namesOf(await locks(`/subscriptions/${prod}`, "&$filter=atScope()"))).toEqual([]);
  expect(namesOf(await locks(`/subscriptions/${prod}`, ""))).toEqual(["payments-no-delete"]);
});

test("lists are paged by an absolute nextLink that brings every item once", async () => {
  await azure.control("POST", "/page-sizes", { list: 1 });
  const names: string[] = [];
  let where = `/subscriptions/${prod}/providers/Microsoft.ContainerService/managedClusters?${aks}`;
  while (where !== "") {
    const answer = (await get("Ines Duarte", where)).body as { value: { name: string }[]; nextLink?: string };
    expect(answer.value).toHaveLength(1);
    names.push(...answer.value.map((one) => one.name));
    where = answer.nextLink ?? "";
  }
  expect(names.sort()).toEqual(["aks-ml-private", "aks-ml-prod", "aks-ml-shared", "aks-payments-prod"]);
});

test("Resource Graph refuses any other query and echoes it", async () => {
  const answer = await azure.as("Ines Duarte", "POST", graph, { query: "resources | count" });
  expect(answer.status).toBe(400);
  expect(answer.text).toContain("resources | count");
  expect(answer.headers["x-ms-user-quota-remaining"]).toBeDefined();
});

test("Resource Graph throttles a user after its quota", async () => {
  await azure.control("POST", "/throttle", { kind: "graph", burst: 2, perSecond: 0.0001 });
  const ask = () => azure.as("Ines Duarte", "POST", graph, { query: ids });
  expect([(await ask()).status, (await ask()).status, (await ask()).status]).toEqual([200, 200, 429]);
  expect((await ask()).headers["retry-after"]).toBeDefined();
});

test("a spent budget answers 429 with Retry-After, per principal and subscription, and refills with the speed", async () => {
  await azure.control("POST", "/speed", { speed: 1 });
  const read = (person: string, subscription: string = dev) =>
    get(person, `/subscriptions/${subscription}/locations?api-version=2022-12-01`);
  const first = await read("Ines Duarte");
  expect(first.headers["x-ms-ratelimit-remaining-subscription-reads"]).toBe("249");
  await azure.control("POST", "/throttle", { kind: "reads", burst: 3, perSecond: 0.01 });
  const statuses = await Promise.all(Array.from({ length: 4 }, async () => (await read("Ines Duarte")).status));
  expect(statuses.filter((one) => one === 429)).toHaveLength(1);
  const refused = await read("Ines Duarte");
  expect(codeOf(refused)).toBe("SubscriptionRequestsThrottled");
  expect(Number(refused.headers["retry-after"])).toBeGreaterThan(60);
  expect((await read("Ines Duarte", prod)).status).toBe(200);
  expect((await read("Priya Raghunathan")).status).toBe(200);
  await azure.control("POST", "/clock/advance", { ms: 100_000 });
  expect((await read("Ines Duarte")).status).toBe(200);
  await azure.control("POST", "/speed", { speed: 2000 });
});

test("the provider has a budget of its own, per subscription and region", async () => {
  await azure.control("POST", "/throttle", { kind: "aks-other", burst: 1, perSecond: 0.0001 });
  const list = () => get("Ines Duarte", `${cluster}/trustedAccessRoleBindings?${aks}`);
  expect((await list()).status).toBe(200);
  expect((await list()).status).toBe(429);
});

test("faults delay, answer, cut and mislead as told, as often as told", async () => {
  const fault = (rule: object) => azure.control("POST", "/faults", rule);
  const list = () => get("Ines Duarte", "/subscriptions?api-version=2022-12-01");
  await fault({
    path: "^/subscriptions$",
    status: 503,
    after: 1,
    times: 1,
    body: { error: { code: "ServerBusy", message: "Busy." } },
    headers: { "retry-after": "1" },
  });
  expect((await list()).status).toBe(200);
  const busy = await list();
  expect([busy.status, codeOf(busy), busy.headers["retry-after"]]).toEqual([503, "ServerBusy", "1"]);
  expect((await list()).status).toBe(200);
  await fault({ path: "^/subscriptions$", reset: true });
  await expect(list()).rejects.toThrow("socket hang up");
  await fault({ path: "^/subscriptions$", nextLink: "https://evil.example/next" });
  expect((await list()).body).toMatchObject({ nextLink: "https://evil.example/next" });
  const began = Date.now();
  await fault({ path: "^/subscriptions$", delayMs: 80 });
  await list();
  expect(Date.now() - began).toBeGreaterThanOrEqual(79);
  expect((await azure.control("POST", "/faults", { path: "(" })).status).toBe(400);
});

test("a request is held until its fault is taken away, and finds what others did meanwhile", async () => {
  const { id } = (await azure.control("POST", "/faults", { path: `${cluster}$`, hold: true })).body as { id: string };
  const held = get("Ines Duarte", `${cluster}?${aks}`);
  await until("the request", async () => {
    const { items } = (await azure.control("GET", "/faults")).body as { items: { id: string; hits: number }[] };
    return items.find((one) => one.id === id)?.hits === 1 || null;
  });
  await azure.control("POST", "/clusters", { id: cluster, authorizedIpRanges: ["203.0.113.77/32"] });
  await azure.control("DELETE", "/faults", { id });
  expect((await held).body).toMatchObject({ properties: { apiServerAccessProfile: { authorizedIPRanges: ["203.0.113.77/32"] } } });
});

test("the request log tells who asked what, and never a token", async () => {
  await azure.control("DELETE", "/log");
  await get("Ines Duarte", `${cluster}?${aks}&secret=s3cret`, { "x-ms-correlation-request-id": "c-9" });
  const log = await azure.control("GET", "/log?path=managedClusters");
  expect((log.body as { items: object[] }).items).toMatchObject([
    {
      method: "GET",
      path: cluster,
      apiVersion: "2026-04-01",
      status: 200,
      oid: "a0000001-5d1e-4c0a-9b10-000000000001",
      correlationId: "c-9",
    },
  ]);
  expect(log.text).not.toContain("s3cret");
  expect(log.text).not.toContain("eyJ");
});

test("a Defender plan, its operator and a user-assigned identity are read by id like any resource", async () => {
  const plan = `/subscriptions/${prod}/providers/Microsoft.Security/pricings/Containers`;
  expect((await get("Ines Duarte", `${plan}?api-version=2024-01-01`)).body).toMatchObject({
    name: "Containers",
    properties: { pricingTier: "Standard" },
  });
  const operator = await get(
    "Ines Duarte",
    `${plan}/securityOperators/DefenderForContainersSecurityOperator?api-version=2023-01-01-preview`,
  );
  expect(operator.body).toMatchObject({ identity: { type: "SystemAssigned" } });
  const identity = `/subscriptions/${prod}/resourceGroups/rg-ml-prod/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-mlw-pricing-prod`;
  expect((await get("Ines Duarte", `${identity}?api-version=2023-01-31`)).body).toMatchObject({
    type: "Microsoft.ManagedIdentity/userAssignedIdentities",
  });
  expect((await get("Marcus Oyelaran", `/providers/Microsoft.Security?api-version=2025-04-01`)).body).toMatchObject({
    namespace: "Microsoft.Security",
  });
});
