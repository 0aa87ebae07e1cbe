import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { resetBudget } from "./budget";
import { apiVersions, namespaceCommandBody, runCommandPathOf } from "./deployment-calls";
import { type ReadCommand, textOf } from "./read-commands";
import { readCommandResult, startNamespaceCommand, startReadCommand } from "./run-command";
import { namespaceFailure, readingOf } from "./run-command-reading";
import { startTestCloud, testCaller, testCluster } from "./testing";
import type { AzureCaller, PlannedArmWrite } from "./types";

let testCloud: Awaited<ReturnType<typeof startTestCloud>>;
beforeAll(async () => {
  testCloud = await startTestCloud();
});
afterAll(() => testCloud.close());
beforeEach(resetBudget);
const received = () => testCloud.arm.received;

const cluster = testCluster();
const nodes: ReadCommand = { id: "nodes", parameters: {} };
const access: ReadCommand = { id: "access", parameters: { namespace: "azureml" } };
const getToken: AzureCaller["getToken"] = async (scopes) => ({
  token: [scopes].flat()[0] === "k8s/.default" ? "the-cluster-token" : "the-arm-token",
  expiresOnTimestamp: Date.now() + 3_600_000,
});
const resultUrl = () =>
  `${testCloud.arm.origin}${cluster.id.replace("resourceGroups", "resourcegroups").replace("managedClusters", "managedclusters")}/commandResults/r?api-version=2025-10-01`;
const accepted = () => ({ status: 202, headers: { location: resultUrl() } });

test("a read command is sent with the person's token for the cluster, and gives the address of its result", async () => {
  testCloud.arm.answer(accepted);
  const caller = testCaller({ getToken });
  expect(await startReadCommand(caller, cluster, access)).toEqual({ resultUrl: resultUrl() });
  expect(received()).toMatchObject([{ method: "POST", path: `${cluster.id}/runCommand` }]);
  expect(received()[0]?.headers.authorization).toBe("Bearer the-arm-token");
  expect(JSON.parse(received()[0]?.body ?? "")).toEqual({ command: textOf(access), clusterToken: "the-cluster-token" });
  expect(JSON.stringify(caller.notes)).not.toContain("the-cluster-token");
});

test("the note of a command has the same hash whoever's token went with it", async () => {
  testCloud.arm.answer(accepted);
  const [one, other, none] = [testCaller({ getToken }), testCaller(), testCaller()];
  await startReadCommand(one, cluster, nodes);
  await startReadCommand(other, cluster, nodes);
  await startReadCommand(none, { ...cluster, entraManaged: false }, nodes);
  expect(JSON.parse(received()[2]?.body ?? "")).toEqual({ command: textOf(nodes) });
  expect(new Set([one, other, none].map(({ notes }) => notes[0]?.bodyHash)).size).toBe(1);
  expect(one.notes[0]?.bodyHash).toMatch(/^[0-9a-f]{64}$/);
});

test("a start is sent once, and a refusal that repeats the token does not carry it on", async () => {
  testCloud.arm.answer(() => ({ status: 503 }));
  await expect(startReadCommand(testCaller({ getToken }), cluster, nodes)).rejects.toMatchObject({ code: "azure_unavailable" });
  expect(received()).toHaveLength(1);
  testCloud.arm.answer(({ body }) => ({ status: 400, body: { error: { code: "Odd", message: `Not this: ${body}` } } }));
  const caller = testCaller({ getToken });
  const failure: unknown = await startReadCommand(caller, cluster, nodes).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: "azure_refused", message: expect.stringContaining("(token)") as string });
  expect(`${String(failure)} ${JSON.stringify(failure)} ${JSON.stringify(caller.notes)}`).not.toContain("the-cluster-token");
});

test("a result on another host is asked for nowhere", async () => {
  testCloud.arm.answer(() => ({ status: 202, headers: { location: `${testCloud.other.origin}/r` } }));
  testCloud.other.answer(() => ({ body: {} }));
  await expect(startReadCommand(testCaller(), cluster, nodes)).rejects.toMatchObject({ code: "azure_refused" });
  await expect(readCommandResult(testCaller(), `${testCloud.other.origin}/r`)).rejects.toMatchObject({ code: "azure_refused" });
  expect(testCloud.other.received).toEqual([]);
});

test("a result is running, ended, not started or gone, in whatever case Azure writes it", async () => {
  const read = () => readCommandResult(testCaller(), resultUrl());
  testCloud.arm.answer(() => ({ status: 202, headers: { "retry-after": "5" } }));
  expect(await read()).toEqual({ state: "running", retryAfterSeconds: 5 });
  testCloud.arm.answer(() => ({ body: { id: "r", properties: { provisioningState: "Running" } } }));
  expect(await read()).toEqual({ state: "running", retryAfterSeconds: null });
  for (const provisioningState of ["Succeeded", "succeeded"]) {
    testCloud.arm.answer(() => ({
      body: { properties: { provisioningState, exitCode: 1, finishedAt: "2026-01-01T00:00:00Z", logs: "x" } },
    }));
    expect(await read()).toEqual({ state: "ended", exitCode: 1, logs: "x", finishedAt: "2026-01-01T00:00:00Z" });
  }
  for (const provisioningState of ["Failed", "failed"]) {
    testCloud.arm.answer(() => ({ body: { properties: { provisioningState, reason: "ImagePullBackoff" } } }));
    expect(await read()).toEqual({ state: "not-started", reason: "ImagePullBackoff" });
  }
  testCloud.arm.answer(() => ({ status: 404, body: { error: { code: "NotFound", message: "No." } } }));
  expect(await read()).toEqual({ state: "gone" });
});

const planned = (name: string): PlannedArmWrite => ({
  method: "POST",
  resourceId: runCommandPathOf(cluster.id),
  apiVersion: apiVersions.managedClusters,
  body: namespaceCommandBody(name),
});

test("the command that makes a namespace is a planned write, compared without the token", async () => {
  testCloud.arm.answer(accepted);
  const caller = testCaller({ getToken, plannedWrite: planned("ml") });
  expect(await startNamespaceCommand(caller, cluster, "ml")).toEqual({ status: 202, operationUrl: resultUrl() });
  expect(JSON.parse(received()[0]?.body ?? "")).toEqual({ command: "kubectl create namespace ml", clusterToken: "the-cluster-token" });
  received().length = 0;
  const attempts = [
    startNamespaceCommand(testCaller(), cluster, "ml"),
    startNamespaceCommand(testCaller({ plannedWrite: planned("other") }), cluster, "ml"),
    startNamespaceCommand(
      testCaller({ plannedWrite: { ...planned("ml"), body: { ...namespaceCommandBody("ml"), context: "x" } } }),
      cluster,
      "ml",
    ),
    startNamespaceCommand(testCaller({ plannedWrite: planned("ml") }), { ...cluster, id: `${cluster.id}-2` }, "ml"),
    startNamespaceCommand(testCaller({ plannedWrite: { ...planned("ml"), apiVersion: "2024-02-01" } }), cluster, "ml"),
  ];
  for (const attempt of attempts) await expect(attempt).rejects.toThrow(/not the approved one/);
  await expect(startNamespaceCommand(testCaller({ plannedWrite: planned("ml") }), cluster, "ml; reboot")).rejects.toMatchObject({
    code: "invalid_input",
  });
  expect(received()).toEqual([]);
});

const ended = (logs: string, exitCode = 0) => ({ state: "ended" as const, exitCode, logs, finishedAt: "2026-01-01T00:00:00Z" });
const list = (...items: object[]) => JSON.stringify({ apiVersion: "v1", kind: "List", items }, null, 4);
const role = {
  kind: "Role",
  metadata: { name: "r", namespace: "azureml" },
  rules: [{ verbs: ["get"], apiGroups: [""], resources: ["pods"] }],
};

test("a namespace is there when it was made now or before, and not while it is being deleted", () => {
  expect(namespaceFailure(ended("namespace/ml created\n"))).toBeNull();
  expect(namespaceFailure(ended('Error from server (AlreadyExists): namespaces "ml" already exists\n', 1))).toBeNull();
  expect(namespaceFailure(ended('Error from server (AlreadyExists): object is being deleted: namespaces "ml" already exists', 1))).toMatch(
    /being deleted/,
  );
  expect(namespaceFailure(ended("Error from server (Forbidden): no\n", 1))).toBe("kubectl says: Error from server (Forbidden): no");
});

test("each section of the output is whole, forbidden, absent, or cut, by itself", () => {
  const reading = readingOf(
    access,
    ended(
      `=== roles\nWarning: old version\n${list(role)}\n=== roleBindings\nError from server (Forbidden): rolebindings is forbidden: User "x"\n=== serviceAccounts\n${list({ metadata: { name: "a" } }).slice(0, 30)}`,
      1,
    ),
  );
  expect(reading).toEqual({
    roles: {
      state: "ok",
      at: "2026-01-01T00:00:00Z",
      value: [
        {
          namespace: "azureml",
          name: "r",
          labels: {},
          createdAt: null,
          rules: [{ verbs: ["get"], apiGroups: [""], resources: ["pods"], resourceNames: [], nonResourceURLs: [] }],
        },
      ],
    },
    roleBindings: { state: "no-permission", message: expect.stringContaining("rolebindings is forbidden") as string },
    serviceAccounts: { state: "unavailable", message: expect.stringContaining("cut at 512 kB") as string },
  });
});

test("an object that looks like a mark or an error inside its own JSON changes nothing", () => {
  const odd = {
    metadata: { name: "a", namespace: "n", labels: { x: "=== end", y: "\n=== roleBindings\nError from server (Forbidden): x" } },
  };
  const reading = readingOf(
    access,
    ended(`=== roles\n${list()}\n=== roleBindings\n${list()}\n=== serviceAccounts\n${list(odd)}\n=== end\n`),
  );
  expect(reading).toMatchObject({ roles: { state: "ok", value: [] }, serviceAccounts: { state: "ok", value: [{ name: "a" }] } });
});

test("a section that is ended but no JSON, and an output without any mark, are told as they are", () => {
  expect(readingOf(nodes, ended('=== nodes\n{"items": [\n=== end\n'))).toMatchObject({
    nodes: { state: "unavailable", message: expect.stringContaining("not in a shape") as string },
  });
  expect(readingOf(nodes, ended("error: You must be logged in to the server (Unauthorized)\n", 1))).toMatchObject({
    nodes: { state: "sign-in" },
  });
  expect(readingOf(nodes, ended("", 137))).toMatchObject({ nodes: { state: "unavailable" } });
});

test("names of definitions and of a secret are read without what they hold", () => {
  const definitions = readingOf(
    { id: "cluster", parameters: {} },
    ended(
      `=== namespaces\n${list({ metadata: { name: "ml" }, status: { phase: "Terminating" } })}\n=== ingressClasses\n${list()}\n=== definitions\ncustomresourcedefinition.apiextensions.k8s.io/jobs.batch.volcano.sh\n=== end\n`,
    ),
  );
  expect(definitions).toMatchObject({
    namespaces: { value: [{ name: "ml", phase: "Terminating" }] },
    definitions: { state: "ok", value: ["jobs.batch.volcano.sh"] },
  });
  const secret: ReadCommand = { id: "secret", parameters: { namespace: "azureml", name: "tls" } };
  expect(readingOf(secret, ended("=== secret\nsecret/tls\n=== end\n"))).toMatchObject({ secret: { state: "ok", value: "tls" } });
  expect(readingOf(secret, ended('=== secret\nError from server (NotFound): secrets "tls" not found\n=== end\n', 0))).toEqual({
    secret: { state: "absent" },
  });
});
