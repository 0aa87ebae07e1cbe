import { askForGrant, callApi, expect, signIn, test } from "./fixtures";

test("a person without a portal role is told so, and gets nothing", async ({ page, watched }) => {
  watched.allow(/403/);
  await signIn(page, "Daniel Kowalski");
  await expect(page.getByRole("heading", { name: /portal role/i }).first()).toBeVisible();
  for (const path of ["/api/v1/clusters", "/api/v1/requests", "/api/v1/runs", "/api/v1/bindings", "/api/v1/audit"])
    expect((await callApi(page, "GET", path)).status, path).toBe(403);
});

test("a person who reads one subscription sees nothing of the others, by any page, count, search or id", async ({
  page,
  personPage,
  watched,
}) => {
  watched.allow(/404/);
  const other = await personPage();
  await signIn(other, "Ines Duarte");
  const hidden = await askForGrant(other, { cluster: "aks-ml-prod", workspace: "mlw-recommend", name: "hidden-one" });
  const all = await callApi<{ items: { id: string; name: string; subscriptionId: string }[]; total: number }>(
    other,
    "GET",
    "/api/v1/clusters?limit=200",
  );

  await signIn(page, "Noah Bennett", "/clusters");
  const mine = await callApi<typeof all.body>(page, "GET", "/api/v1/clusters?limit=200");
  const subscriptions = new Set(mine.body.items.map((cluster) => cluster.subscriptionId));
  expect(subscriptions.size).toBe(1);
  expect(mine.body.total).toBe(mine.body.items.length);
  expect(mine.body.total).toBeLessThan(all.body.total);
  await expect(page.getByText("aks-ml-prod")).toHaveCount(0);

  expect((await callApi<{ items: unknown[]; total: number }>(page, "GET", "/api/v1/clusters?search=aks-ml-prod")).body).toMatchObject({
    items: [],
    total: 0,
  });
  expect((await callApi<{ items: unknown[] }>(page, "GET", "/api/v1/requests?search=hidden-one")).body.items).toEqual([]);
  const bindings = await callApi<{ items: { clusterName: string }[] }>(page, "GET", "/api/v1/bindings?limit=200");
  expect(bindings.body.items.filter((binding) => binding.clusterName.includes("prod"))).toEqual([]);

  const cluster = all.body.items.find((one) => one.name === "aks-ml-prod");
  const [, , subscription, , group, , , , name] = (cluster?.id ?? "").split("/");
  const refused = await callApi<{ detail: string; correlationId?: string }>(
    page,
    "GET",
    `/api/v1/clusters/${subscription}/${group}/${name}`,
  );
  const absent = await callApi<{ detail: string; correlationId?: string }>(
    page,
    "GET",
    `/api/v1/clusters/${subscription}/${group}/no-such-cluster`,
  );
  expect(refused.status).toBe(404);
  expect({ ...refused.body, correlationId: "" }).toEqual({ ...absent.body, correlationId: "" });
  expect((await callApi(page, "GET", `/api/v1/requests/${hidden}`)).status).toBe(404);
  await page.goto(`/requests/${hidden}`);
  await expect(page.getByText("hidden-one")).toHaveCount(0);
});

test("an auditor reads everything and changes nothing", async ({ page, personPage, watched }) => {
  watched.allow(/403/);
  const requester = await personPage();
  await signIn(requester, "Ines Duarte");
  const id = await askForGrant(requester, { cluster: "aks-chaos-mesh-aks", workspace: "mlw-sandbox", name: "audited" });

  await signIn(page, "Marcus Oyelaran", `/requests/${id}`);
  await expect(page.getByText(/Give the workspace mlw-sandbox mlworkload/).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Approve", exact: true })).toHaveCount(0);
  const digest = "0".repeat(64);
  const writes: [string, unknown][] = [
    ["/api/v1/requests", {}],
    [`/api/v1/requests/${id}/decisions`, { digest, verdict: "approve" }],
    [`/api/v1/requests/${id}/comments`, { text: "x" }],
    [`/api/v1/requests/${id}/withdraw`, {}],
    ["/api/v1/settings/pause-writes", { paused: true, reason: "x" }],
  ];
  for (const [path, body] of writes) expect((await callApi(page, "POST", path, body)).status, path).toBe(403);
  const text = await page.evaluate(async () => (await fetch("/api/v1/audit/export?format=jsonl")).text());
  expect(text).toContain("request-submitted");
  expect(text).not.toMatch(/eyJ[A-Za-z0-9_-]{20,}/);
});
