import { readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { clusterId, subscriptionIds } from "../tenant/ids";
import { type Answer, type TestAzure, testAzure } from "../testing";
import { ask, kubernetesToken, type Server, serverOf } from "./testing";

const { dev, prod } = subscriptionIds;
const cluster = clusterId(dev, "aks-chaos-mesh-rg", "aks-chaos-mesh-aks");
const shared = clusterId(prod, "rg-ml-shared", "aks-ml-shared");
const person = "Priya Raghunathan";

let azure: TestAzure;
let server: Server;
let token: string;
beforeAll(async () => void (azure = await testAzure({ speed: 1 })));
beforeEach(async () => {
  await azure.control("POST", "/reset", {});
  await admit(person, "cluster-admin");
  server = await serverOf(azure, person, cluster);
  token = await kubernetesToken(azure, person);
});
afterAll(() => azure.end());

/** A ClusterRoleBinding of the cluster's own to a person. */
const admit = async (who: string, role: string, where = cluster) => {
  const { items } = (await azure.control("GET", "/people")).body as { items: { name: string; oid: string }[] };
  const oid = items.find((one) => one.name === who)?.oid ?? "";
  const object = {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRoleBinding",
    metadata: { name: `admit-${role}` },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role },
    subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "User", name: oid }],
  };
  await azure.control("POST", "/kubernetes-objects", { cluster: where, object });
};
const get = (path: string, as: string | null = token) => ask(server, as, path);
const namesOf = (answer: Answer) => (answer.body as { items: { metadata: { name: string } }[] }).items.map((one) => one.metadata.name);

test("a list names its kind once, and objects without it", async () => {
  const answer = await get("/api/v1/nodes");
  expect(answer.body).toMatchObject({ kind: "NodeList", apiVersion: "v1", metadata: { resourceVersion: expect.any(String) as string } });
  const [first] = (answer.body as { items: object[] }).items;
  expect(first).not.toHaveProperty("kind");
  expect(first).toMatchObject({
    metadata: { name: expect.stringContaining("aks-agentpool-") as string, uid: expect.any(String) as string },
  });
  expect((await get("/apis/rbac.authorization.k8s.io/v1/clusterroles/cluster-admin")).body).toMatchObject({
    kind: "ClusterRole",
    apiVersion: "rbac.authorization.k8s.io/v1",
  });
  expect((await get("/version", null)).body).toMatchObject({ gitVersion: "v1.33.5" });
});

test("every cluster has an authority of its own, named in its kubeconfig, beside a program that nobody must run", async () => {
  const other = clusterId(dev, "rg-ml-ci", "aks-ml-ci");
  const another = await serverOf(azure, person, other);
  expect(another.ca).not.toBe(server.ca);
  expect(server.text).toContain("command: kubelogin");
  expect(server.text).toContain("get-token");
  const listed = (await azure.as(person, "GET", `${cluster}?api-version=2026-04-01`)).body as { properties: { fqdn: string } };
  expect(server.host).toBe(listed.properties.fqdn);
  await expect(ask(server, token, "/version", { ca: another.ca })).rejects.toThrow(/self-signed|unable to (verify|get)/);
  await expect(ask(server, token, "/version", { ca: readFileSync(azure.caFile, "utf8") })).rejects.toThrow(
    /self-signed|unable to (verify|get)/,
  );
});

test("only a living token for the AKS server application is taken", async () => {
  const refused = async (as: string | null) => (await get("/api/v1/pods", as)).body;
  const unauthorized = { kind: "Status", apiVersion: "v1", status: "Failure", message: "Unauthorized", reason: "Unauthorized", code: 401 };
  expect(await refused(null)).toMatchObject(unauthorized);
  expect(await refused(await azure.token(person))).toMatchObject(unauthorized);
  expect(await refused(`${token.slice(0, -6)}AAAAAA`)).toMatchObject(unauthorized);
  expect((await get("/api/v1/pods")).status).toBe(200);
  await azure.control("POST", "/clock/advance", { ms: 3_901_000 });
  expect(await refused(token)).toMatchObject(unauthorized);
});

test("a cluster without Entra takes no token at all", async () => {
  const legacy = clusterId(dev, "rg-legacy", "aks-legacy-batch");
  await azure.control("DELETE", "/locks", { scope: legacy, name: "legacy-frozen" });
  await azure.control("POST", "/clusters", { id: legacy, authorizedIpRanges: [] });
  const old = await serverOf(azure, person, legacy);
  expect(old.text).not.toContain("kubelogin");
  expect((await ask(old, token, "/api/v1/pods")).status).toBe(401);
});

test("who has no role in the cluster is refused in its words, and learns it beforehand", async () => {
  const ines = await kubernetesToken(azure, "Ines Duarte");
  expect((await get("/apis/rbac.authorization.k8s.io/v1/namespaces/azureml/roles", ines)).body).toMatchObject({
    code: 403,
    reason: "Forbidden",
    message:
      'roles.rbac.authorization.k8s.io is forbidden: User "ines.duarte@contoso.example" cannot list resource "roles" in API group "rbac.authorization.k8s.io" in the namespace "azureml"',
  });
  await admit("Ines Duarte", "view");
  expect((await get("/api/v1/pods", ines)).status).toBe(200);
  expect((await get("/api/v1/nodes", ines)).status).toBe(403);
  const review = (resource: string) =>
    ask(server, ines, "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", {
      method: "POST",
      body: { spec: { resourceAttributes: { verb: "list", group: "", resource } } },
    });
  expect([(await review("pods")).body, (await review("secrets")).body]).toMatchObject([
    { status: { allowed: true } },
    { status: { allowed: false } },
  ]);
});

test("a binding of a namespace counts there and nowhere else", async () => {
  const ines = await kubernetesToken(azure, "Ines Duarte");
  const rbac = "rbac.authorization.k8s.io";
  const inside = (kind: string, name: string, more: object) =>
    azure.control("POST", "/kubernetes-objects", {
      cluster,
      object: { apiVersion: `${rbac}/v1`, kind, metadata: { name, namespace: "kube-system" }, ...more },
    });
  await inside("Role", "pod-reader", { rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["list"] }] });
  await inside("RoleBinding", "ines", {
    roleRef: { apiGroup: rbac, kind: "Role", name: "pod-reader" },
    subjects: [{ kind: "User", name: "ines.duarte@contoso.example" }],
  });
  expect((await get("/api/v1/namespaces/kube-system/pods", ines)).status).toBe(200);
  expect((await get("/api/v1/namespaces/default/pods", ines)).status).toBe(403);
  expect((await get("/api/v1/pods", ines)).status).toBe(403);
});

test("Azure RBAC counts where the cluster has it: a reader sees pods, and neither roles nor nodes", async () => {
  await azure.control("POST", "/egress", { address: "203.0.113.5" });
  await azure.control("POST", "/role-assignments", { person: "Ines Duarte", role: "Azure Kubernetes Service RBAC Reader", scope: shared });
  const where = await serverOf(azure, person, shared);
  const ines = await kubernetesToken(azure, "Ines Duarte");
  expect((await ask(where, ines, "/api/v1/namespaces/kube-system/pods")).status).toBe(200);
  const refused = await ask(where, ines, "/apis/rbac.authorization.k8s.io/v1/namespaces/kube-system/roles");
  expect(refused.text).toContain("User does not have access to the resource in Azure. Update role assignment to allow access.");
  await azure.control("POST", "/role-assignments", {
    person: "Ines Duarte",
    role: "Azure Kubernetes Service RBAC Cluster Admin",
    scope: shared,
  });
  expect((await ask(where, ines, "/apis/rbac.authorization.k8s.io/v1/namespaces/kube-system/roles")).status).toBe(200);
});

test("a cluster with authorized IP ranges, a private one and a stopped one do not answer the greeting", async () => {
  const shut = async (id: string) => {
    const { host, port } = await serverOf(azure, person, id);
    await expect(ask({ ...server, host, port }, token, "/version")).rejects.toThrow(/disconnected|ECONNRESET|socket hang up|alert/);
  };
  await shut(shared);
  await shut(clusterId(prod, "rg-ml-prod-private", "aks-ml-private"));
  await azure.control("POST", "/clusters", { id: cluster, power: "Stopped" });
  await shut(cluster);
  await azure.control("POST", "/egress", { address: "203.0.113.5" });
  expect((await ask(await serverOf(azure, person, shared), null, "/version")).status).toBe(200);
  await expect(ask({ ...server, host: "no.such.hcp.eastus.azmk8s.io" }, token, "/version")).rejects.toThrow(
    /disconnected|ECONNRESET|socket hang up|alert/,
  );
});

test("lists come in pages by limit and continue, and an old place is gone", async () => {
  const all = namesOf(await get("/api/v1/namespaces/kube-system/pods"));
  const seen: string[] = [];
  let where = "";
  let last = "";
  do {
    const answer = await get(`/api/v1/namespaces/kube-system/pods?limit=5${where}`);
    seen.push(...namesOf(answer));
    const { metadata } = answer.body as { metadata: { continue?: string; remainingItemCount?: number } };
    last = metadata.continue ?? last;
    where = metadata.continue === undefined ? "" : `&continue=${metadata.continue}`;
  } while (where !== "");
  expect(seen).toEqual(all);
  expect((await get("/api/v1/namespaces/kube-system/pods?limit=5&continue=abc")).status).toBe(400);
  await azure.control("POST", "/clock/advance", { ms: 301_000 });
  expect((await get(`/api/v1/namespaces/kube-system/pods?limit=5&continue=${last}`)).body).toMatchObject({
    kind: "Status",
    reason: "Expired",
    code: 410,
  });
});

test("lists are selected by fields and labels", async () => {
  const list = async (query: string) => namesOf(await get(`/api/v1/pods?${query}`));
  expect(await list("fieldSelector=metadata.name%3Dcoredns-6f776c8fb5-bgk2q")).toEqual(["coredns-6f776c8fb5-bgk2q"]);
  expect(await list("fieldSelector=status.phase!%3DRunning")).toEqual([]);
  expect((await list("labelSelector=app%20in%20(coredns,metrics-server)")).length).toBe(3);
  expect(await list("labelSelector=!app")).toEqual([]);
  expect((await get("/api/v1/pods?fieldSelector=spec.colour%3Dred")).status).toBe(400);
  expect((await get("/api/v1/pods?labelSelector=a%20b%20c")).status).toBe(400);
});

test("a namespace is made once, and what is not served answers 404 or 405", async () => {
  const make = (name: string) => ask(server, token, "/api/v1/namespaces", { method: "POST", body: { metadata: { name } } });
  expect((await make("ml-ops")).status).toBe(201);
  expect((await make("ml-ops")).body).toMatchObject({ reason: "AlreadyExists", code: 409 });
  expect((await make("Not_A_Name")).status).toBe(422);
  expect((await get("/api/v1/namespaces/ml-ops")).body).toMatchObject({ status: { phase: "Active" } });
  expect((await get("/api/v1/namespaces/none")).body).toMatchObject({ reason: "NotFound", message: 'namespaces "none" not found' });
  expect((await get("/apis/apps/v1/daemonsets")).status).toBe(404);
  expect((await ask(server, token, "/api/v1/namespaces/ml-ops", { method: "DELETE" })).status).toBe(405);
});
