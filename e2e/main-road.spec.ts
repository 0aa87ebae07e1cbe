import { approve, expect, expectRunSays, signIn, test } from "./fixtures";

test("a requester asks by the form, two approvers approve on production, and the auditor reads who, when, why, before and after", async ({
  page,
  personPage,
}) => {
  test.setTimeout(120_000);
  await signIn(page, "Ines Duarte", "/requests/new");
  await page.getByLabel("Cluster").fill("aks-ml-prod");
  await page
    .getByRole("option", { name: /aks-ml-prod/ })
    .first()
    .click();
  await page.getByLabel("Source resource").fill("mlw-pricing-prod");
  await page
    .getByRole("option", { name: /mlw-pricing-prod/ })
    .first()
    .click();
  await page.getByRole("checkbox", { name: /mlworkload/ }).check();
  await page.getByLabel("Name of the binding").fill("ml-pricing");
  await page.getByLabel("Standing, without an end").check();
  await page.getByLabel("Reason").fill("Serve the pricing model");
  await expect(page.getByText(/Give the workspace mlw-pricing-prod mlworkload on the cluster aks-ml-prod/).first()).toBeVisible();
  await page.getByRole("button", { name: "Send request" }).click();
  await expect(page).toHaveURL(/\/requests\/[0-9a-f-]{36}$/);
  const requestId = page.url().split("/").at(-1) ?? "";

  const first = await personPage();
  await signIn(first, "Priya Raghunathan");
  await approve(first, requestId);
  await expect(first).toHaveURL(/\/requests\//);

  const second = await personPage();
  await signIn(second, "Henrik Vestergaard", "/requests");
  await approve(second, requestId);
  await expect(second).toHaveURL(/\/runs\/[0-9a-f-]{36}$/);
  await expectRunSays(second, "In effect, assumed", 60_000);

  const auditor = await personPage();
  await signIn(auditor, "Marcus Oyelaran", `/audit?request=${requestId}`);
  const main = auditor.getByRole("main");
  for (const person of ["Ines Duarte", "Priya Raghunathan", "Henrik Vestergaard"])
    await expect(main.getByText(person).first()).toBeVisible();
  await expect(main.getByText(/ml-pricing is in effect/).first()).toBeVisible();
});

test("a binding is revoked until it is gone", async ({ page, personPage }) => {
  await signIn(page, "Ines Duarte", "/bindings?search=ml-research");
  await page.getByRole("link", { name: "Revoke" }).first().click();
  await page.getByLabel("Reason").fill("Research has ended");
  await page.getByRole("button", { name: "Send request" }).click();
  await expect(page).toHaveURL(/\/requests\/[0-9a-f-]{36}$/);
  const requestId = page.url().split("/").at(-1) ?? "";

  const approver = await personPage();
  await signIn(approver, "Priya Raghunathan");
  await approve(approver, requestId);
  await expect(approver).toHaveURL(/\/runs\//);
  await expectRunSays(approver, "Gone, assumed", 60_000);
});
