import { approve, askForGrant, callApi, control, expect, expectRunSays, idsOf, signIn, test } from "./fixtures";

test("nobody approves their own request, in the page or behind it", async ({ page, watched }) => {
  watched.allow(/403/);
  await signIn(page, "Grace Kimani");
  const id = await askForGrant(page, { cluster: "aks-chaos-mesh-aks", workspace: "mlw-sandbox", name: "own-request" });
  await page.goto(`/requests/${id}`);
  await expect(page.getByText(/This is your own request: somebody else has to decide/).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Approve", exact: true })).toHaveCount(0);
  const { body } = await callApi<{ digest: string }>(page, "GET", `/api/v1/requests/${id}`);
  const decided = await callApi<{ code: string }>(page, "POST", `/api/v1/requests/${id}/decisions`, {
    digest: body.digest,
    verdict: "approve",
  });
  expect(decided.status).toBe(403);
  expect(decided.body.code).toBe("forbidden");
});

test("a change made outside after the plan voids it, and says what changed", async ({ page, personPage }) => {
  await signIn(page, "Ines Duarte");
  const id = await askForGrant(page, { cluster: "aks-ml-ci", workspace: "mlw-sandbox", name: "void-me" });
  const { sourceResourceId } = await idsOf(page, "aks-ml-ci", "mlw-sandbox");
  await control("POST", "/identities", { id: sourceResourceId, type: "SystemAssigned" });

  const approver = await personPage(/409/);
  await signIn(approver, "Priya Raghunathan", `/requests/${id}`);
  const decided = approver.waitForResponse((answer) => answer.url().endsWith("/decisions"));
  await approver.getByRole("button", { name: "Approve", exact: true }).click();
  expect((await decided).status()).toBe(409);
  await expect(approver.getByText(/plan 1 is void/).first()).toBeVisible();
  await approve(approver, id);
  await expect(approver).toHaveURL(/\/runs\//);
  await expectRunSays(approver, "In effect, seen", 60_000);
});

test("what an approver may not do in Azure waits for rights, and another approver carries it on", async ({ page, personPage }) => {
  await signIn(page, "Ines Duarte");
  const id = await askForGrant(page, { cluster: "aks-feature-store", workspace: "mlw-research", name: "needs-rights" });

  const reader = await personPage();
  await signIn(reader, "Lena Fischer");
  await approve(reader, id);
  await expect(reader).toHaveURL(/\/runs\//);
  await expectRunSays(reader, "Rights needed");
  await expect(reader.getByText("Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings/write").first()).toBeVisible();

  const other = await personPage();
  await signIn(other, "Priya Raghunathan", new URL(reader.url()).pathname);
  await other.getByRole("button", { name: "Carry on" }).click();
  await expectRunSays(other, "In effect, seen", 60_000);
});

test("Azure asks for a stronger sign-in in the middle of a run, and the run goes on by itself afterwards", async ({ page, personPage }) => {
  await control("POST", "/claims", { person: "adm-iduarte", acrs: ["c1"] });
  await signIn(page, "Tomás Okafor");
  const id = await askForGrant(page, { cluster: "aks-ml-private", workspace: "mlw-pricing-prod", name: "step-up" });
  const first = await personPage();
  await signIn(first, "Priya Raghunathan");
  await approve(first, id);

  const second = await personPage();
  await signIn(second, "adm-iduarte");
  await approve(second, id);
  await expect(second).toHaveURL(/\/runs\//);
  await expectRunSays(second, "Sign-in needed");
  await second
    .getByRole("link", { name: /Sign in/ })
    .first()
    .click();
  const confirm = second.getByRole("button", { name: /Confirm it is you/ });
  const person = second.getByRole("button", { name: /adm-iduarte/ });
  await expect(confirm.or(person).first()).toBeVisible();
  if (await person.isVisible()) await person.click();
  await confirm.click();
  await expect(second).toHaveURL(/\/runs\//);
  await expectRunSays(second, "In effect, assumed", 60_000);
});
