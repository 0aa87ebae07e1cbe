import { approve, askForGrant, callApi, expect, expectRunSays, idsOf, mlworkload, signIn, test } from "./fixtures";

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

test("a binding gets another source: the plan deletes and creates, in that order, and the run does both", async ({ page, personPage }) => {
  test.setTimeout(120_000);
  await signIn(page, "Ines Duarte");
  const first = await askForGrant(page, { cluster: "aks-ml-ci", workspace: "mlw-recommend", name: "moving-in" });
  const approver = await personPage();
  await signIn(approver, "Priya Raghunathan");
  await approve(approver, first);
  await expectRunSays(approver, "In effect, seen");

  const { clusterId, sourceResourceId } = await idsOf(page, "aks-ml-ci", "mlw-vision");
  const asked = await callApi<{ id: string }>(page, "POST", "/api/v1/requests", {
    kind: "binding-update",
    clusterId,
    name: "moving-in",
    sourceResourceId,
    roles: [mlworkload],
    hours: null,
    reason: "The workspace moved",
    ticket: "CHG-101",
  });
  expect(asked.status, JSON.stringify(asked.body)).toBe(201);
  await approver.goto(`/requests/${asked.body.id}`);
  await expect(
    approver
      .getByRole("main")
      .getByText(/^DELETE/)
      .first(),
  ).toBeVisible();
  await approve(approver, asked.body.id);
  await expectRunSays(approver, "In effect, assumed");
  const runId = new URL(approver.url()).pathname.split("/").at(-1) ?? "";
  const run = await callApi<{ calls: { purpose: string; method: string }[] }>(approver, "GET", `/api/v1/runs/${runId}`);
  expect(run.body.calls.filter((call) => call.purpose === "write").map((call) => call.method)).toEqual(["DELETE", "PUT"]);
  const bindings = await callApi<{ items: { name: string; standing: string; sourceResourceId: string }[] }>(
    approver,
    "GET",
    "/api/v1/bindings?search=moving-in",
  );
  expect(bindings.body.items.map(({ standing, sourceResourceId: source }) => [standing, source.toLowerCase()])).toEqual([
    ["approved-here", sourceResourceId.toLowerCase()],
  ]);
});
