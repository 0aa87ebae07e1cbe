import {
  approveUnseen,
  askArm,
  askUnseen,
  azureNow,
  callApi,
  expect,
  expectRunOf,
  expectRunSays,
  idsOf,
  intentsOf,
  signIn,
  test,
  writesSince,
} from "./fixtures";

test("a subscription that never registered the provider, and a cluster without local accounts: the run registers it and ends well", async ({
  page,
}) => {
  test.setTimeout(360_000);
  await signIn(page, "Wanjiru Mbeki");
  const { clusterId, sourceResourceId } = await idsOf(page, "aks-feature-store", "mlw-research");
  const [, , subscription] = clusterId.split("/");
  const asked = {
    kind: "ml-deploy",
    clusterId,
    workspace: { use: "existing", id: sourceResourceId },
    extension: { name: "azureml", settings: { enableTraining: "True", installPromOp: "False" }, protected: {} },
    compute: { name: "k8s-features", namespace: "features" },
    bindingName: "ml-features",
    reason: "Train beside the features",
  };
  const id = await askUnseen("Grace Kimani", asked);

  await page.goto(`/requests/${id}`);
  await expect(page.getByText("Register Microsoft.KubernetesConfiguration", { exact: false }).first()).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("Local accounts are switched off", { exact: false }).first()).toBeVisible();
  const since = await azureNow();
  await approveUnseen("Priya Raghunathan", id);
  await approveUnseen("Wanjiru Mbeki", id);
  await expectRunOf("Wanjiru Mbeki", id, "done");
  const { body } = await callApi<{ runs: { id: string }[] }>(page, "GET", `/api/v1/requests/${id}`);
  await page.goto(`/runs/${body.runs[0]?.id}`);
  await expectRunSays(page, /^In effect, (seen|assumed)$/);
  await expect(page.getByText(/Microsoft\.KubernetesConfiguration/).first()).toBeVisible();
  expect(await writesSince(since, `^/subscriptions/${subscription}/providers/Microsoft.KubernetesConfiguration/register$`)).toEqual([
    "POST 200",
  ]);
  expect((await intentsOf(id)).slice(0, 2)).toEqual(["register-microsoft-kubernetesconfiguration", "put-extension"]);
  expect((await askArm(`${sourceResourceId}/computes/k8s-features`)).body.properties?.provisioningState).toBe("Succeeded");

  // Nothing is left for the journeys that come after.
  const down = await askUnseen("Grace Kimani", {
    kind: "ml-teardown",
    clusterId,
    workspaceId: sourceResourceId,
    computes: "all",
    extension: "delete",
    reason: "A journey",
  });
  await approveUnseen("Wanjiru Mbeki", down);
  await expectRunOf("Wanjiru Mbeki", down, "done");
  expect((await askArm(`${sourceResourceId}/computes/k8s-features`)).status).toBe(404);
});
