import { approve, askForGrant, expect, expectAccessibleInBothThemes, expectRunSays, signIn, test } from "./fixtures";

// Every rule is asked of a whole page, twice: on a busy machine that alone takes most of a minute.
test.describe.configure({ timeout: 150_000 });

const pages = [
  "/",
  "/clusters",
  "/workspaces",
  "/bindings",
  "/requests",
  "/requests/new",
  "/deployments/new",
  "/deployments/new?kind=ml-teardown",
  "/runs",
  "/roles",
  "/policies",
  "/settings",
];

for (const path of pages) {
  test(`${path} breaks no accessibility rule in light or dark`, async ({ page }) => {
    await signIn(page, "Priya Raghunathan", path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByText("Reading…")).toHaveCount(0);
    await expectAccessibleInBothThemes(page);
  });
}

test("the review of a request breaks no accessibility rule", async ({ page, personPage }) => {
  const requester = await personPage();
  await signIn(requester, "Ines Duarte");
  const id = await askForGrant(requester, { cluster: "aks-chaos-mesh-aks", workspace: "mlw-sandbox", name: "look-at-me" });
  await signIn(page, "Priya Raghunathan", `/requests/${id}`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expectAccessibleInBothThemes(page);
});

test("a run's page breaks no accessibility rule, while it waits for a person and when it is done", async ({ page, personPage }) => {
  test.setTimeout(180_000);
  const requester = await personPage();
  await signIn(requester, "Ines Duarte");
  const id = await askForGrant(requester, { cluster: "aks-chaos-mesh-aks", workspace: "mlw-vision", name: "look-at-my-run" });
  const reader = await personPage();
  await signIn(reader, "Lena Fischer");
  await approve(reader, id);
  await expect(reader).toHaveURL(/\/runs\//);
  await expectRunSays(reader, "Rights needed");
  await expectAccessibleInBothThemes(reader);

  await signIn(page, "Priya Raghunathan", new URL(reader.url()).pathname);
  await page.getByRole("button", { name: "Carry on" }).click();
  await expectRunSays(page, "In effect, seen", 60_000);
  await expectAccessibleInBothThemes(page);
});

test("a navigation leads to the heading of the new page, and filters leave the focus where it is", async ({ page }) => {
  await signIn(page, "Priya Raghunathan", "/clusters");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /^Runs/ }).press("Enter");
  await expect(page).toHaveURL(/\/runs$/);
  await expect(page.getByRole("heading", { level: 1, name: "Runs" })).toBeFocused();
  expect(await page.evaluate(() => window.scrollY)).toBe(0);
  // Choosing by the test's own means does not move the focus, as a person's choice would.
  await page.getByLabel("State").focus();
  await page.getByLabel("State").selectOption("done");
  await expect(page).toHaveURL(/state=done/);
  await expect(page.getByLabel("State")).toBeFocused();
});

test("a cluster's page breaks no accessibility rule", async ({ page }) => {
  await signIn(page, "Priya Raghunathan", "/clusters?search=aks-ml-shared");
  await page.getByRole("link", { name: "aks-ml-shared" }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: /aks-ml-shared/ })).toBeVisible();
  await expect(page.getByText("Reading…")).toHaveCount(0);
  await expectAccessibleInBothThemes(page);
});

test("a cluster's pods and access, and a workspace's page, break no accessibility rule", async ({ page }) => {
  await signIn(page, "Wanjiru Mbeki", "/clusters?search=aks-ml-ci");
  await page.getByRole("link", { name: "aks-ml-ci" }).first().click();
  for (const part of ["Pods", "Access"]) {
    await page.getByRole("navigation", { name: "Parts of the cluster" }).getByRole("link", { name: part }).click();
    await expect(page.getByRole("table").first()).toBeVisible();
    await expectAccessibleInBothThemes(page);
  }
  await page.goto("/workspaces?search=mlw-vision");
  await page.getByRole("link", { name: "mlw-vision" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /mlw-vision/ })).toBeVisible();
  await expectAccessibleInBothThemes(page);
});

test("the audit and the sign-in page break no accessibility rule", async ({ page }) => {
  await page.goto("/sign-in");
  await expectAccessibleInBothThemes(page);
  await signIn(page, "Marcus Oyelaran", "/audit");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expectAccessibleInBothThemes(page);
});
