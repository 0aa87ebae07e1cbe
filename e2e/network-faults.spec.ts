import type { Page } from "@playwright/test";
import {
  approve,
  approveUnseen,
  askArm,
  askUnseen,
  azureNow,
  callApi,
  clusterIdOf,
  control,
  expect,
  expectAccessibleInBothThemes,
  expectRunSays,
  idsOf,
  inBetween,
  intentsOf,
  networkPathOf,
  office,
  rangesOf,
  recordOf,
  signIn,
  test,
  writesSince,
} from "./fixtures";

/** What somebody else adds: another office. */
const theirs = "198.51.100.64/26";

test.describe.configure({ timeout: 240_000 });

test("what somebody else changes of the cluster between read and write, and the approval does not rest on, stays: the run goes on by itself", async ({
  page,
}) => {
  await signIn(page, "Wanjiru Mbeki");
  const cluster = await clusterIdOf(page, "aks-ml-tagged");
  const request = await askForMissing(cluster);
  const since = await azureNow();
  await inBetween(
    cluster,
    () => approve(page, request),
    async () => {
      const { body } = await askArm(cluster);
      await control("POST", "/resources", { resource: { ...body, tags: { ...(body.tags as object), reviewed: "yes" } } });
    },
  );
  await expect(page).toHaveURL(/\/runs\/[0-9a-f-]{36}$/);
  await expectRunSays(page, /^In effect, (seen|assumed)$/, 120_000);
  await expect(page.getByRole("row").filter({ hasText: "PreConditionFailed" })).toHaveCount(1);

  expect(await writesSince(since, `${cluster}$`)).toEqual(["PUT 412", "PUT 200"]);
  expect((await askArm(cluster)).body.tags).toMatchObject({ reviewed: "yes" });
  expect((await rangesOf(cluster))[0]).toBe(office);
  expect(await plansOf(page, request)).toEqual({ state: "done", planVersion: 1, voided: null });
  const record = await recordOf(`request=${request}`);
  expect(record.filter(({ action }) => action === "request-approved")).toHaveLength(1);
});

test("an entry that somebody else adds between read and write: the run stops and says so, their entry stays, and the next plan has it", async ({
  page,
}) => {
  await signIn(page, "Wanjiru Mbeki");
  const cluster = await clusterIdOf(page, "aks-ml-raced");
  const request = await askForMissing(cluster);
  const since = await azureNow();
  await addTheirsInBetween(page, cluster, request);
  await expectRunSays(page, "Failed", 60_000);
  const said = page.getByRole("alert");
  await expect(said).toContainText(`The facts changed since the approval: The authorized ranges of the API server: ${theirs} was added.`);
  await expect(said).toContainText("The request waits again with a new plan that shows what changed");
  await expect(said, "no call is shown whole").not.toContainText("{");
  await expectAccessibleInBothThemes(page);
  expect(await writesSince(since, `${cluster}$`)).toEqual(["PUT 412"]);
  expect(await rangesOf(cluster)).toEqual([office, theirs]);

  await page.getByRole("link", { name: /^request #/ }).click();
  await expect(page.getByText(/^The facts changed, so plan 1 is void; plan 2 needs a decision of its own$/)).toBeVisible();
  await expect(page.getByText(`The authorized ranges of the API server: ${theirs} was added.`)).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await approve(page, request);
  await expect(page).toHaveURL(/\/runs\/[0-9a-f-]{36}$/);
  await expectRunSays(page, /^In effect, (seen|assumed)$/, 120_000);
  expect((await rangesOf(cluster)).slice(0, 2)).toEqual([office, theirs]);
  expect(await plansOf(page, request)).toMatchObject({ state: "done", planVersion: 2 });
  const record = await recordOf(`request=${request}`);
  expect(record.filter(({ action }) => action === "plan-voided")).toMatchObject([{ summary: expect.stringContaining(theirs) }]);
});

test("the same in the middle of a deployment: nothing is installed, and nothing of theirs is overwritten", async ({ page }) => {
  await signIn(page, "Wanjiru Mbeki");
  const { clusterId: cluster, sourceResourceId } = await idsOf(page, "aks-ml-hurried", "mlw-sandbox");
  const request = await askUnseen("Ines Duarte", {
    kind: "ml-deploy",
    clusterId: cluster,
    workspace: { use: "existing", id: sourceResourceId },
    extension: { name: "azureml", settings: { enableTraining: "True" }, protected: {} },
    compute: { name: "k8s-hurried", namespace: "hurried" },
    bindingName: "ml-hurried",
    network: "open-missing",
    reason: "A journey",
  });
  // Critical, as every installation of the extension: two persons.
  await approveUnseen("Priya Raghunathan", request);
  await addTheirsInBetween(page, cluster, request);
  await expectRunSays(page, "Failed", 60_000);
  await expect(page.getByText(new RegExp(`^The facts changed since the approval: .*${theirs} was added`))).toBeVisible();
  expect(await rangesOf(cluster)).toEqual([office, theirs]);
  expect(await intentsOf(request)).toEqual(["put-ranges"]);
  expect((await askArm(`${cluster}/providers/Microsoft.KubernetesConfiguration/extensions/azureml`)).status).toBe(404);
  expect(await plansOf(page, request)).toMatchObject({ state: "waiting", planVersion: 2 });
});

test("IPv6: the network page says why such a range counts for nothing, and the form takes none", async ({ page, watched }) => {
  watched.allow(/status of 400 .*\/api\/v1\/requests\)$/);
  await signIn(page, "Ines Duarte");
  const cluster = await clusterIdOf(page, "aks-ml-shared");
  await page.goto(networkPathOf(cluster));
  await expect(page.getByText("Covered", { exact: true }).first()).toBeVisible();
  const ranges = page.getByRole("table", { name: "Table of ranges" });
  const ipv6 = ranges.getByRole("row").filter({ hasText: /[0-9a-f]::?[0-9a-f:]*\/\d+/ });
  await expect(ipv6.first()).toContainText("Not applicable");
  await expect(ipv6.first()).toContainText("no need");
  await expect(
    page.getByText(/IPv6 ranges do not apply: the API server's public address is IPv4.*AKS's tools refuse such an entry/),
  ).toBeVisible();
  await page.getByLabel("Is this address let in?").fill("2603:1030:40c:1::2c1");
  await expect(page.getByText("2603:1030:40c:1::2c1: no list applies", { exact: true })).toBeVisible();

  await page.goto(`/network/new?${new URLSearchParams({ cluster, reason: "The tag has it", egress: "2603:1030:40c:1::2c0/122" })}`);
  const field = page.getByLabel("Addresses by which the nodes go out");
  await expect(field).toHaveAccessibleDescription(
    /2603:1030:40c:1::2c0\/122 is IPv6, and the API server's public address is IPv4: such an entry has no effect\. .*give a public IPv4 address/,
    { timeout: 30_000 },
  );
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Addresses that people call from")).not.toHaveAttribute("aria-invalid", "true");
  await expectAccessibleInBothThemes(page);
  const refused = page.waitForResponse((answer) => answer.url().endsWith("/api/v1/requests") && answer.request().method() === "POST");
  await page.getByRole("button", { name: "Send request" }).click();
  expect((await refused).status()).toBe(400);
  await expect(field).toBeFocused();
});

const askForMissing = (clusterId: string): Promise<string> =>
  askUnseen("Ines Duarte", { kind: "network-authorize", clusterId, reason: "Azure ML must reach it" });

/** Approves, and adds an entry to the list after the run has read it and before it writes. */
const addTheirsInBetween = (approver: Page, id: string, request: string): Promise<void> =>
  inBetween(
    id,
    () => approve(approver, request),
    () => control("POST", "/clusters", { id, authorizedIpRanges: [office, theirs] }),
  ).then(() => expect(approver).toHaveURL(/\/runs\/[0-9a-f-]{36}$/));

async function plansOf(page: Page, request: string) {
  const { body } = await callApi<{ state: string; planVersion: number; voided: object | null }>(page, "GET", `/api/v1/requests/${request}`);
  const { state, planVersion, voided } = body;
  return { state, planVersion, voided };
}
