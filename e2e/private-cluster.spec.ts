import { azureNow, control, expect, idsOf, recordOf, signIn, test, writesSince } from "./fixtures";

// A cluster whose API server nobody outside reaches: everything inside goes by the run command.
const name = "aks-ml-private";

test("pods and access of a private cluster are read by a command that a person starts, and the record says who ran what", async ({
  page,
  personPage,
  watched,
}) => {
  test.setTimeout(360_000);
  await signIn(page, "Wanjiru Mbeki");
  const { clusterId: cluster } = await idsOf(page, name, "mlw-claims-prod");
  const [, , subscription, , group] = cluster.split("/");
  const base = `/clusters/${subscription}/${group}/${name}`;
  const readings = `/api/v1${base}/readings`;
  const since = await azureNow();

  for (const [part, row] of [
    ["pods", /^metrics-controller-manager/],
    ["access", /^ml-claims|aks:trustedaccessrole/],
  ] as const) {
    await page.goto(`${base}/${part}`);
    await expect(page.getByText("The API server is not read directly")).toBeVisible();
    await expect(page.getByText(`${name} is private and has no public name`, { exact: false }).first()).toBeVisible();
    await page.getByRole("link", { name: "Read by a command" }).click();
    await expect(page.getByText("Nothing was read by a command in the last five minutes")).toBeVisible();
    await page.getByRole("button", { name: "Run the command" }).click();
    await expect(page.getByRole("table").getByText(row).first()).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText(/^Read by your command, started .* kept for five minutes$/)).toBeVisible();
    await expect(
      page
        .getByRole("main")
        .getByText(/^read (just now|.* ago)$/)
        .first(),
    ).toBeVisible();
  }

  // Azure would let this person do it; the portal role that he is left with does not.
  watched.allow(/403/);
  await control("POST", "/people", { person: "Samuel Ortiz", portalRoles: ["Auditor"] });
  const auditor = await personPage(/403/);
  try {
    await signIn(auditor, "Samuel Ortiz", `${base}/pods?via=run-command`);
  } finally {
    await control("POST", "/people", { person: "Samuel Ortiz", portalRoles: ["Approver.Payments"] });
  }
  await expect(auditor.getByRole("button", { name: "Run the command" })).toBeDisabled();
  await expect(auditor.getByText("An Auditor reads, and runs nothing in a cluster.").first()).toBeVisible();
  await expect(auditor.getByRole("table"), "another person's reading is not shown").toHaveCount(0);
  const refused = await auditor.evaluate(async (path) => {
    const answer = await fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: '{"what":"pods"}' });
    return `${answer.status} ${await answer.text()}`;
  }, readings);
  expect(refused).toMatch(/^403 .*Requester or Approver or Administrator/);

  await auditor.goto(`/audit?action=cluster-read-by-command&actor=${encodeURIComponent("Wanjiru Mbeki")}`);
  for (const what of ["pods", "access"])
    await expect(auditor.getByText(`Wanjiru Mbeki reads ${name} by a command (${what})`).first()).toBeVisible();
  const record = await recordOf("action=cluster-read-by-command");
  expect(record.map(({ outcome, detail }) => `${outcome} ${(detail as { what: string }).what}`)).toEqual([
    "intent pods",
    "ok pods",
    "intent access",
    "ok access",
  ]);
  // One pod for the pods, two for who may do what.
  expect(await writesSince(since, `${cluster}/runCommand$`)).toEqual(["POST 202", "POST 202", "POST 202"]);
  expect(JSON.stringify(record[0]?.detail)).toContain("kubectl get pods");
});
