import {
  approve,
  approveUnseen,
  askArm,
  azureNow,
  callApi,
  expect,
  expectAccessibleInBothThemes,
  expectRunSays,
  idsOf,
  intentsOf,
  networkPathOf,
  office,
  rangesOf,
  recordOf,
  signIn,
  test,
  writesSince,
} from "./fixtures";

type Run = { steps: { stepId: string; state: string }[] };

test("one form, one round of approvals: a restricted cluster lets Azure ML in and gets it, with every entry of others kept", async ({
  page,
  personPage,
}) => {
  test.setTimeout(240_000);
  const asker = page;
  await signIn(asker, "Ines Duarte");
  const { clusterId: cluster, sourceResourceId: workspace } = await idsOf(asker, "aks-ml-serving", "mlw-search");
  const others = await rangesOf(cluster);
  const extension = `${cluster}/providers/Microsoft.KubernetesConfiguration/extensions/azureml`;

  await asker.goto(networkPathOf(cluster));
  await expect(asker.getByText("Partly covered", { exact: true }).first()).toBeVisible();

  const link = { cluster, workspace, compute: "k8s-serving", namespace: "serving", binding: "ml-serving", reason: "Serve the search" };
  await asker.goto(
    `/deployments/new?${new URLSearchParams({ ...link, extension: JSON.stringify({ name: "azureml", settings: { enableTraining: "True" } }) })}`,
  );
  const ranges = asker.getByRole("group", { name: "Authorized ranges" });
  await ranges.getByLabel("Leave the list as it is").check();
  await expect(asker.getByText(/^Install Azure ML on the cluster aks-ml-serving/).first()).toBeVisible({ timeout: 30_000 });
  const step = asker.getByRole("listitem").filter({ hasText: /^Let in \d+ ranges more at the API server of aks-ml-serving/ });
  await expect(step).toHaveCount(0);
  await ranges.getByLabel("Let in the ranges of Azure ML that are missing").check();
  await expect(step).toBeVisible({ timeout: 30_000 });
  await asker.getByRole("button", { name: "Send request" }).click();
  await expect(asker).toHaveURL(/\/requests\/[0-9a-f-]{36}$/);
  const request = new URL(asker.url()).pathname.split("/").at(-1) ?? "";

  const since = await azureNow();
  await approveUnseen("Priya Raghunathan", request);
  const approver = await personPage();
  await signIn(approver, "Wanjiru Mbeki", `/requests/${request}`);
  const change = approver.getByRole("region", { name: "Authorized ranges" });
  await expect(change.getByText(/^3 → \d+ of 200$/)).toBeVisible();
  await expect(change.getByText("20.41.0.240/28", { exact: true }).first()).toBeVisible();
  await expect(approver.getByText("azureml", { exact: true }).first()).toBeVisible();
  await expectAccessibleInBothThemes(approver);
  await approve(approver, request);
  await expect(approver).toHaveURL(/\/runs\/[0-9a-f-]{36}$/);
  await expect(approver.getByText(/^Let in \d+ ranges more at the API server of aks-ml-serving/).first()).toBeVisible();
  await expectRunSays(approver, /^In effect, (seen|assumed)$/, 120_000);

  const run = await callApi<Run>(approver, "GET", `/api/v1/runs/${new URL(approver.url()).pathname.split("/").at(-1)}`);
  const steps = ["put-ranges", "put-extension", "put-binding", "make-namespace", "attach-compute"];
  expect(await intentsOf(request)).toEqual(steps);
  expect(run.body.steps.every(({ state }) => state === "done")).toBe(true);
  expect(await writesSince(since, `${cluster}$`)).toEqual(["PUT 200"]);
  const now = await rangesOf(cluster);
  expect(now.slice(0, others.length)).toEqual(others);
  expect(now).toContain("20.41.0.240/28");
  expect((await askArm(extension)).body.properties?.provisioningState).toBe("Succeeded");
  expect((await askArm(`${workspace}/computes/k8s-serving`)).body.properties?.provisioningState).toBe("Succeeded");

  await asker.goto(networkPathOf(cluster));
  await expect(asker.getByText("Covered", { exact: true }).first()).toBeVisible();
  const entries = asker.getByRole("table", { name: "Table of entries" });
  for (const entry of [office, "198.51.100.17/32"])
    await expect(entries.getByRole("row").filter({ hasText: entry })).toContainText("somebody else's");

  const auditor = await personPage();
  await signIn(auditor, "Marcus Oyelaran", `/audit?request=${request}`);
  await expect(auditor.getByText(/authorized ranges of aks-ml-serving/).first()).toBeVisible();
  const record = await recordOf(`request=${request}`);
  const decided = record.filter(({ action }) => action === "request-approved");
  expect(decided.map(({ actorName }) => actorName)).toEqual(["Priya Raghunathan", "Wanjiru Mbeki"]);
  expect(record.filter(({ action }) => action === "run-ended")).toMatchObject([{ outcome: "ok", actorName: "Wanjiru Mbeki" }]);
});
