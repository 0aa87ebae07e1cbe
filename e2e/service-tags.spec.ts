import { writeFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import {
  callApi,
  changedFile,
  clusterIdOf,
  expect,
  expectAccessibleInBothThemes,
  networkPathOf,
  signIn,
  test,
  weeklyFile,
  type WeeklyFile,
} from "./fixtures";

// Of a region and its pair that no other journey opens anything to.
const grown = "AzureMachineLearning.UKSouth";
const shrunk = "AzureMachineLearning.UKWest";
const cluster = "aks-ml-watched";
const newRange = "51.11.25.0/28";

type Tags = { current: { id: string; sightings: { changeNumber: number }[] } | null };

/** The snapshot in use, once the worker has read the first one. */
async function tagsInUse(page: Page): Promise<{ id: string; number: number }> {
  const read = async () => (await callApi<Tags>(page, "GET", "/api/v1/network/tags")).body.current;
  await expect.poll(read).not.toBeNull();
  const current = await read();
  return { id: current?.id ?? "", number: current?.sightings[0]?.changeNumber ?? 0 };
}

const asFile = (file: WeeklyFile, name: string) => ({ name, mimeType: "application/json", buffer: Buffer.from(JSON.stringify(file)) });
const today = (): string => new Date().toISOString().slice(0, 10).replaceAll("-", "");
const inUse = (page: Page) => page.getByRole("row").filter({ has: page.getByText("In use", { exact: true }) });

test("an administrator imports a newer file, sees what changed since when, accepts what a tag lost, and withdraws the file", async ({
  page,
  personPage,
}) => {
  test.setTimeout(240_000);
  await signIn(page, "Sofia Almeida", "/network/snapshots");
  const before = await tagsInUse(page);
  const file = await weeklyFile();
  const number = Math.max(before.number, file.changeNumber) + 1;
  const changed = changedFile(file, number, (name, ranges) =>
    name === grown ? [newRange, ...ranges] : name === shrunk ? ranges.filter((range) => range.includes(":")) : ranges,
  );
  const reader = await personPage();
  await signIn(reader, "Grace Kimani", "/network/snapshots");
  await expect(reader.getByText("Service tags are imported with the portal role Administrator")).toBeVisible();
  await expect(reader.getByRole("button", { name: "Import" })).toHaveCount(0);
  await expect(reader.locator("input[type=file]")).toHaveCount(0);
  try {
    await page.getByLabel("Weekly file", { exact: true }).setInputFiles(asFile(changed, `ServiceTags_Public_${today()}.json`));
    await page.getByRole("button", { name: "Import", exact: true }).press("Enter");
    await expect(page.getByText(`Service tags ${number} are in use`, { exact: true })).toBeVisible();
    await expect(inUse(page)).toContainText(`${number}`);
    await expect(inUse(page)).toContainText("imported as a file by Sofia Almeida");
    await expectAccessibleInBothThemes(page);
    // Who looks at the page meanwhile hears of it.
    await expect(reader.getByText("A service tag lost ranges")).toBeVisible();

    await page.getByRole("link", { name: "Compare with the one before" }).click();
    await expect(page.getByRole("row", { name: new RegExp(`^${grown} .*uksouth Changed 1 0`) })).toBeVisible();
    const lossRow = page.getByRole("row").filter({ hasText: shrunk });
    await expect(lossRow).toContainText("lost 2 ranges");
    await lossRow.locator("summary").press("Enter");
    await expect(lossRow.getByLabel(`removed ranges of ${shrunk}`, { exact: true })).toContainText("51.137.161.224/28");
    await expectAccessibleInBothThemes(page);
    await page.getByLabel("Search tags and ranges").fill(newRange.slice(0, 9));
    await expect(lossRow).toHaveCount(0);
    await expect(page).toHaveURL(/search=51\.11\.25/);
    await page.getByRole("link", { name: "The other way round" }).click();
    await expect(page.getByRole("row", { name: new RegExp(`^${grown} .*uksouth Changed 0 1`) })).toBeVisible();
    await page.goto(`/network/snapshots/compare?from=${before.id}&to=${before.id}`);
    await expect(page.getByText("Nothing differs")).toBeVisible();

    await page.goto("/network");
    await page.getByRole("link", { name: grown, exact: true }).click();
    const range = page.getByRole("table", { name: "Table of ranges" }).getByRole("row").filter({ hasText: newRange });
    await expect(range).toContainText(/Not for 6 d|Not for 7 d/);
    await expect(page.getByText(/^IPv4 ranges: from \d+ to \d+$/)).toBeVisible();
    await expect(page.getByRole("table", { name: "Table of snapshots with a change" }).getByRole("row").nth(1)).toContainText("1 added");
    await expectAccessibleInBothThemes(page);

    await expectWarnedOf(reader);
    await acceptLoss(page);
    await expect(reader.getByText("A service tag lost ranges")).toHaveCount(0);
    await withdraw(page, number);
    expect((await tagsInUse(page)).id).toBe(before.id);
  } finally {
    // The other journeys go on with what the local Azure publishes.
    const { id } = await tagsInUse(page);
    if (id !== before.id)
      await callApi(page, "POST", `/api/v1/network/snapshots/${id}/standing`, { withdrawn: true, reason: "The journey failed." });
  }
});

async function withdraw(page: Page, number: number): Promise<void> {
  await page.goto("/network/snapshots");
  const row = page.getByRole("row").filter({ hasText: `${number}` });
  await row.getByRole("button", { name: "Withdraw" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: `Withdraw snapshot ${number}` });
  await expect(dialog.getByRole("button", { name: "Withdraw it" })).toBeDisabled();
  await dialog.getByLabel("Why").fill("Not Microsoft's");
  await expectAccessibleInBothThemes(page);
  await dialog.getByRole("button", { name: "Withdraw it" }).press("Enter");
  await expect(row).toContainText(/Withdrawn.*by Sofia Almeida .*: Not Microsoft's/);
  await expect(inUse(page)).not.toContainText(`${number}`);
  await expect(row.getByRole("button", { name: "Let it count" })).toBeVisible();
}

/** The warning stands wherever the tag counts, and who may not accept it is told who may. */
async function expectWarnedOf(reader: Page): Promise<void> {
  const warning = reader.getByText("A service tag lost ranges");
  const clusterId = await clusterIdOf(reader, cluster);
  for (const path of ["/network/clusters", "/network", `/network/tags/${shrunk}`, networkPathOf(clusterId)]) {
    await reader.goto(path);
    await expect(warning).toBeVisible();
    await expect(reader.getByText(/or an administrator of Bindery accepts the loss/)).toBeVisible();
    await expect(reader.getByRole("button", { name: "Accept…" })).toHaveCount(0);
  }
  await reader.goto(`/network/new?${new URLSearchParams({ cluster: clusterId, reason: "A look" })}`);
  await expect(reader.getByText(/UKWest lacks 2 ranges that it had, since .* nothing is removed on its word/).first()).toBeVisible({
    timeout: 30_000,
  });
  await reader.goto("/network");
}

async function acceptLoss(page: Page): Promise<void> {
  await page.goto(`/network/tags/${shrunk}`);
  await page.getByRole("button", { name: "Accept…" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: "Accept the loss of ranges" });
  await expect(dialog.getByRole("button", { name: "Accept the loss" })).toBeDisabled();
  await dialog.getByLabel("Why").fill("Announced by Microsoft");
  await expectAccessibleInBothThemes(page);
  await dialog.getByRole("button", { name: "Accept the loss" }).press("Enter");
  await expect(page.getByText(`Accepted: what ${shrunk} lost.`, { exact: false })).toBeVisible();
  await expect(page.getByText("A service tag lost ranges")).toHaveCount(0);
}

test("a file that is cut off or too large is refused with what is wrong, and the last good one stays in use", async ({
  page,
  watched,
}, info) => {
  watched.allow(/status of 400/);
  await signIn(page, "Sofia Almeida", "/network/snapshots");
  const { id } = await tagsInUse(page);
  const sent: string[] = [];
  page.on("request", (request) => request.method() === "POST" && sent.push(new URL(request.url()).pathname));
  const field = page.getByLabel("Weekly file", { exact: true });

  const large = info.outputPath("ServiceTags_Public_20251201.json");
  writeFileSync(large, Buffer.alloc(33 * 1024 * 1024, " "));
  await field.setInputFiles(large);
  await expect(page.getByText(/has 33\.0 MB\. The document is larger than 32 MB/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Import", exact: true })).toBeDisabled();
  await expectAccessibleInBothThemes(page);
  expect(sent).toEqual([]);

  const text = JSON.stringify(await weeklyFile(), null, 2);
  const dropped = await page.evaluateHandle(
    (content) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], "cut.json", { type: "application/json" }));
      return transfer;
    },
    text.slice(0, text.length / 2),
  );
  await field.locator("..").dispatchEvent("drop", { dataTransfer: dropped });
  await expect(page.getByText(/^cut\.json, 0\.\d MB\.$/)).toBeVisible();
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByText("The document was not taken")).toBeVisible();
  await expect(page.getByRole("list", { name: "Faults" })).toContainText(/line \d+: The document is no sound JSON at line \d+/);
  await expect(page.getByText(/The service tags in use stay as they are\./)).toBeVisible();
  await expectAccessibleInBothThemes(page);
  expect(sent).toEqual(["/api/v1/network/snapshots"]);
  expect((await tagsInUse(page)).id).toBe(id);
});

test("what Azure answers is imported with the person's own rights, and stands behind the weekly file", async ({ page }) => {
  await signIn(page, "Sofia Almeida", "/network/snapshots");
  const { id } = await tagsInUse(page);
  await expect(page.getByLabel("Subscription")).toBeEnabled();
  await page.getByLabel("Region", { exact: true }).fill("eastus2");
  await page.getByLabel("Region", { exact: true }).press("Enter");
  await expect(page.getByText(/are older than those in use/)).toBeVisible();
  await expect(page.getByText("read from Azure by Sofia Almeida").first()).toBeVisible();
  expect((await tagsInUse(page)).id).toBe(id);
});
