import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { expect, signIn, test } from "./fixtures";

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

function faultsIn(where: string, text: string, secrets: string[]): string[] {
  const found = shapes.filter((shape) => shape.test(text)).map((shape) => `${where} holds what looks like ${shape.source}`);
  return [...found, ...secrets.filter((secret) => text.includes(secret)).map(() => `${where} holds a secret of the installation`)];
}

test("no token and no secret is left in tables, logs or exports", async ({ page }) => {
  const secrets = secretsOfThisStack();
  expect(secrets.filter((secret) => secret.length > 20).length, "the secrets to look for").toBeGreaterThanOrEqual(3);
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
