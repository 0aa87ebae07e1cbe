import { readFileSync } from "node:fs";
import { ContainerServiceClient } from "@azure/arm-containerservice";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { kubernetesToken } from "../kubernetes/testing";
import { armAudience, clusterId, subscriptionIds } from "../tenant/ids";
import { type Answer, type TestAzure, testAzure } from "../testing";

const { dev, prod } = subscriptionIds;
const version = "api-version=2024-02-01";
const legacy = clusterId(dev, "rg-legacy", "aks-legacy-batch");
const hidden = clusterId(prod, "rg-ml-prod-private", "aks-ml-private");
const person = "Priya Raghunathan";

let azure: TestAzure;
beforeAll(async () => void (azure = await testAzure({ speed: 1 })));
const unlock = () => azure.control("DELETE", "/locks", { scope: legacy, name: "legacy-frozen" });
beforeEach(async () => {
  await azure.control("POST", "/reset", {});
  await unlock();
});
afterAll(() => azure.end());

type Result = {
  id: string;
  properties: { provisioningState: string; exitCode?: number; logs: string; reason?: string; startedAt: string; finishedAt: string };
};
const post = (command: string, cluster = legacy, more: object = {}, who = person) =>
  azure.as(who, "POST", `${cluster}/runCommand?${version}`, { command, ...more });
const errorOf = (answer: Answer) => (answer.body as { error: { code: string; message: string } }).error;
const result = async (answer: Answer, ms = 31_000) => {
  await azure.control("POST", "/clock/advance", { ms });
  return (await azure.as(person, "GET", String(answer.headers.location))).body as Result;
};
const ran = async (command: string) => {
  const { properties } = await result(await post(command));
  return [properties.exitCode, properties.logs];
};

test("a command answers 202 with an address in lower case, 202 while it runs, and its result after half a minute", async () => {
  const answer = await post("kubectl get nodes -o json");
  expect(answer.status).toBe(202);
  const where = String(answer.headers.location);
  expect(where).toMatch(
    /\/resourcegroups\/rg-legacy\/providers\/Microsoft\.ContainerService\/managedclusters\/aks-legacy-batch\/commandResults\/[0-9a-f]+\?api-version=2024-02-01$/,
  );
  expect((await azure.as(person, "GET", where)).status).toBe(202);
  const { id, properties } = await result(answer);
  expect((await azure.as(person, "GET", where.replace("aks-legacy-batch", "aks-other"))).status).toBe(404);
  expect(where).toContain(id);
  expect(properties).toMatchObject({ provisioningState: "Succeeded", exitCode: 0 });
  expect(Date.parse(properties.finishedAt) - Date.parse(properties.startedAt)).toBe(1000);
  expect(JSON.parse(properties.logs)).toMatchObject({ kind: "List", items: [{ apiVersion: "v1", kind: "Node" }, {}] });
});

test("the commands that are understood answer as kubectl does", async () => {
  expect(await ran("kubectl get namespace default -o json")).toMatchObject([0, expect.stringContaining('"name": "default"') as string]);
  expect(await ran("kubectl get namespace none")).toEqual([1, 'Error from server (NotFound): namespaces "none" not found\n']);
  expect(await ran("kubectl create namespace ml-ops")).toEqual([0, "namespace/ml-ops created\n"]);
  expect(await ran("kubectl create ns ml-ops")).toEqual([1, 'Error from server (AlreadyExists): namespaces "ml-ops" already exists\n']);
  expect(await ran("kubectl get ns ml-ops -o name")).toEqual([0, "namespace/ml-ops\n"]);
  const [code, logs] = await ran("kubectl get roles,rolebindings,serviceaccounts -n kube-system -o json && echo done");
  expect([code, String(logs).trim().endsWith("done")]).toEqual([0, true]);
  expect(JSON.parse(String(logs).replace("done", ""))).toMatchObject({ items: [{ kind: "ServiceAccount" }] });
  expect(await ran("kubectl get configmap arcml-healthcheck -n azureml -o json")).toEqual([
    1,
    'Error from server (NotFound): configmaps "arcml-healthcheck" not found\n',
  ]);
  expect(await ran("kubectl get events -n azureml")).toEqual([0, "No resources found in azureml namespace.\n"]);
  expect(await ran("kubectl get pods -A -o json --field-selector=status.phase=Failed")).toMatchObject([
    0,
    expect.stringContaining('"items": []') as string,
  ]);
});

test("a namespace that is being deleted is not made again", async () => {
  const ci = clusterId(dev, "rg-ml-ci", "aks-ml-ci");
  await azure.as("Wanjiru Mbeki", "DELETE", `${ci}/providers/Microsoft.KubernetesConfiguration/extensions/azureml?api-version=2023-05-01`);
  await azure.control("POST", "/clock/advance", { ms: 31_000 });
  const { properties } = await result(
    await post("kubectl create namespace azureml", ci, { clusterToken: await kubernetesToken(azure, person) }),
  );
  expect(properties.logs).toBe('Error from server (AlreadyExists): object is being deleted: namespaces "azureml" already exists\n');
});

test("anything else fails as the shell or kubectl would", async () => {
  expect(await ran("helm list")).toEqual([127, "/bin/sh: line 1: helm: command not found\n"]);
  expect(await ran("kubectl delete ns default")).toEqual([1, 'error: unknown command "delete" for "kubectl"\n']);
  expect(await ran("kubectl get dragons")).toEqual([1, `error: the server doesn't have a resource type "dragons"\n`]);
  expect(await ran("kubectl get pods -o yaml")).toMatchObject([1, expect.stringContaining("unable to match a printer") as string]);
  expect(await ran("kubectl get ns none && kubectl create ns never")).toEqual([
    1,
    'Error from server (NotFound): namespaces "none" not found\n',
  ]);
  expect(await ran("kubectl get ns never --ignore-not-found; echo after")).toMatchObject([0, expect.stringContaining("after") as string]);
});

test("a cluster with Entra wants a token of its own, and acts as its person", async () => {
  expect(errorOf(await post("kubectl get pods -A", hidden))).toEqual({
    code: "MissingAADClusterToken",
    message: "This cluster have Azure Active Directory enabled, .clusterToken is required.",
  });
  const arm = await result(await post("kubectl get pods -A", hidden, { clusterToken: await azure.token(person) }));
  expect(arm.properties).toMatchObject({ exitCode: 1, logs: "error: You must be logged in to the server (Unauthorized)\n" });
  const clusterToken = async () => kubernetesToken(azure, person);
  await azure.control("DELETE", "/role-assignments", {
    person,
    role: "Azure Kubernetes Service RBAC Reader",
    scope: `/subscriptions/${prod}`,
  });
  const refused = await result(await post("kubectl get clusterroles", hidden, { clusterToken: await clusterToken() }));
  expect(refused.properties.logs).toContain(
    'Error from server (Forbidden): clusterroles.rbac.authorization.k8s.io is forbidden: User "priya.raghunathan@contoso.example"',
  );
  await azure.control("POST", "/role-assignments", { person, role: "Azure Kubernetes Service RBAC Cluster Admin", scope: hidden });
  const allowed = await result(await post("kubectl get pods -A -o json", hidden, { clusterToken: await clusterToken() }));
  expect(allowed.properties.exitCode).toBe(0);
});

test("output ends at 512 kB, in the middle of whatever it was", async () => {
  const object = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "large", namespace: "default" },
    data: { text: "x".repeat(600_000) },
  };
  await azure.control("POST", "/kubernetes-objects", { cluster: legacy, object });
  const { properties } = await result(await post("kubectl get configmap large -o json"));
  expect([properties.exitCode, Buffer.byteLength(properties.logs)]).toEqual([0, 524_288]);
  expect(() => JSON.parse(properties.logs) as unknown).toThrow(SyntaxError);
});

test("a pod that finds no node, or whose image does not come, gives a reason and no exit code", async () => {
  await azure.control("POST", "/faults", { path: "/runCommand$", operation: { status: "Failed", message: "ImagePullBackOff" } });
  expect((await result(await post("kubectl get pods"), 61_000)).properties).toEqual({
    provisioningState: "Failed",
    reason: "ImagePullBackOff",
  });
  const kept = (await azure.as(person, "GET", `${legacy}?${version}`)).body as { properties: { agentPoolProfiles: object[] } };
  const agentPoolProfiles = kept.properties.agentPoolProfiles.map((pool) => ({ ...pool, nodeTaints: ["sku=gpu:NoSchedule"] }));
  await azure.control("POST", "/resources", { resource: { ...kept, properties: { ...kept.properties, agentPoolProfiles } } });
  const tainted = (await result(await post("kubectl get pods"), 61_000)).properties;
  expect(tainted).toMatchObject({ provisioningState: "Failed", reason: expect.stringContaining("taint") as string });
  expect(tainted).not.toHaveProperty("exitCode");
});

test("a stopped cluster and one that forbids it take no command, and the two rights are asked for", async () => {
  const ml = clusterId(dev, "rg-ml-sandbox", "aks-ml-sandbox");
  expect(errorOf(await post("kubectl get pods", ml)).code).toBe("OperationNotAllowed");
  const kept = (await azure.as(person, "GET", `${legacy}?${version}`)).body as { properties: object };
  await azure.control("POST", "/resources", {
    resource: { ...kept, properties: { ...kept.properties, apiServerAccessProfile: { disableRunCommand: true } } },
  });
  expect((await post("kubectl get pods")).status).toBe(400);
  expect(errorOf(await post("kubectl get pods", legacy, {}, "Ines Duarte")).message).toContain(
    "'Microsoft.ContainerService/managedClusters/runcommand/action'",
  );
  await azure.control("POST", "/reset", {});
  expect(errorOf(await post("kubectl get pods")).code).toBe("ScopeLocked");
  await unlock();
  const answer = await post("kubectl get pods");
  expect((await azure.as("Marcus Oyelaran", "GET", String(answer.headers.location))).text).toContain(
    "'Microsoft.ContainerService/managedClusters/commandResults/read'",
  );
});

test("the AKS client sends a command and waits for its result", async () => {
  await azure.control("POST", "/speed", { speed: 2000 });
  const token = await azure.token(person);
  const client = new ContainerServiceClient(
    { getToken: () => Promise.resolve({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) },
    dev,
    {
      endpoint: `https://localhost:${azure.port}`,
      credentials: { scopes: [`${armAudience}/.default`] },
      tlsOptions: { ca: readFileSync(azure.caFile, "utf8") },
    },
  );
  const answer = await client.managedClusters.runCommand(
    "rg-legacy",
    "aks-legacy-batch",
    { command: "kubectl get ns kube-system -o name" },
    { updateIntervalInMs: 5 },
  );
  expect(answer).toMatchObject({ exitCode: 0, logs: "namespace/kube-system\n", provisioningState: "Succeeded" });
  await azure.control("POST", "/speed", { speed: 1 });
});
