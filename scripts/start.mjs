#!/usr/bin/env node
// Bindery for a real tenant: web, worker and, without DATABASE_URL, an embedded database. Never falls back to the demo.
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { launch, portFromEnvironment } from "./launch.mjs";
import { root, setup } from "./setup.mjs";

if (existsSync(join(root, ".env"))) process.loadEnvFile(join(root, ".env"));
const port = portFromEnvironment();
await setup({ production: false });
await checkSettings();
await setup();
await launch(
  { dataDir: process.env.BINDERY_DATA_DIR || ".data", port, localAzure: false, logToTerminal: true, environment: certificateAuthority() },
  ({ origin }) => `Bindery answers at ${origin}`,
);

/** Ends this process when a setting is missing or wrong, with a line for each. */
async function checkSettings() {
  const { readSettings } = await import(join(root, "dist/settings.mjs"));
  try {
    // The embedded database's address is known only once its server runs.
    readSettings({ ...process.env, DATABASE_URL: process.env.DATABASE_URL || "postgresql://embedded/bindery" });
  } catch (error) {
    console.error(`${error.message}\n\n.env.example explains each setting. To look around without a tenant: npm run demo`);
    process.exit(1);
  }
}

/** A cloud's own certificate authority. Node.js reads this variable only when a process starts, so it is set before web and worker do. */
function certificateAuthority() {
  const file = process.env.BINDERY_CLOUD_FILE;
  if (!file || process.env.NODE_EXTRA_CA_CERTS || !existsSync(resolve(root, file))) return {};
  const { caFile } = JSON.parse(readFileSync(resolve(root, file), "utf8"));
  return caFile ? { NODE_EXTRA_CA_CERTS: resolve(root, caFile) } : {};
}
