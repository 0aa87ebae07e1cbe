import type { Page } from "@playwright/test";
import {
  approve,
  approveUnseen,
  callApi,
  clusterIdOf,
  expect,
  expectAccessibleInBothThemes,
  expectRunOf,
  expectRunSays,
  networkPathOf,
  outboundAddressesOf,
  rangesOf,
  signIn,
  test,
} from "./fixtures";

// One story: a cluster that is open is restricted, and loses an entry that people call from. Its nodes go out by a NAT gateway, of which AKS lets in no
// address by itself.
test.describe.configure({ mode: "serial", timeout: 240_000 });

const own = "198.51.99.7/32";
const story = { cluster: "", egress: "", first: "" };

test("a first restriction warns of everybody, of the nodes and of oneself, and less once their addresses are given", async ({ page }) => {
  await signIn(page, "Ines Duarte");
  story.cluster = await clusterIdOf(page, "aks-ml-lab");
  story.egress = (await outboundAddressesOf(story.cluster)).join();
  await page.goto(networkPathOf(story.cluster));
  await expect(page.getByText("Open to all", { exact: true }).first()).toBeVisible();
  await page.getByRole("link", { name: "Change the list" }).click();
  await page.getByLabel("Reason").fill("Nobody else has business there");
  const warned = lockedOut(page);
  await expect(warned.filter({ hasText: /^The API server of aks-ml-lab is open to every address now\./ })).toBeVisible({ timeout: 30_000 });
  await expect(warned.filter({ hasText: "let in by no entry" })).toBeVisible();
  await expect(warned.filter({ hasText: "The request names no address that its people call from" })).toBeVisible();
  await expect(page.getByText("Critical risk").first()).toBeVisible();
  await expectAccessibleInBothThemes(page);

  await page.getByLabel("Addresses by which the nodes go out").fill(story.egress);
  await expect(warned.filter({ hasText: "let in by no entry" })).toHaveCount(0);
  await page.getByLabel("Addresses that people call from").fill(own);
  await expect(warned.filter({ hasText: "names no address" })).toHaveCount(0);
  await expect(warned).toHaveCount(1);
  await page.getByLabel("Addresses that people call from").fill("");
  await expect(warned.filter({ hasText: "names no address" })).toBeVisible();
  await page.getByLabel("Addresses that people call from").fill(own);
  await expect(warned).toHaveCount(1);
  story.first = await send(page);
});

test("its review warns as well, wants a second gesture, and one approver alone is not enough", async ({ page, personPage }) => {
  await signIn(page, "Priya Raghunathan", `/requests/${story.first}`);
  await expect(lockedOut(page).filter({ hasText: /^The API server of aks-ml-lab is open to every address now\./ })).toBeVisible();
  await expect(page.getByText("Approval needed")).toHaveCount(2);
  await expectAccessibleInBothThemes(page);

  await page.getByRole("button", { name: "Approve", exact: true }).click();
  const panel = page.getByRole("group", { name: "Approve a critical risk?" });
  await expect(panel).toContainText("Authorized ranges on aks-ml-lab");
  await expect(panel).toContainText("is open to every address now");
  expect(await decided(page)).toEqual({ state: "waiting", approvals: 0, runs: 0 });
  await panel.getByRole("button", { name: "Approve the critical risk" }).click();
  await expect(page.getByText("Approval needed")).toHaveCount(1);
  expect(await decided(page)).toEqual({ state: "waiting", approvals: 1, runs: 0 });
  await expect(page.getByRole("button", { name: "Approve", exact: true })).toHaveCount(0);
  expect(await rangesOf(story.cluster)).toEqual([]);

  const second = await personPage();
  await signIn(second, "Wanjiru Mbeki");
  await approve(second, story.first);
  await expect(second).toHaveURL(/\/runs\/[0-9a-f-]{36}$/);
  await expectRunSays(second, /^In effect, (seen|assumed)$/, 120_000);
  expect(await rangesOf(story.cluster)).toEqual(expect.arrayContaining([own, `${story.egress}/32`]));
  await page.goto(networkPathOf(story.cluster));
  await expect(page.getByText("Covered", { exact: true }).first()).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: own })).not.toContainText("somebody else's");
});

test("taking out the entry of one's own address warns of that, and two persons decide it", async ({ page }) => {
  const before = await rangesOf(story.cluster);
  await signIn(
    page,
    "Ines Duarte",
    `/network/new?${new URLSearchParams({ cluster: story.cluster, remove: own, reason: "The desk moved" })}`,
  );
  await page.getByLabel(/^Let in the ranges that it calls from/).uncheck();
  const removal = lockedOut(page).filter({ hasText: `Whoever calls from ${own} is locked out. ${own} was let in for people or nodes` });
  await expect(removal).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("Critical risk").first()).toBeVisible();
  await expectAccessibleInBothThemes(page);
  const request = await send(page);
  await expect(removal).toBeVisible();

  await approveUnseen("Priya Raghunathan", request);
  await page.reload();
  expect(await decided(page)).toEqual({ state: "waiting", approvals: 1, runs: 0 });
  expect(await rangesOf(story.cluster)).toEqual(before);
  await approveUnseen("Wanjiru Mbeki", request);
  await expectRunOf("Wanjiru Mbeki", request, "done");
  expect(await rangesOf(story.cluster)).toEqual(before.filter((entry) => entry !== own));
});

test("what would lock out the nodes is told as that", async ({ page }) => {
  const remove = `${story.egress}/32`;
  await signIn(page, "Ines Duarte", `/network/new?${new URLSearchParams({ cluster: story.cluster, remove, reason: "Tidy up" })}`);
  await page.getByLabel(/^Let in the ranges that it calls from/).uncheck();
  await expect(lockedOut(page).filter({ hasText: /let in by no entry.*or the nodes become NotReady/ })).toBeVisible({ timeout: 30_000 });
  await expect(lockedOut(page).filter({ hasText: `Whoever calls from ${remove} is locked out` })).toBeVisible();
  await expect(page.getByText("Critical risk").first()).toBeVisible();
});

/** The sentences about who may be locked out. */
const lockedOut = (page: Page) => page.getByRole("list", { name: "Who may be locked out" }).getByRole("listitem");

async function send(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Send request" }).click();
  await expect(page).toHaveURL(/\/requests\/[0-9a-f-]{36}$/);
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}

/** Where the request of the page stands. */
async function decided(page: Page): Promise<{ state: string; approvals: number; runs: number }> {
  const id = new URL(page.url()).pathname.split("/").at(-1);
  const { body } = await callApi<{ state: string; decisions: object[]; runs: object[] }>(page, "GET", `/api/v1/requests/${id}`);
  return { state: body.state, approvals: body.decisions.length, runs: body.runs.length };
}
