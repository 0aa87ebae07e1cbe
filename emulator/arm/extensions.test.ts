import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { clusterId, subscriptionIds } from "../tenant/ids";
import { type Answer, type TestAzure, testAzure } from "../testing";
import { cliSettings } from "./testing";

const version = "api-version=2023-05-01";
const dev = clusterId(subscriptionIds.dev, "aks-chaos-mesh-rg", "aks-chaos-mesh-aks");
const unregistered = clusterId(subscriptionIds.data, "rg-data-science", "aks-data-science");
const person = "Priya Raghunathan";

let azure: TestAzure;
beforeAll(async () => void (azure = await testAzure({ speed: 1 })));
beforeEach(async () => {
  await azure.control("POST", "/reset", {});
  for (const subscription of Object.values(subscriptionIds))
    await azure.control("POST", "/role-assignments", { person, role: "Contributor", scope: `/subscriptions/${subscription}` });
});
afterAll(() => azure.end());

const address = (cluster = dev, name = "azureml", more = "") =>
  `${cluster}/providers/Microsoft.KubernetesConfiguration/extensions/${name}?${version}${more}`;
const settings = (cluster: string, more: Record<string, string>) =>
  cliSettings(cluster, {
    enableTraining: "True",
    enableInference: "True",
    inferenceRouterServiceType: "LoadBalancer",
    allowInsecureConnections: "True",
    ...more,
  });
const put = (cluster = dev, more: Record<string, string> = {}, properties: object = {}, name = "azureml") =>
  azure.as(person, "PUT", address(cluster, name), {
    properties: {
      extensionType: "Microsoft.AzureML.Kubernetes",
      releaseTrain: "Stable",
      scope: { cluster: { releaseNamespace: "azureml" } },
      configurationSettings: settings(cluster, more),
      ...properties,
    },
  });
const small = { clusterPurpose: "DevTest", inferenceRouterHA: "False" };
const advance = (ms: number) => azure.control("POST", "/clock/advance", { ms });
type Shown = {
  properties: {
    provisioningState: string;
    currentVersion: string;
    configurationSettings: Record<string, string>;
    errorInfo: { code: string; message: string } | null;
    statuses: { level: string }[];
  };
};
const read = async (cluster = dev, name = "azureml") => (await azure.as(person, "GET", address(cluster, name))).body as Shown;
const errorOf = (answer: Answer) => (answer.body as { error: { code: string; message: string } }).error;
const operationOf = async (answer: Answer) =>
  (await azure.as(person, "GET", String(answer.headers["azure-asyncoperation"]))).body as {
    status: string;
    error?: { code: string; message: string };
  };

/** Moves the clock past the longest installation and gives the operation's end. */
async function ended(answer: Answer) {
  await advance(1_200_000);
  return operationOf(answer);
}

test("an installation answers 201 with its operation Creating, its version at once, and ends after minutes", async () => {
  const answer = await put(dev, small);
  expect(answer.status).toBe(201);
  expect(answer.headers["x-ms-async-operation-timeout"]).toBe("PT48H");
  expect(String(answer.headers["azure-asyncoperation"])).toMatch(/\/operations\/[0-9a-f-]+\?api-Version=2023-05-01$/);
  expect((answer.body as Shown).properties).toMatchObject({
    provisioningState: "Creating",
    currentVersion: "1.1.74",
    errorInfo: null,
    statuses: [],
  });
  expect(await operationOf(answer)).toMatchObject({ status: "Creating" });
  await advance(300_000);
  expect(await operationOf(answer)).toMatchObject({ status: "Creating" });
  await advance(121_000);
  expect(await operationOf(answer)).toMatchObject({ status: "Succeeded" });
  expect((await read()).properties.provisioningState).toBe("Succeeded");
});

test("Location points to the provider's own host, where no token is taken and the visit is seen", async () => {
  const where = String((await put(dev, small)).headers.location);
  expect(new URL(where).origin).not.toBe(`https://localhost:${azure.port}`);
  const answer = await azure.as(person, "GET", where);
  expect(answer.status).toBe(401);
  expect(answer.text).not.toContain("Creating");
  expect(((await azure.control("GET", "/log?path=regional-provider")).body as { items: object[] }).items).toHaveLength(1);
});

test("protected settings are never answered, in no form, and a change of settings keeps or replaces them as a whole", async () => {
  const tls = { ...small, allowInsecureConnections: "False", sslCname: "ml.contoso.example" };
  const secret = { "scoringFe.sslCert": "VG9wU2VjcmV0Q2VydA==", "scoringFe.sslKey": "VG9wU2VjcmV0S2V5" };
  const made = await put(dev, tls, { configurationProtectedSettings: secret });
  expect(await ended(made)).toMatchObject({ status: "Succeeded" });
  const listed = await azure.as(person, "GET", address().replace("/azureml?", "?"));
  for (const answer of [made, listed, await azure.as(person, "GET", address())]) expect(answer.text).not.toContain("VG9w");
  const patch = (properties: object) => azure.as(person, "PATCH", address(), { properties });
  const merged = await patch({ configurationSettings: { sslCname: "other.contoso.example" } });
  expect(merged.status).toBe(202);
  expect(await operationOf(merged)).toMatchObject({ status: "Updating" });
  expect(await ended(merged)).toMatchObject({ status: "Succeeded" });
  expect((await read()).properties.configurationSettings).toMatchObject({ sslCname: "other.contoso.example", enableTraining: "True" });
  const half = await patch({ configurationProtectedSettings: { "scoringFe.sslCert": "QW5vdGhlcg==" } });
  expect((await ended(half)).error?.message).toContain("pre-upgrade: pod healthcheck failed");
});

test("what is no text among the settings, and a version beside automatic upgrades, are refused at once", async () => {
  expect(errorOf(await put(dev, { enableTraining: true as unknown as string }))).toMatchObject({ code: "InvalidRequestContent" });
  expect((await put(dev, small, { version: "1.1.66" })).status).toBe(400);
  expect((await put(dev, small, { version: "1.1.66", autoUpgradeMinorVersion: false })).status).toBe(201);
  expect(errorOf(await put(dev, small, { scope: { namespace: { targetNamespace: "ml" } } }, "scoped"))).toMatchObject({
    code: "InvalidScope",
  });
  expect((await put(dev, small, { extensionType: "microsoft.flux" }, "flux")).status).toBe(400);
});

test("a version or a train that is not there has no chart", async () => {
  const pinned = await put(dev, small, { version: "1.0.51", autoUpgradeMinorVersion: false });
  expect((await ended(pinned)).error?.message).toContain("Failed in download the Chart path not found");
  expect((await ended(await put(dev, small, { releaseTrain: "Experimental" }))).error?.message).toContain("Chart path not found");
});

test("two nodes are too few for a router that is highly available, also when it is switched off in the wrong case", async () => {
  const end = await ended(await put(dev, { InferenceRouterHA: "False" }));
  expect(end).toMatchObject({ status: "Failed", error: { code: "ExtensionOperationFailed" } });
  expect(end.error?.message).toMatch(
    /^The extension operation failed with the following error: {2}Error: \[ InnerError: \[Helm installation failed : .*policies.* : InnerError \[release azureml failed, and has been uninstalled due to atomic being set: failed pre-install: pod healthcheck failed\]\]\] occurred while doing the operation : \[Create\] on the config/,
  );
  const { properties } = await read();
  expect(properties).toMatchObject({
    provisioningState: "Failed",
    errorInfo: { code: "InstallationFailed" },
    statuses: [{ level: "Error" }],
  });
  expect(properties.errorInfo?.message).toContain("err [release azureml failed, and has been uninstalled");
});

test("settings without the keys that the az CLI derives fail the check of the installation", async () => {
  const answer = await put(dev, {}, { configurationSettings: { enableTraining: "True" } });
  expect((await ended(answer)).error?.message).toContain("pod healthcheck failed");
});

test("a provider that is not registered, and a service principal, fail the operation in the agents' own words", async () => {
  const refused = (await ended(await put(unregistered))).error;
  expect(refused?.message).toContain('Error code: Forbidden. Reason: Forbidden.{"error":{"code":"AuthorizationFailed"');
  expect(refused?.message).toContain("extensionaddons/read' over scope '/subscriptions/");
  await azure.as(
    person,
    "POST",
    `/subscriptions/${subscriptionIds.data}/providers/Microsoft.KubernetesConfiguration/register?api-version=2022-12-01`,
  );
  await advance(130_000);
  expect(await ended(await put(unregistered, { installVolcano: "False" }))).toMatchObject({ status: "Succeeded" });
  const cluster = (await azure.as(person, "GET", `${dev}?api-version=2026-04-01`)).body as { properties: object };
  const resource = {
    ...cluster,
    properties: { ...cluster.properties, servicePrincipalProfile: { clientId: "5a1f7c0e-93d2-4c57-8d0b-1f6e2b7a9c44" } },
  };
  await azure.control("POST", "/resources", { resource });
  expect((await ended(await put(dev, small))).error?.message).toContain('{"error":{"code":"InvalidAuthenticationToken"');
});

test("a second extension of the kind cannot take over what the first owns", async () => {
  await ended(await put(dev, small));
  expect((await ended(await put(dev, small, {}, "another"))).error?.message).toContain("invalid ownership metadata");
});

test("a delete answers 202, then the namespace stays Terminating for a while, and a new installation meets it", async () => {
  await ended(await put(dev, small));
  const answer = await azure.as(person, "DELETE", address());
  expect([answer.status, answer.headers["x-ms-async-operation-timeout"]]).toEqual([202, "PT1H"]);
  expect(await operationOf(answer)).toMatchObject({ status: "Deleting" });
  await advance(31_000);
  expect(await operationOf(answer)).toMatchObject({ status: "Succeeded" });
  expect((await azure.as(person, "GET", address())).status).toBe(404);
  expect((await azure.as(person, "DELETE", address())).status).toBe(204);
  const early = await put(dev, small);
  await advance(60_000);
  expect((await operationOf(early)).error?.message).toContain(
    "unable to create new content in namespace azureml because it is being terminated",
  );
  await azure.as(person, "DELETE", address(dev, "azureml", "&forceDelete=true"));
  await advance(3_700_000);
  expect(await ended(await put(dev, small))).toMatchObject({ status: "Succeeded" });
});

test("a forced delete is done at once, also where an operation hangs", async () => {
  await azure.control("POST", "/faults", { method: "PUT", path: "/extensions/azureml$", hang: true });
  const answer = await put(dev, small);
  await advance(7_200_000);
  expect(await operationOf(answer)).toMatchObject({ status: "Creating" });
  expect((await put(dev, small)).status).toBe(409);
  expect((await azure.as(person, "DELETE", address(dev, "azureml", "&forceDelete=true"))).status).toBe(200);
  expect((await azure.as(person, "GET", address())).status).toBe(404);
  expect((await ended(await put(dev, small))).error?.message).toContain("cannot re-use a name that is still in use");
  await azure.as(person, "DELETE", address(dev, "azureml", "&forceDelete=true"));
  await advance(3_700_000);
  expect(await ended(await put(dev, small))).toMatchObject({ status: "Succeeded" });
});

test("an operation ends as a fault tells it to", async () => {
  await azure.control("POST", "/faults", {
    method: "PUT",
    path: "/extensions/azureml$",
    operation: { status: "Failed", code: "ExtensionOperationFailed", message: "Unable to get the status from the local CRD" },
  });
  expect(await ended(await put(dev, small))).toMatchObject({
    status: "Failed",
    error: { message: "Unable to get the status from the local CRD" },
  });
  expect((await read()).properties.provisioningState).toBe("Failed");
});

test("the health check finds what a fault tells it to: below E45000 it stops the installation, above it does not", async () => {
  const find = (code: string) =>
    azure.control("POST", "/faults", { method: "PUT", path: "/extensions/azureml$", health: { code, message: "It was found." } });
  const report = async () => (await azure.control("GET", `/kubernetes-objects?cluster=${dev}&kind=ConfigMap&namespace=azureml`)).text;
  expect((await find("40007")).status).toBe(400);
  await find("E45003");
  expect(await ended(await put(dev, small))).toMatchObject({ status: "Succeeded" });
  expect(await report()).toContain("ErrorCode: E45003 ErrorMessage: It was found.");
  await azure.as(person, "DELETE", address());
  await advance(700_000);
  await find("E40007");
  expect((await ended(await put(dev, small))).error?.message).toContain("failed pre-install: pod healthcheck failed");
  expect(await report()).toContain("ErrorCode: E40007");
});

test("who may not write or delete extensions is told so, and an installation is not begun", async () => {
  const refused = await azure.as("Ines Duarte", "PUT", address(), { properties: {} });
  expect(refused.text).toContain("'Microsoft.KubernetesConfiguration/extensions/write' over scope");
  expect((await azure.as("Ines Duarte", "DELETE", address())).status).toBe(403);
  expect((await azure.as("Ines Duarte", "PATCH", address(), { properties: {} })).status).toBe(403);
  expect((await azure.as("Ines Duarte", "GET", address())).status).toBe(404);
});

test("newer api-versions answer what they added, older ones than 2023-05-01 are unknown", async () => {
  await put(dev, small);
  const at = async (apiVersion: string) => azure.as(person, "GET", address().replace("2023-05-01", apiVersion));
  expect((await at("2025-03-01")).body).toMatchObject({ properties: { autoUpgradeMode: "compatible", extensionState: "Ready" } });
  expect((await at("2023-05-01")).text).not.toContain("autoUpgradeMode");
  expect((await at("2022-11-01")).status).toBe(400);
});
