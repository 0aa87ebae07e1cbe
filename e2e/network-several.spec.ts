import { callApi, control, expect, expectAccessibleInBothThemes, expectRunOf, recordOf, signIn, test } from "./fixtures";

const names = ["aks-data-science", "aks-legacy-batch", "aks-ml-sandbox"];
const office = "203.0.113.0/28";

type Batch = { requests: { id: string; clusterName: string; state: string; planVersion: number }[] };

test("several clusters are asked for by one form, reviewed on one page and decided with one decision, and one that changed drops out alone", async ({
  page,
  watched,
  personPage,
}) => {
  test.setTimeout(240_000);
  // The form is sent once with a cluster that cannot be changed.
  watched.allow(/status of 400 .*\/api\/v1\/batches/);
  const approver = await personPage();
  await signIn(approver, "Priya Raghunathan");
  const { body } = await callApi<{ items: { id: string; name: string }[] }>(approver, "GET", "/api/v1/clusters?limit=200");
  const clusters = names.map((name) => body.items.find((one) => one.name === name)?.id ?? "");
  const [, legacy = "", sandbox = ""] = clusters;
  await control("POST", "/clusters", { id: legacy, authorizedIpRanges: [office] });
  await control("POST", "/clusters", { id: sandbox, authorizedIpRanges: [office], power: "Running" });

  const asker = page;
  await signIn(asker, "Grace Kimani", "/network/clusters");
  for (const name of names) await asker.getByLabel(`Choose ${name}`).check();
  await expect(asker.getByText("3 chosen")).toBeVisible();
  await expectAccessibleInBothThemes(asker);
  await asker.getByRole("link", { name: "Change the lists of 3" }).click();
  await expect(asker.getByRole("heading", { name: "Clusters (3)" })).toBeVisible();
  await asker.getByLabel("Reason").fill("Azure ML has to reach all of them");
  await expect(asker.getByText(/The read-only lock legacy-frozen on aks-legacy-batch stops the change/)).toBeVisible({ timeout: 30_000 });
  await expect(asker.getByText("1 cannot be changed so: leave it out")).toBeVisible();
  await expectAccessibleInBothThemes(asker);
  await asker.getByRole("button", { name: "Send 3 requests" }).click();
  await expect(asker.getByText(/^Cluster: aks-legacy-batch: The read-only lock/)).toBeVisible({ timeout: 30_000 });
  await asker.getByRole("button", { name: "Leave out aks-legacy-batch" }).click();

  await asker.getByLabel("Addresses that people call from").fill("2603:1030::/32");
  await expect(asker.getByText(/is IPv6, and the API server's public address is IPv4/).first()).toBeVisible({ timeout: 30_000 });
  await asker.getByLabel("Addresses that people call from").fill("");
  await expect(asker.getByText(/^What changes: \d → \d+ of 200 entries$/)).toHaveCount(2, { timeout: 30_000 });
  await asker.getByRole("button", { name: "Send 2 requests" }).click();
  await expect(asker).toHaveURL(/\/requests\/batch\/[0-9a-f-]{36}$/);
  await expect(asker.getByText("This is your own request: somebody else has to decide.").first()).toBeVisible();

  const address = new URL(asker.url()).pathname;
  const requestOf = async (name: string) => {
    const { requests } = (await callApi<Batch>(approver, "GET", `/api/v1/batches/${address.split("/").at(-1)}`)).body;
    const found = requests.find(({ clusterName }) => clusterName === name);
    if (found === undefined) throw new Error(`There is no request for ${name}.`);
    return found;
  };
  await approver.goto(address);
  await expect(approver.getByRole("heading", { name: "Authorized ranges of 2 clusters" })).toBeVisible();
  await expectAccessibleInBothThemes(approver);
  await approver.getByLabel("Comment for the record").fill("Looked at each");
  // Somebody else changes one list while the approver reads.
  await control("POST", "/clusters", { id: sandbox, authorizedIpRanges: [office, "198.51.100.0/24"] });
  await approver.getByRole("button", { name: "Approve 2" }).click();
  await expect(approver.getByText("One dropped out", { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(approver.getByText(/198\.51\.100\.0\/24 was added/).first()).toBeVisible();
  await expect(approver.getByText("One is decided", { exact: true })).toBeVisible();
  await expect(approver.getByText("The facts changed: plan 1 is void, plan 2 took its place")).toBeVisible();
  await expectAccessibleInBothThemes(approver);
  const decided = await requestOf("aks-data-science");
  await expectRunOf("Priya Raghunathan", decided.id, "done");
  expect((await recordOf(`request=${decided.id}`)).map(({ action }) => action)).toEqual(
    expect.arrayContaining(["request-submitted", "request-approved", "run-queued"]),
  );

  // The one that dropped out is decided by itself, and what somebody else added meanwhile stays.
  expect(await requestOf("aks-ml-sandbox")).toMatchObject({ state: "waiting", planVersion: 2 });
  await expect(approver.getByText("aks-ml-sandbox: no longer chosen. Look at the new plan, then choose it.")).toBeVisible();
  await approver.getByLabel("Decide on aks-ml-sandbox").check();
  await expect(approver.getByText("On aks-ml-sandbox.")).toBeVisible();
  await approver.getByRole("button", { name: "Approve 1" }).click();
  await expect(approver.getByText(/#\d+ aks-ml-sandbox: approved; its run begins/)).toBeVisible({ timeout: 30_000 });
  await expectRunOf("Priya Raghunathan", (await requestOf("aks-ml-sandbox")).id, "done");
  await expect(async () => {
    await approver.goto("/network/clusters?state=covered");
    for (const name of ["aks-data-science", "aks-ml-sandbox"])
      await expect(approver.getByRole("link", { name, exact: true })).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 90_000 });
  await approver.goto(`/clusters/${sandbox.split("/")[2]}/rg-ml-sandbox/aks-ml-sandbox/network`);
  const entries = approver.getByRole("table", { name: "Table of entries" });
  for (const kept of [office, "198.51.100.0/24"]) await expect(entries.getByText(kept)).toBeVisible();
});
