import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { resetBudget } from "./budget";
import { namespaceBody, namespacesPath } from "./deployment-calls";
import * as kubernetes from "./kubernetes";
import { askApiServer } from "./kubernetes-exchange";
import { makeCertificate, type Reply, startServer, startTestCloud, testCaller, testCluster, type TestServer } from "./testing";
import type { AzureCaller, Cluster, PlannedKubernetesWrite } from "./types";

const cluster = testCluster();
const host = cluster.fqdn ?? "";
const getToken: AzureCaller["getToken"] = async (scopes) => ({
  token: [scopes].flat()[0] === "k8s/.default" ? "the-cluster-token" : "the-arm-token",
  expiresOnTimestamp: Date.now() + 3_600_000,
});

let tls: { key: string; cert: string };
let other: { key: string; cert: string };
let apiServer: TestServer;
let testCloud: Awaited<ReturnType<typeof startTestCloud>>;
beforeAll(async () => {
  [tls, other] = await Promise.all([makeCertificate(host), makeCertificate(host)]);
  apiServer = await startServer(tls);
  testCloud = await startTestCloud({ kubernetesAddress: `127.0.0.1:${new URL(apiServer.origin).port}` });
});
afterAll(async () => {
  await Promise.all([testCloud.close(), apiServer.close()]);
});
beforeEach(() => {
  resetBudget();
  credential();
});

/** ARM gives out the kubeconfig of a server. */
function credential(server = `https://${host}:443`, ca = tls.cert): void {
  const text = [
    "apiVersion: v1",
    "clusters:",
    "- cluster:",
    `    certificate-authority-data: ${Buffer.from(ca).toString("base64")}`,
    `    server: ${server}`,
    "  name: aks-prod",
    "users:",
    "- name: u",
    "  user:",
    "    exec:",
    "      command: kubelogin",
    "",
  ].join("\n");
  testCloud.arm.answer(() => ({ body: { kubeconfigs: [{ name: "clusterUser", value: Buffer.from(text).toString("base64") }] } }));
}

async function open(more: Partial<AzureCaller> = {}): Promise<kubernetes.ApiServer> {
  const read = await kubernetes.openApiServer(testCaller({ getToken, ...more }), cluster);
  if (read.state !== "ok") throw new Error(read.state);
  return read.value;
}
const answer = (reply: Reply) => apiServer.answer(() => reply);
const status = (code: number, reason: string, message: string): Reply => ({
  status: code,
  body: { kind: "Status", apiVersion: "v1", status: "Failure", message, reason, code },
});
const refusedForPod = 'pods is forbidden: User "i@contoso.example" cannot list resource "pods" in API group "" at the cluster scope';

describe("the way to an API server", () => {
  test("is asked of ARM without credentials, and the token for the cluster goes to the cluster alone", async () => {
    answer({ body: { kind: "NodeList", items: [] } });
    const caller = testCaller({ getToken });
    const read = await kubernetes.openApiServer(caller, cluster);
    expect(testCloud.arm.received).toMatchObject([{ method: "POST", path: `${cluster.id}/listClusterUserCredential`, body: "" }]);
    expect(testCloud.arm.received[0]?.query.get("format")).toBe("exec");
    expect(testCloud.arm.received[0]?.query.has("server-fqdn")).toBe(false);
    expect(testCloud.arm.received[0]?.headers.authorization).toBe("Bearer the-arm-token");
    expect(read.state === "ok" ? await kubernetes.listNodes(read.value) : read).toMatchObject({ state: "ok", value: [] });
    expect(apiServer.received).toMatchObject([{ path: "/api/v1/nodes", headers: { authorization: "Bearer the-cluster-token", host } }]);
    expect(caller.notes.at(-1)).toMatchObject({ method: "GET", path: `https://${host}/api/v1/nodes`, apiVersion: "v1", status: 200 });
    expect(JSON.stringify(caller.notes)).not.toMatch(/the-cluster-token|the-arm-token|limit=/);
  });

  test("to a private cluster with a public name is asked for by that name", async () => {
    await kubernetes.openApiServer(testCaller({ getToken }), { ...cluster, isPrivate: true, privateFqdn: "p.privatelink.example" });
    expect(testCloud.arm.received[0]?.query.get("server-fqdn")).toBe(host);
  });

  test.each<[string, Partial<Cluster>, RegExp]>([
    ["stopped", { powerState: "Stopped" }, /is stopped/],
    ["without Entra", { entraManaged: false }, /does not use Entra/],
    ["private without a public name", { isPrivate: true, fqdn: null, privateFqdn: host }, /is private/],
    ["private with its public name off", { isPrivate: true, publicFqdnDisabled: true }, /is private/],
  ])("is not looked for when the cluster is %s, and the reason is said", async (_what, more, words) => {
    const read = await kubernetes.openApiServer(testCaller({ getToken }), { ...cluster, ...more });
    expect(read).toMatchObject({ state: "unavailable", message: expect.stringMatching(words) as string });
    expect(testCloud.arm.received).toEqual([]);
  });

  test("that leads to another host is not taken, and one that was changed afterwards gets no token", async () => {
    credential("https://evil.example:443");
    expect(await kubernetes.openApiServer(testCaller({ getToken }), cluster)).toMatchObject({ state: "unavailable" });
    credential();
    answer({ body: { items: [] } });
    const server = await open();
    const asked: unknown[] = [];
    const stolen = {
      ...server,
      host: "localhost",
      caller: testCaller({ getToken: async (scopes) => (asked.push(scopes), getToken(scopes)) }),
    };
    expect(await kubernetes.listNodes(stolen)).toMatchObject({ state: "unavailable" });
    await expect(askApiServer(server, { method: "GET", path: "/metrics" })).rejects.toMatchObject({ code: "azure_refused" });
    expect([asked, apiServer.received]).toEqual([[], []]);
  });

  test("ends where the server shows a certificate of another authority, or for another name", async () => {
    answer({ body: { items: [] } });
    credential(undefined, other.cert);
    expect(await kubernetes.listNodes(await open())).toMatchObject({
      state: "unavailable",
      message: expect.stringContaining("own authority did not sign") as string,
    });
    credential();
    const named = "other.hcp.eastus.azmk8s.io";
    const server = { ...(await open()), host: named, cluster: { ...cluster, fqdn: named } };
    expect(await kubernetes.listNodes(server)).toMatchObject({ state: "unavailable" });
    expect(apiServer.received).toEqual([]);
  });

  test("that ARM does not let the person see is no permission", async () => {
    const message = `The client does not have authorization to perform action 'Microsoft.ContainerService/managedClusters/listClusterUserCredential/action' over scope '${cluster.id}'`;
    testCloud.arm.answer(() => ({ status: 403, body: { error: { code: "AuthorizationFailed", message } } }));
    expect(await kubernetes.openApiServer(testCaller({ getToken }), cluster)).toMatchObject({
      state: "no-permission",
      action: "Microsoft.ContainerService/managedClusters/listClusterUserCredential/action",
    });
  });
});

describe("a read", () => {
  test("says in Kubernetes' words why it is not allowed, and what is absent or not signed in", async () => {
    const server = await open();
    const read = async (reply: Reply) => {
      answer(reply);
      return kubernetes.listPods(server);
    };
    expect(await read(status(401, "Unauthorized", "Unauthorized"))).toMatchObject({ state: "sign-in" });
    expect(await read(status(403, "Forbidden", refusedForPod))).toMatchObject({
      state: "no-permission",
      message: expect.stringContaining(refusedForPod) as string,
    });
    expect(await read(status(404, "NotFound", "no"))).toEqual({ state: "absent" });
    for (const reply of [
      status(500, "InternalError", "etcd"),
      { status: 429, headers: { "retry-after": "3" } },
      { status: 302, headers: { location: testCloud.other.origin } },
      { reset: true } as const,
      { body: { items: [{}] } },
      { body: "text" },
      { status: 503 },
    ])
      expect(await read(reply)).toMatchObject({ state: "unavailable" });
    expect(testCloud.other.received).toEqual([]);
  });

  test("of a list goes on over its pages, and begins again once when its place is forgotten", async () => {
    let forgotten = 1;
    const node = (name: string) => ({ metadata: { name }, status: {} });
    apiServer.answer(({ query }) => {
      if (!query.has("continue")) return { body: { metadata: { continue: "place" }, items: [node("a")] } };
      return forgotten-- > 0 ? status(410, "Expired", "too old") : { body: { metadata: {}, items: [node("b")] } };
    });
    const server = await open();
    expect(await kubernetes.listNodes(server)).toMatchObject({ state: "ok", value: [{ name: "a" }, { name: "b" }] });
    expect(apiServer.received.map(({ query }) => query.get("continue"))).toEqual([null, "place", null, "place"]);
    expect(apiServer.received[0]?.query.get("limit")).toBe("500");
    forgotten = 5;
    expect(await kubernetes.listNodes(server)).toMatchObject({ state: "unavailable" });
  });

  test("gives the words of whoever writes there cut, and without what no database takes", async () => {
    const message = `a\0b${"x".repeat(1_000_000)}`;
    answer({ body: { items: [{ metadata: { name: "e" }, message }] } });
    const read = await kubernetes.listEvents(await open(), "azureml");
    if (read.state !== "ok") throw new Error(read.state);
    expect(read.value[0]?.message).toMatch(/^a\ufffdbx+ … x+$/);
    expect(read.value[0]?.message.length).toBeLessThan(2010);
  });

  test("of a list shapes each page before it asks for the next, and gives up one that is too long", async () => {
    const server = await open();
    answer({ body: { metadata: { continue: "more" }, items: [{ metadata: {} }] } });
    expect(await kubernetes.listNamespaces(server)).toMatchObject({
      state: "unavailable",
      message: expect.stringContaining("shape") as string,
    });
    expect(apiServer.received).toHaveLength(1);
    answer({
      body: { metadata: { continue: "more" }, items: Array.from({ length: 20_000 }, (_, at) => ({ metadata: { name: `n${at}` } })) },
    });
    expect(await kubernetes.listNamespaces(server)).toMatchObject({
      state: "unavailable",
      message: expect.stringContaining("too long") as string,
    });
    expect(apiServer.received).toHaveLength(3);
  });

  test("of more than 16 MB is given up", async () => {
    answer({ body: { items: [], padding: "x".repeat(16 * 1024 * 1024) } });
    expect(await kubernetes.listNodes(await open())).toMatchObject({
      state: "unavailable",
      message: expect.stringContaining("16 MB") as string,
    });
  });

  test("ends when its caller stops", async () => {
    answer({ delayMs: 5000, body: { items: [] } });
    const server = await open({ signal: AbortSignal.timeout(300) });
    expect(await kubernetes.listNodes(server)).toMatchObject({
      state: "unavailable",
      message: expect.stringContaining("not waited") as string,
    });
  });

  test("takes only names that Kubernetes could have", async () => {
    const server = await open();
    answer({ body: { items: [] } });
    for (const namespace of ["../x", "A", "a/b", "", "x".repeat(64)])
      await expect(kubernetes.listPods(server, { namespace })).rejects.toThrow(/namespace/);
    await expect(kubernetes.findSecret(server, "azureml", "../tls")).rejects.toThrow(/name/);
    expect(await kubernetes.listPods(server, { namespace: "azureml", labels: "app=azureml-fe,a in (b)" })).toMatchObject({ state: "ok" });
    expect(apiServer.received).toHaveLength(1);
    expect(apiServer.received[0]).toMatchObject({ path: "/api/v1/namespaces/azureml/pods" });
    expect(apiServer.received[0]?.query.get("labelSelector")).toBe("app=azureml-fe,a in (b)");
  });

  test("of a secret asks for its metadata alone, and gives no more than its name", async () => {
    answer({ body: { kind: "PartialObjectMetadata", metadata: { name: "tls" }, data: { "key.pem": "c2VjcmV0" } } });
    const read = await kubernetes.findSecret(await open(), "azureml", "tls");
    expect(read).toMatchObject({ state: "ok", value: "tls" });
    expect(JSON.stringify(read)).not.toContain("c2VjcmV0");
    expect(apiServer.received[0]?.headers.accept).toBe("application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1");
    answer(status(404, "NotFound", "no"));
    expect(await kubernetes.findSecret(await open(), "azureml", "tls")).toEqual({ state: "absent" });
  });
});

describe("a new namespace", () => {
  const planned: PlannedKubernetesWrite = {
    via: "kubernetes",
    method: "POST",
    clusterId: cluster.id,
    path: namespacesPath,
    body: namespaceBody("ml"),
  };
  const create = (plannedWrite?: AzureCaller["plannedWrite"], name = "ml") =>
    kubernetes.createNamespace(testCaller({ getToken, ...(plannedWrite === undefined ? {} : { plannedWrite }) }), cluster, name);

  test("is made by the planned write, and is a success where it is there already", async () => {
    answer({ status: 201, body: { kind: "Namespace" } });
    expect(await create({ ...planned, clusterId: planned.clusterId.toUpperCase() })).toEqual({ status: 201, operationUrl: null });
    expect(apiServer.received).toMatchObject([{ method: "POST", path: "/api/v1/namespaces" }]);
    expect(JSON.parse(apiServer.received[0]?.body ?? "")).toEqual({ apiVersion: "v1", kind: "Namespace", metadata: { name: "ml" } });
    answer(status(409, "AlreadyExists", 'namespaces "ml" already exists'));
    expect(await create(planned)).toEqual({ status: 409, operationUrl: null });
  });

  test("is in conflict while one of that name is being deleted, and lacks rights where Kubernetes says so", async () => {
    answer(status(409, "AlreadyExists", 'object is being deleted: namespaces "ml" already exists'));
    await expect(create(planned)).rejects.toMatchObject({ code: "conflict" });
    answer(status(403, "Forbidden", "namespaces is forbidden"));
    await expect(create(planned)).rejects.toMatchObject({
      code: "rights_needed",
      message: expect.stringContaining("namespaces is forbidden") as string,
    });
  });

  test("that is not the planned one never leaves, and one without an answer is sent once", async () => {
    answer({ status: 201, body: {} });
    const wrong: AzureCaller["plannedWrite"][] = [
      undefined,
      { ...planned, body: namespaceBody("other") },
      { ...planned, body: { ...namespaceBody("ml"), metadata: { name: "ml", labels: { a: "b" } } } },
      { ...planned, clusterId: `${cluster.id}-2` },
      { ...planned, path: "/api/v1/nodes" },
      { method: "POST", resourceId: namespacesPath, apiVersion: "v1", body: namespaceBody("ml") },
    ];
    for (const write of wrong) await expect(create(write)).rejects.toThrow(/not the approved one/);
    await expect(create(planned, "Ml")).rejects.toMatchObject({ code: "invalid_input" });
    expect(apiServer.received).toEqual([]);
    answer({ reset: true });
    await expect(create(planned)).rejects.toMatchObject({ code: "azure_unavailable" });
    expect(apiServer.received).toHaveLength(1);
  });
});
