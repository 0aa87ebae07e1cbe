import {
  approve,
  approveUnseen,
  askArm,
  azureNow,
  control,
  expect,
  expectRunOf,
  expectRunSays,
  idsOf,
  intentsOf,
  objectsIn,
  recordOf,
  signIn,
  test,
  writesSince,
} from "./fixtures";

// One story on the cluster with a single node: what goes wrong with a deployment, what the run says of it, and how it is brought to its end.
test.describe.configure({ mode: "serial", timeout: 360_000 });

const settings = {
  enableTraining: "True",
  enableInference: "True",
  inferenceRouterServiceType: "clusterIP",
  allowInsecureConnections: "True",
  inferenceRouterHA: "True",
};
const story = { cluster: "", workspace: "", extension: "", failed: "", retried: "" };

/** The form filled in by a link, as a runbook may hold one. */
const link = (query: Record<string, string>) =>
  `/deployments/new?${new URLSearchParams({ cluster: story.cluster, workspace: story.workspace, reason: "Train where the pipelines run", ...query })}`;

test("a health check that fails is told in words, with its cause and the remedy", async ({ page, personPage }) => {
  await signIn(page, "Ines Duarte");
  const { clusterId } = await idsOf(page, "aks-ml-ci", "mlw-sandbox");
  await prepare(clusterId);
  await page.goto(
    link({ extension: JSON.stringify({ name: "azureml", settings }), compute: "k8s-ci", namespace: "pipelines", binding: "ml-pipelines" }),
  );
  await expect(page.getByText(/Three inference routers need three nodes, and 1 can take them for sure/).first()).toBeVisible();
  await expect(page.getByText(/^Install Azure ML on the cluster aks-ml-ci/).first()).toBeVisible({ timeout: 30_000 });
  const first = await send(page);

  await approveUnseen("Priya Raghunathan", first);
  const approver = await personPage();
  await signIn(approver, "Wanjiru Mbeki");
  await approve(approver, first);
  await expectRunSays(approver, "Failed", 120_000);
  const meaning = approver.getByRole("region", { name: "What this failure means" });
  await expect(meaning.getByRole("heading", { name: "Too few nodes for three routers" })).toBeVisible();
  await expect(meaning).toContainText("Three inference routers need three nodes that may take them");
  await expect(meaning).toContainText("What to do: Run one router, add nodes, or widen the node selector.");
  await expect(meaning.locator("q").first()).toHaveText(/INSUFFICIENT_NODE: 1 of 3 schedulable nodes/);
  expect((await askArm(story.extension)).body.properties?.provisioningState).toBe("Failed");
  expect((await askArm(`${story.workspace}/computes/k8s-ci`)).status, "nothing is attached to what failed").toBe(404);
  expect(await recordOf(`request=${first}&action=run-ended`)).toMatchObject([{ outcome: "failed" }]);

  story.failed = new URL(approver.url()).pathname;
});

test("the button of a failed health check opens the request that helps, once what failed is taken down", async ({ page }) => {
  // What failed is in the way still, and the form says so before anybody is asked.
  await signIn(page, "Ines Duarte", story.failed);
  await page.getByRole("link", { name: "Open a request with this change" }).click();
  await expect(page.getByLabel("inferenceRouterHA", { exact: true })).toHaveValue("False");
  await expect(page.getByLabel("Name of the compute")).toHaveValue("k8s-ci");
  await expect(page.getByText(/It is in state Failed/).first()).toBeVisible({ timeout: 30_000 });
  await page.getByRole("link", { name: "Take down" }).click();
  await page.getByLabel("Workspace", { exact: true }).fill(story.workspace);
  await page.getByLabel(/^Is deleted/).check();
  await page.getByLabel("Reason").fill("It failed, and is installed anew");
  await expect(page.getByText(/elete the extension azureml/).first()).toBeVisible({ timeout: 30_000 });
  const takenDown = await send(page);
  await approveUnseen("Wanjiru Mbeki", takenDown);
  await expectRunOf("Ines Duarte", takenDown, "done");
  expect((await askArm(story.extension)).status).toBe(404);

  await page.goto(story.failed);
  await page.getByRole("link", { name: "Open a request with this change" }).click();
  await expect(page.getByLabel("inferenceRouterHA", { exact: true })).toHaveValue("False");
  await expect(page.getByText(/^Install Azure ML on the cluster aks-ml-ci/).first()).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/It is in state Failed/)).toHaveCount(0);
  story.retried = await send(page);
});

test("an approver without the right to install: the run names it, waits, and goes on as the person who holds it", async ({
  page,
  personPage,
}) => {
  await approveUnseen("Wanjiru Mbeki", story.retried);
  await signIn(page, "Priya Raghunathan");
  await approve(page, story.retried);
  await expectRunSays(page, "Rights needed", 60_000);
  await expect(page.getByText("Priya Raghunathan lacks an Azure role")).toBeVisible();
  await expect(page.getByText("Microsoft.KubernetesConfiguration/extensions/write").first()).toBeVisible();
  expect((await askArm(story.extension)).status, "nothing was installed").toBe(404);

  const holder = await personPage();
  await signIn(holder, "Wanjiru Mbeki", new URL(page.url()).pathname);
  await holder.getByRole("button", { name: "Carry on" }).click();
  await expectRunSays(holder, /^In effect, (seen|assumed)$/, 120_000);
  await expect(holder.getByText("Wanjiru Mbeki").first()).toBeVisible();

  const installed = (await askArm(story.extension)).body.properties;
  expect(installed).toMatchObject({ provisioningState: "Succeeded", configurationSettings: { inferenceRouterHA: "False" } });
  expect((await askArm(`${story.workspace}/computes/k8s-ci`)).body.properties?.provisioningState).toBe("Succeeded");
  expect(await objectsIn(story.cluster, "Namespace")).toContain("pipelines");
  const record = await recordOf(`request=${story.retried}`);
  expect(record.find(({ action }) => action === "run-waiting")?.summary).toContain(
    "lacks the Azure right Microsoft.KubernetesConfiguration/extensions/write",
  );
  expect(record.filter(({ action }) => action === "run-carried-on")).toMatchObject([{ actorName: "Wanjiru Mbeki", outcome: "ok" }]);
  expect(record.filter(({ action }) => action === "run-ended")).toMatchObject([{ outcome: "ok" }]);
});

test("a namespace that somebody deletes while the run waits: the run says so before it attaches, and ends well once it is made", async ({
  page,
  personPage,
}) => {
  const late = { apiVersion: "v1", kind: "Namespace", metadata: { name: "late" }, status: { phase: "Active" } };
  await control("POST", "/kubernetes-objects", { cluster: story.cluster, object: late });
  // Somebody who reads the cluster asks: the plan knows that the namespace is there, and has no step that makes it.
  await signIn(page, "Tomás Okafor", link({ extension: "present", compute: "k8s-late", namespace: "late" }));
  await expect(page.getByText(/^Attach the cluster aks-ml-ci to the workspace mlw-pipelines as k8s-late/).first()).toBeVisible({
    timeout: 30_000,
  });
  await openFineChecks(page);
  await expect(page.getByText(/^Fine: Namespace\. The namespace late is there\./)).toBeVisible();
  await expect(
    page.getByText(/^Fine: Role binding\. The workspace has mlworkload on the cluster already, by the binding ml-pipelines/),
  ).toBeVisible();
  const asked = await send(page);

  const approver = await personPage();
  await signIn(approver, "Priya Raghunathan");
  await approve(approver, asked);
  await expectRunSays(approver, "Rights needed", 60_000);
  await expect(approver.getByText("Microsoft.MachineLearningServices/workspaces/computes/write").first()).toBeVisible();
  await control("DELETE", "/kubernetes-objects", { cluster: story.cluster, kind: "Namespace", name: "late" });

  const holder = await personPage();
  await signIn(holder, "Wanjiru Mbeki", new URL(approver.url()).pathname);
  await holder.getByRole("button", { name: "Carry on" }).click();
  await expectRunSays(holder, "Failed", 60_000);
  await expect(
    holder.getByText(/The namespace late is not there: somebody deleted it\..*kubectl create namespace late/).first(),
  ).toBeVisible();
  expect((await askArm(`${story.workspace}/computes/k8s-late`)).status, "nothing is attached to no namespace").toBe(404);

  await control("POST", "/kubernetes-objects", { cluster: story.cluster, object: late });
  await holder.getByRole("button", { name: "Retry" }).click();
  await expectRunSays(holder, /^In effect, (seen|assumed)$/, 60_000);
  expect((await askArm(`${story.workspace}/computes/k8s-late`)).body.properties).toMatchObject({
    provisioningState: "Succeeded",
    properties: { namespace: "late" },
  });
  const record = await recordOf(`request=${asked}`);
  expect(record.filter(({ action }) => ["run-carried-on", "run-retried"].includes(action)).map(({ actorName }) => actorName)).toEqual([
    "Wanjiru Mbeki",
    "Wanjiru Mbeki",
  ]);
  expect(record.filter(({ action }) => action === "run-ended").map(({ outcome }) => outcome)).toEqual(["failed", "ok"]);
});

test("what is there already is used as it is: the run proves it and writes nothing", async ({ page, personPage }) => {
  await signIn(page, "Ines Duarte", link({ compute: "k8s-late", namespace: "late" }));
  await page.getByLabel("Use the one that is there").check();
  await expect(page.getByText(/^Attach the cluster aks-ml-ci to the workspace mlw-pipelines as k8s-late/).first()).toBeVisible({
    timeout: 30_000,
  });
  await openFineChecks(page);
  await expect(page.getByText(/^Fine: Compute\. The compute k8s-late is attached to this cluster and namespace already/)).toBeVisible();
  const asked = await send(page);
  const since = await azureNow();
  const approver = await personPage();
  await signIn(approver, "Priya Raghunathan");
  await approve(approver, asked);
  await expectRunSays(approver, /^In effect, (seen|assumed)$/, 60_000);
  expect(await writesSince(since, `${story.workspace}|aks-ml-ci/(providers|trustedAccessRoleBindings/ml-pipelines|runCommand)`)).toEqual(
    [],
  );
  expect(await intentsOf(asked)).toEqual([]);
});

test("a new workspace is made as part of a deployment, and attached to by the extension that is there", async ({ page, personPage }) => {
  await signIn(page, "Ines Duarte", link({ workspace: "", compute: "k8s-notebooks", namespace: "notebooks", extension: "present" }));
  await page.getByLabel("A new workspace").check();
  await expect(page.getByLabel("Resource group")).toHaveValue("rg-ml-ci");
  await expect(page.getByLabel("Region")).toHaveValue("eastus2");
  await page.getByLabel("Name of the workspace").fill("mlw-notebooks");
  await expect(page.getByText(/^Attach the cluster aks-ml-ci to the new workspace mlw-notebooks as k8s-notebooks/).first()).toBeVisible({
    timeout: 30_000,
  });
  await expect(page.getByRole("listitem").filter({ hasText: "Make the workspace mlw-notebooks" }).first()).toBeVisible();
  const asked = await send(page);
  const approver = await personPage();
  await signIn(approver, "Wanjiru Mbeki");
  await approve(approver, asked);
  await expectRunSays(approver, /^In effect, (seen|assumed)$/, 120_000);
  await expect(approver.getByText("Make the workspace mlw-notebooks").first()).toBeVisible();

  const workspace = story.workspace.replace("mlw-pipelines", "mlw-notebooks");
  expect((await askArm(workspace)).body.properties?.provisioningState).toBe("Succeeded");
  expect((await askArm(`${workspace}/computes/k8s-notebooks`)).body.properties).toMatchObject({
    provisioningState: "Succeeded",
    properties: { namespace: "notebooks" },
  });
  expect((await askArm(`${story.cluster}/trustedAccessRoleBindings/ml-mlw-notebooks`)).body.properties?.sourceResourceId).toBe(workspace);
  expect(await objectsIn(story.cluster, "Namespace")).toContain("notebooks");
  expect(await intentsOf(asked)).toEqual(["make-workspace", "put-binding", "make-namespace", "attach-compute"]);
  expect(await recordOf(`request=${asked}&action=run-ended`)).toMatchObject([{ outcome: "ok" }]);
});

/**
 * The cluster without what an earlier installation left, its runner ended, and a workspace of its own beside it: other journeys bind those that
 * are there to the same cluster.
 */
async function prepare(cluster: string): Promise<void> {
  const group = cluster.slice(0, cluster.indexOf("/providers/"));
  story.cluster = cluster;
  story.workspace = `${group}/providers/Microsoft.MachineLearningServices/workspaces/mlw-pipelines`;
  story.extension = `${cluster}/providers/Microsoft.KubernetesConfiguration/extensions/azureml`;
  const principalId = "9f0d5b1e-6a43-4c8e-9d27-0c1e5a7b3f61";
  await control("POST", "/resources", {
    resource: {
      id: story.workspace,
      name: "mlw-pipelines",
      type: "Microsoft.MachineLearningServices/workspaces",
      location: "eastus2",
      tags: {},
      identity: {
        type: "SystemAssigned",
        principalId,
        tenantId: JSON.parse(process.env.BINDERY_E2E_ENVIRONMENT ?? "{}").BINDERY_TENANT_ID,
      },
      kind: "Default",
      sku: { name: "Basic", tier: "Basic" },
      properties: { friendlyName: "Pipelines", workspaceId: "5b0c2c5e-31c4-4f0e-8a55-6f0d6c9d7a10", provisioningState: "Succeeded" },
    },
  });
  for (const name of await objectsIn(cluster, "Pod", "ci"))
    await control("DELETE", "/kubernetes-objects", { cluster, kind: "Pod", name, namespace: "ci" });
  await askArm(story.extension, "DELETE");
  await expect.poll(async () => (await objectsIn(cluster, "Namespace")).includes("azureml"), { timeout: 30_000 }).toBe(false);
}

/** Sends the request of the form. Gives its id. */
async function send(page: Parameters<typeof signIn>[0]): Promise<string> {
  await page.getByRole("button", { name: "Send request" }).click();
  await expect(page).toHaveURL(/\/requests\/[0-9a-f-]{36}$/);
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}

async function openFineChecks(page: Parameters<typeof signIn>[0]): Promise<void> {
  await page.getByText(/checks are fine$/).click();
}
