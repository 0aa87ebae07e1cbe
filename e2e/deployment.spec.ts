import {
  approve,
  approveUnseen,
  askArm,
  askUnseen,
  azureNow,
  callApi,
  control,
  expect,
  expectAccessibleInBothThemes,
  expectRunSays,
  idsOf,
  intentsOf,
  pidOf,
  recordOf,
  signIn,
  test,
  writesSince,
} from "./fixtures";
import { issue } from "../lib/deployments/settings/testing/issue";

/** The command of the field report, with all that is wrong in it. */
const command =
  "az k8s-extension create --name AzureML --extension-type Microsoft.AzureML.Kubernetes --config enableTraining=True enableInference=True inferenceRouterServiceType=LoadBalancer allowInsecureConnections=True InferenceRouterHA=False --cluster-type managedClusters --cluster-name aks-chaos-mesh-aks --resource-group aks-chaos-mesh-rg --scope cluster";
const cluster = "aks-chaos-mesh-aks";
const workspace = "aks-chaos-mesh";
const binding = "ml-journey";

type Run = { state: string; steps: { stepId: string; state: string }[] };

test("the field report's own path: paste, mend by one click, ask, approve, run to the end, then take it all down again", async ({
  page,
  personPage,
}) => {
  test.setTimeout(360_000);
  await signIn(page, "Ines Duarte", "/deployments/new");
  await page.getByLabel(/Paste the az command/).fill(command);
  await page.getByRole("button", { name: "Read the command" }).click();
  await expect(page.getByText(`Read 5 settings, the name AzureML, and the cluster ${cluster}.`)).toBeVisible();
  await expect(page.getByText(/There is no setting InferenceRouterHA; did you mean inferenceRouterHA/)).toBeVisible();
  await expect(page.getByText(/Endpoints are open to the internet over plain HTTP/)).toBeVisible();
  await expect(page.getByText(/Azure takes AzureML, and it becomes part of the names of pods/)).toBeVisible();
  await expectAccessibleInBothThemes(page);

  for (const fix of ["Rename to inferenceRouterHA", "Set internalLoadBalancerProvider=azure", "Name it azureml"]) {
    const button = page.getByRole("button", { name: fix });
    await button.press("Enter");
    await expect(button).toHaveCount(0);
  }
  await expect(page.getByLabel("inferenceRouterHA", { exact: true })).toHaveValue("False");
  await expect(page.getByLabel("Name of the extension")).toHaveValue("azureml");
  await page.getByLabel("Workspace", { exact: true }).fill(workspace);
  await page
    .getByRole("option", { name: /aks-chaos-mesh/ })
    .first()
    .click();
  await page.getByLabel("Name of the compute").fill("k8s-chaos");
  await page.getByLabel("Namespace", { exact: true }).fill("ml-ops");
  await page.getByLabel("Name of the binding").fill(binding);
  await page.getByLabel("Reason").fill("Train where the chaos is");
  await expect(page.getByText(/^Install Azure ML on the cluster aks-chaos-mesh-aks/).first()).toBeVisible({ timeout: 30_000 });
  await expectAccessibleInBothThemes(page);
  await page.getByRole("button", { name: "Send request" }).click();
  await expect(page).toHaveURL(/\/requests\/[0-9a-f-]{36}$/);
  const asked = page.url().split("/").at(-1) ?? "";

  // Critical: two persons. The run acts as the one who completes the quorum, who may write to the cluster.
  const first = await personPage();
  await signIn(first, "Priya Raghunathan");
  await approve(first, asked);
  const second = await personPage();
  await signIn(second, "Wanjiru Mbeki");
  await approve(second, asked);
  await expect(second).toHaveURL(/\/runs\/[0-9a-f-]{36}$/);
  await expectRunSays(second, /^In effect, (seen|assumed)$/, 120_000);
  const run = await callApi<Run>(second, "GET", `/api/v1/runs/${new URL(second.url()).pathname.split("/").at(-1)}`);
  const done = run.body.steps.filter(({ state }) => state === "done").map(({ stepId }) => stepId);
  expect(done).toEqual([
    "check",
    "put-extension",
    "extension-health",
    "put-binding",
    "make-namespace",
    "attach-compute",
    "attached",
    "settle",
  ]);

  const { clusterId, sourceResourceId } = await idsOf(page, cluster, workspace);
  await page.goto(`/deployments/new?${new URLSearchParams({ kind: "ml-teardown", cluster: clusterId, workspace: sourceResourceId })}`);
  await expect(page.getByLabel(/^k8s-chaos/)).toBeVisible();
  await page.getByLabel(/^Is deleted/).check();
  await page.getByLabel("Reason").fill("Destroy it, so that it costs nothing");
  await expect(page.getByText(/^Detach k8s-chaos of the workspace aks-chaos-mesh/).first()).toBeVisible({ timeout: 30_000 });
  await page.getByRole("button", { name: "Send request" }).click();
  await expect(page).toHaveURL(/\/requests\/[0-9a-f-]{36}$/);
  await approve(second, page.url().split("/").at(-1) ?? "");
  await expect(second).toHaveURL(/\/runs\/[0-9a-f-]{36}$/);
  await expectRunSays(second, /^Gone, (seen|assumed)$/, 120_000);

  const query = new URLSearchParams({ clusterId, workspaceId: sourceResourceId });
  const attached = await callApi<{ computes: { value: unknown[] } }>(second, "GET", `/api/v1/deployments/attached?${query}`);
  expect(attached.body.computes.value).toEqual([]);
  const again = await callApi<{ checks: { key: string; status: string; message: string }[] }>(second, "POST", "/api/v1/requests/check", {
    kind: "ml-deploy",
    clusterId,
    workspace: { use: "existing", id: sourceResourceId },
    extension: { name: "azureml", settings: { enableTraining: "True" }, protected: {} },
    compute: { name: "k8s-chaos", namespace: "ml-ops" },
    bindingName: binding,
  });
  expect(again.body.checks.find(({ key }) => key === "extension-there")?.message).toBe("The cluster has no extension of Azure ML yet.");
  const bindings = await callApi<{ bindings: { value: { name: string }[] } }>(second, "GET", `/api/v1/clusters${pathOf(clusterId)}`);
  expect(bindings.body.bindings.value.map(({ name }) => name)).not.toContain(binding);
});

test("a worker killed with -9 while Azure installs: another one takes over, and the installation is sent once", async ({ page }) => {
  test.setTimeout(360_000);
  await signIn(page, "Wanjiru Mbeki");
  const { clusterId, sourceResourceId } = await idsOf(page, cluster, workspace);
  const asked = await askUnseen("Ines Duarte", {
    kind: "ml-deploy",
    clusterId,
    workspace: { use: "existing", id: sourceResourceId },
    extension: { name: "azureml", settings: { enableTraining: "True" }, protected: {} },
    compute: { name: "k8s-killed", namespace: "killed" },
    bindingName: "ml-killed",
    reason: "A journey",
  });
  await approveUnseen("Priya Raghunathan", asked);
  const since = await azureNow();
  const extension = `${clusterId}/providers/Microsoft.KubernetesConfiguration/extensions/azureml`;
  const sent = () => writesSince(since, `${extension}$`);
  const { speed } = await control<{ speed: number }>("GET", "/state");
  // Slower for as long as it takes to be sent: the installation must be under way when the worker dies, on a busy machine too.
  await control("POST", "/speed", { speed: speed / 6 });
  try {
    await approve(page, asked);
    await expect.poll(sent, { timeout: 60_000, intervals: [50] }).toEqual(["PUT 201"]);
  } finally {
    await control("POST", "/speed", { speed });
  }
  const killed = pidOf("worker");
  process.kill(killed, "SIGKILL");
  expect((await askArm(extension)).body.properties?.provisioningState).toBe("Creating");
  await expect(page).toHaveURL(/\/runs\/[0-9a-f-]{36}$/);
  await expectRunSays(page, /^In effect, (seen|assumed)$/, 150_000);
  expect(pidOf("worker")).not.toBe(killed);

  expect(await sent()).toEqual(["PUT 201"]);
  expect((await askArm(extension)).body.properties?.provisioningState).toBe("Succeeded");
  expect((await askArm(`${sourceResourceId}/computes/k8s-killed`)).body.properties?.provisioningState).toBe("Succeeded");
  expect(await intentsOf(asked)).toEqual(["put-extension", "put-binding", "make-namespace", "attach-compute"]);
  expect(await recordOf(`request=${asked}&action=run-ended`)).toMatchObject([{ outcome: "ok" }]);
});

test("a certificate is read and kept sealed; a key that is not its own is refused at its field, and nothing typed is lost", async ({
  page,
  watched,
}) => {
  watched.allow(/400/);
  const own = await issue({ name: "CN=ml.contoso.com", names: ["ml.contoso.com"] });
  const other = await issue({ name: "CN=other.contoso.com" });
  const extension = JSON.stringify({ name: "azureml", settings: { enableInference: "True", sslCname: "ml.contoso.com" } });
  await signIn(page, "Tomás Okafor", `/deployments/new?${new URLSearchParams({ extension })}`);
  await page.getByText("Or upload a certificate and its key (PEM)").click();
  const file = (name: string, text: string) => ({ name, mimeType: "application/x-pem-file", buffer: Buffer.from(text) });
  await page.getByLabel("Certificate with its chain").setInputFiles(file("tls.pem", own.pem));
  await page.getByLabel("Private key, without a passphrase").setInputFiles(file("tls.key", other.key));
  await page.getByRole("button", { name: "Keep them sealed" }).click();
  await expect(page.getByText(/The private key does not belong to this certificate\. Choose the key/)).toBeVisible();
  await expect(page.getByLabel("Private key, without a passphrase")).toHaveAttribute("aria-invalid", "true");

  await page.getByLabel("Private key, without a passphrase").setInputFiles(file("tls.key", own.key));
  const kept = page.waitForResponse((answer) => answer.url().endsWith("/certificates"));
  await page.getByRole("button", { name: "Keep them sealed" }).click();
  expect(await (await kept).text()).not.toContain("PRIVATE KEY");
  await expect(page.getByText("ml.contoso.com", { exact: true }).first()).toBeVisible();
  await expect(page.getByLabel("Secret with the certificate")).toBeDisabled();
  await expect(page.getByLabel("sslCname", { exact: true })).toHaveValue("ml.contoso.com");
});

test("a protected value is entered once or pasted, and only its reference stays in the form", async ({ page }) => {
  test.setTimeout(180_000);
  const key = "azure_log_analytics.connection_string";
  const secret = "c2hhcmVkIGtleSBvZiB0aGUgd29ya3NwYWNl";
  await signIn(page, "Tomás Okafor", "/deployments/new");
  await page
    .getByLabel(/Paste the az command/)
    .fill(`az k8s-extension create --config enableTraining=True --config-protected ${key}=${secret}`);
  const read = page.waitForResponse((answer) => answer.url().endsWith("/paste"));
  await page.getByRole("button", { name: "Read the command" }).click();
  expect(await (await read).text()).not.toContain(secret);
  await expect(page.getByText(`Kept sealed: ${key}.`)).toBeVisible();

  await page.getByRole("button", { name: `Enter another value of ${key}` }).click();
  await expect(page.getByText(new RegExp(`value of ${key}`)).first()).toBeVisible();
  await page.getByLabel(key, { exact: true }).fill(secret);
  const kept = page.waitForResponse((answer) => answer.url().endsWith("/protected-values"));
  await page.getByRole("button", { name: "Keep it sealed" }).click();
  expect((await kept).status()).toBe(201);
  await expect(page.getByRole("button", { name: `Enter another value of ${key}` })).toBeVisible();
  await expectAccessibleInBothThemes(page);
  expect(await page.content()).not.toContain(secret);
  expect(await page.evaluate(() => JSON.stringify([sessionStorage, localStorage]))).not.toContain(secret);

  await page.getByRole("button", { name: `Remove ${key}` }).click();
  await page.getByLabel("Add a setting").fill("Log Analytics");
  await page.getByRole("option", { name: new RegExp(key) }).click();
  await expect(page.getByLabel(key, { exact: true })).toHaveAttribute("type", "password");
});

/** Where the API has a cluster: `/SUBSCRIPTION/GROUP/NAME`. */
function pathOf(clusterId: string): string {
  const [, , subscription, , group, , , , name] = clusterId.split("/");
  return `/${subscription}/${group}/${name}`;
}
