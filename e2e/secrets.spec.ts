import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { issue } from "../lib/deployments/settings/testing/issue";
import { expect, signIn, test } from "./fixtures";
import { PortalClient } from "./http/portal-client";

// Runs behind all other journeys: what they left in tables, logs and exports must hold no token and no secret.

/** Texts that only a token, an authorization code's carrier or a signed address looks like. */
const shapes = [/eyJ[A-Za-z0-9_-]{16,}\.eyJ[A-Za-z0-9_-]{16,}/, /Bearer\s+[A-Za-z0-9._-]{20,}/i, /[?&]t=\d+&c=[^&\s"]+&s=[^&\s"]+&h=/];

function secretsOfThisStack(): string[] {
  const folder = process.env.BINDERY_E2E_DATA ?? "";
  const azure = join(folder, "azure");
  const secrets = [readFileSync(join(folder, "sealing-keys"), "utf8").split(":")[1]?.trim() ?? ""];
  for (const name of readdirSync(azure)) {
    const text = readFileSync(join(azure, name), "utf8");
    for (const [, secret] of text.matchAll(/"(?:clientSecret|operationSecret)":\s*"([^"]+)"/g))
      if (secret !== undefined) secrets.push(secret);
  }
  return secrets;
}

/** What the secrets of a deployment look like on their way: the private key as PEM and as the settings of the extension carry it, and another value. */
const keyTexts: string[] = [];

test("a deployment with a certificate ends in effect, and its key is wiped", async () => {
  test.setTimeout(180_000);
  const origin = process.env.BINDERY_E2E_ORIGIN ?? "";
  const [requester, first, second] = [new PortalClient(origin), new PortalClient(origin), new PortalClient(origin)] as const;
  await requester.signIn("Ines Duarte");
  await first.signIn("Priya Raghunathan");
  await second.signIn("Wanjiru Mbeki");
  const own = await issue({ name: "CN=ml.contoso.com", names: ["ml.contoso.com"] });
  const [body = ""] = own.key.split("\n").filter((line) => /^[A-Za-z0-9+/=]{40,}$/.test(line));
  keyTexts.push(
    body,
    Buffer.from(own.key).toString("base64").slice(40, 120),
    Buffer.from(own.key.trim()).toString("base64").slice(40, 120),
  );
  expect(body.length).toBeGreaterThan(30);
  const workspaceKey = Buffer.from("The shared key of a Log Analytics workspace.").toString("base64");
  keyTexts.push(workspaceKey);

  const { refs } = await requester.post<{ refs: Record<string, { ref: string }> }>("/api/v1/deployments/certificates", {
    certificate: own.pem,
    key: own.key,
  });
  const logs = "azure_log_analytics.connection_string";
  const paste = await requester.post<{ protected: Record<string, { ref: string }> }>("/api/v1/deployments/paste", {
    text: `az k8s-extension create --name azureml --config-protected ${logs}=${workspaceKey}`,
  });
  expect(Object.keys(paste.protected)).toEqual([logs]);
  const { items: clusters } = await second.get<{ items: { id: string; name: string }[] }>("/api/v1/clusters?limit=200");
  const clusterId = clusters.find(({ name }) => name === "aks-feature-store")?.id ?? "";
  const workspace = clusterId.replace(
    /\/resourceGroups\/.*$/,
    "/resourceGroups/rg-data-science/providers/Microsoft.MachineLearningServices/workspaces/mlw-research",
  );
  const settings = {
    enableInference: "True",
    inferenceRouterServiceType: "loadBalancer",
    internalLoadBalancerProvider: "azure",
    inferenceRouterHA: "False",
    installPromOp: "False",
    sslCname: "ml.contoso.com",
    "azure_log_analytics.enabled": "True",
    "azure_log_analytics.customer_id": "1b2c3d4e-0000-4000-8000-000000000001",
  };
  const { id } = await requester.post<{ id: string }>("/api/v1/requests", {
    kind: "ml-deploy",
    clusterId,
    workspace: { use: "existing", id: workspace },
    extension: { name: "azureml", settings, protected: { ...refs, ...paste.protected } },
    compute: { name: "k8s-sealed", namespace: "sealed" },
    bindingName: "sealed-mlworkload",
    reason: "Serve with HTTPS",
    ticket: "CHG-77",
  });
  for (const approver of [first, second]) {
    const { digest } = await approver.get<{ digest: string }>(`/api/v1/requests/${id}`);
    await approver.post(`/api/v1/requests/${id}/decisions`, { digest, verdict: "approve", acceptsRisk: "critical" });
  }
  const state = async (): Promise<string> => {
    const { runs } = await second.get<{ runs: { id: string; state: string }[] }>(`/api/v1/requests/${id}`);
    const run = runs[0];
    if (run?.state !== "failed" && run?.state !== "rights-needed") return run?.state ?? "none";
    const { error } = await second.get<{ error: { message: string } | null }>(`/api/v1/runs/${run.id}`);
    return `${run.state}: ${error?.message}`;
  };
  await expect.poll(state, { timeout: 120_000, intervals: [500] }).toBe("done");
  const client = new pg.Client({ connectionString: process.env.BINDERY_E2E_DATABASE });
  await client.connect();
  const { rows } = await client.query(`SELECT 1 FROM protected_value WHERE "requestId" = $1`, [id]);
  await client.end();
  expect(rows).toEqual([]);
});

function faultsIn(where: string, text: string, secrets: string[]): string[] {
  const found = shapes.filter((shape) => shape.test(text)).map((shape) => `${where} holds what looks like ${shape.source}`);
  return [...found, ...secrets.filter((secret) => text.includes(secret)).map(() => `${where} holds a secret of the installation`)];
}

test("no token and no secret is left in tables, logs or exports", async ({ page }) => {
  const secrets = secretsOfThisStack();
  expect(secrets.filter((secret) => secret.length > 20).length, "the secrets to look for").toBeGreaterThanOrEqual(3);
  expect(keyTexts.filter((text) => text.length > 30).length, "the texts of the key and the value to look for").toBe(4);
  secrets.push(...keyTexts);
  const faults: string[] = [];

  const client = new pg.Client({ connectionString: process.env.BINDERY_E2E_DATABASE });
  await client.connect();
  const { rows: tables } = await client.query<{ name: string }>(
    "SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema IN ('public', 'dbos') AND table_type = 'BASE TABLE'",
  );
  expect(tables.length).toBeGreaterThan(20);
  let looked = 0;
  for (const { name } of tables) {
    const { rows } = await client.query<{ text: string }>(`SELECT row_to_json(t)::text AS text FROM ${name} t LIMIT 20000`);
    looked += rows.length;
    for (const { text } of rows) faults.push(...faultsIn(`table ${name}`, text, secrets));
  }
  await client.end();
  expect(looked, "rows that the journeys left").toBeGreaterThan(100);

  const logs = join(process.env.BINDERY_E2E_DATA ?? "", "logs");
  expect(existsSync(logs)).toBe(true);
  for (const name of readdirSync(logs)) faults.push(...faultsIn(`log ${name}`, readFileSync(join(logs, name), "utf8"), secrets));

  await signIn(page, "Marcus Oyelaran");
  for (const format of ["jsonl", "csv"]) {
    const text = await page.evaluate(async (kind) => (await fetch(`/api/v1/audit/export?format=${kind}`)).text(), format);
    expect(text.length).toBeGreaterThan(1000);
    faults.push(...faultsIn(`export ${format}`, text, secrets));
  }
  expect([...new Set(faults)]).toEqual([]);
});
