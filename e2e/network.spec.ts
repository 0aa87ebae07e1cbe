import type { Page } from "@playwright/test";
import {
  approveUnseen,
  azureNow,
  callApi,
  clusterIdOf,
  expect,
  expectAccessibleInBothThemes,
  expectRunOf,
  networkPathOf,
  signIn,
  test,
  writesSince,
} from "./fixtures";

/** Path of a cluster's network page, by the cluster's name. */
const networkOf = async (page: Page, name: string): Promise<string> => networkPathOf(await clusterIdOf(page, name));

test("the network page of a cluster says what its list lets in of Azure ML, and whose an address is", async ({ page }) => {
  await signIn(page, "Priya Raghunathan");
  // The worker reads the weekly file by itself.
  await expect
    .poll(async () => (await callApi<{ current: object | null }>(page, "GET", "/api/v1/network/tags")).body.current)
    .not.toBeNull();

  await page.goto(await networkOf(page, "aks-ml-prod"));
  await expect(page.getByText("Partly covered", { exact: true }).first()).toBeVisible();
  await expect(page.getByText(/^The list does not let in \d+ of \d+ ranges of Azure ML\.$/)).toBeVisible();
  await expect(page.getByText(/IPv6 ranges do not apply: the API server's public address is IPv4/)).toBeVisible();
  const entries = page.getByRole("table", { name: "Table of entries" });
  await expect(entries.getByText("somebody else's").first()).toBeVisible();
  const missing = page.getByRole("table", { name: "Table of ranges" }).getByRole("row").nth(1);
  await expect(missing).toContainText("Missing");
  const range = ((await missing.getByRole("cell").first().textContent()) ?? "").trim();

  await page.getByLabel("Is this address let in?").fill(range.split("/")[0] ?? "");
  await expect(page.getByText(/: not let in$/)).toBeVisible();
  await expect(page.getByText(/It belongs to .*AzureMachineLearning/)).toBeVisible();
  await page.getByLabel("Is this address let in?").fill("fe80::x");
  await expect(page.getByText("No address", { exact: true })).toBeVisible();
  await expectAccessibleInBothThemes(page);

  await page.goto(await networkOf(page, "aks-ml-shared"));
  await expect(page.getByText("Covered", { exact: true }).first()).toBeVisible();
  await page.goto(await networkOf(page, "aks-chaos-mesh-aks"));
  await expect(page.getByText("Open to all", { exact: true }).first()).toBeVisible();
  await page.goto(await networkOf(page, "aks-ml-private"));
  await expect(page.getByText("The API server is private: authorized ranges have no meaning there.").first()).toBeVisible();
});

test("the service tags in use are shown by region, with what is not in use yet", async ({ page }) => {
  await signIn(page, "Marcus Oyelaran");
  await expect
    .poll(async () => (await callApi<{ current: object | null }>(page, "GET", "/api/v1/network/tags")).body.current)
    .not.toBeNull();
  const { tags } = (await callApi<{ tags: { name: string; unused: number }[] }>(page, "GET", "/api/v1/network/tags")).body;
  const unused = tags.find(({ name }) => name === "AzureMachineLearning.EastUS2")?.unused;
  await page.goto("/network");
  await expect(page.getByRole("columnheader").last()).toHaveText("Not in use yet");
  const row = page.getByRole("row", { name: /^AzureMachineLearning\.EastUS2 eastus2/ });
  await expect(row.getByRole("cell").last()).toHaveText(unused === 0 ? "none" : new RegExp(`^${unused}, until `));
  await expectAccessibleInBothThemes(page);
});

test("the fleet says of each cluster whether Azure ML is let in, and of no cluster that a person does not read", async ({
  page,
  personPage,
}) => {
  await signIn(page, "Priya Raghunathan", "/network/clusters");
  const row = (name: string) => page.getByRole("row", { name: new RegExp(`\\b${name} `) });
  await expect(row("aks-ml-prod")).toContainText("Partly covered");
  await expect(row("aks-ml-shared")).toContainText("Covered");
  await expect(row("aks-ml-private")).toContainText("Not applicable");
  await expect(row("aks-chaos-mesh-aks")).toContainText("Open to all");
  await page.getByLabel("State").selectOption("partly");
  await expect(row("aks-chaos-mesh-aks")).toHaveCount(0);
  await expect(row("aks-ml-prod")).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await page.getByRole("link", { name: "aks-ml-prod" }).click();
  await expect(page).toHaveURL(/aks-ml-prod\/network$/);

  const other = await personPage();
  await signIn(other, "Noah Bennett", "/network/clusters");
  await expect(other.getByRole("row", { name: /^aks-chaos-mesh-aks / })).toBeVisible();
  await expect(other.getByText("aks-ml-prod")).toHaveCount(0);
});

test("what is missing is asked for, approved twice, let in with every entry of others kept, and the page says covered", async ({
  page,
  personPage,
}) => {
  test.setTimeout(240_000);
  const approver = page;
  await signIn(approver, "Priya Raghunathan");
  const cluster = await clusterIdOf(approver, "aks-payments-prod");
  const path = networkPathOf(cluster);
  await approver.goto(path);
  const before = await approver.getByRole("table", { name: "Table of entries" }).getByRole("row").allInnerTexts();

  const asker = await personPage();
  await signIn(asker, "Grace Kimani", path);
  await asker.getByRole("link", { name: "Change the list" }).click();
  await asker.getByLabel("Reason").fill("Azure ML must reach it");
  await expect(asker.getByText(/^5 → \d+ of 200$/)).toBeVisible({ timeout: 30_000 });
  await expectAccessibleInBothThemes(asker);
  await asker.getByRole("button", { name: "Send request" }).click();
  await expect(asker).toHaveURL(/\/requests\/[0-9a-f-]{36}$/);
  const id = new URL(asker.url()).pathname.split("/").at(-1) ?? "";
  await expect(asker.getByText(/^5 → \d+ of 200$/)).toBeVisible();
  await expectAccessibleInBothThemes(asker);

  const since = await azureNow();
  await approveUnseen("Priya Raghunathan", id);
  await approveUnseen("Wanjiru Mbeki", id);
  await expectRunOf("Wanjiru Mbeki", id, "done");
  expect(await writesSince(since, `${cluster}$`)).toEqual(["PUT 200"]);
  await approver.goto(path);
  await expect(approver.getByText("Covered", { exact: true }).first()).toBeVisible();
  const after = await approver.getByRole("table", { name: "Table of entries" }).getByRole("row").allInnerTexts();
  expect(after.slice(0, before.length).map(firstCell)).toEqual(before.map(firstCell));
  expect(after.length).toBeGreaterThan(before.length);
});

test("a first restriction tells who may be locked out, and is critical", async ({ page }) => {
  await signIn(page, "Grace Kimani");
  const cluster = await clusterIdOf(page, "aks-ml-ci");
  await page.goto(`/network/new?${new URLSearchParams({ cluster, reason: "Close it" })}`);
  await expect(page.getByText("Who may be locked out")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/^The API server of aks-ml-ci is open to every address now\./).first()).toBeVisible();
  await expect(page.getByText("Critical risk").first()).toBeVisible();
  await page.getByLabel("Addresses that people call from").fill("0.0.0.0/0");
  await expect(page.getByLabel("Addresses that people call from")).toHaveAccessibleDescription(/0\.0\.0\.0\/0 is no public address/, {
    timeout: 30_000,
  });
  await page.getByLabel("Addresses that people call from").fill("10.0.0.0/8");
  await expect(page.getByText(/10\.0\.0\.0\/8 .*(private|Private)/).first()).toBeVisible();
});

const firstCell = (row: string): string => row.split(/\s/)[0] ?? "";
