import { approve, askForGrant, callApi, expect, expectAccessibleInBothThemes, inference, signIn, test } from "./fixtures";

test("a critical approval shows the worst rules and wants a second gesture, which one key cannot give", async ({ page, personPage }) => {
  test.setTimeout(120_000);
  await signIn(page, "Ines Duarte", "/");
  const name = "journey-critical";
  const requestId = await askForGrant(page, { cluster: "aks-chaos-mesh-aks", workspace: "aks-chaos-mesh", name, roles: [inference] });
  const approver = await personPage();
  await signIn(approver, "Priya Raghunathan", `/requests/${requestId}`);
  const rules = approver.getByRole("region", { name: "Access in Kubernetes" });
  await expect(rules.getByRole("row").nth(1)).toContainText("critical");
  await expect(rules.getByText(/^\d+ of \d+ lines are folded: /)).toBeVisible();

  const decisions = async (): Promise<unknown[]> =>
    (await callApi<{ decisions: unknown[] }>(approver, "GET", `/api/v1/requests/${requestId}`)).body.decisions;
  const first = approver.getByRole("button", { name: "Approve", exact: true });
  await first.press("Enter");
  const panel = approver.getByRole("group", { name: "Approve a critical risk?" });
  await expect(panel).toBeFocused();
  await expect(panel).toContainText("aks-chaos-mesh-aks");
  await expectAccessibleInBothThemes(approver);
  await approver.keyboard.press("Enter");
  await approver.keyboard.press("Escape");
  await expect(first).toBeFocused();
  expect(await decisions()).toEqual([]);

  await approve(approver, requestId);
  expect(await decisions()).toHaveLength(1);
});
