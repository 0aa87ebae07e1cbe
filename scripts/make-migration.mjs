#!/usr/bin/env node
// Writes the migration that leads from the ones there to prisma/schema.prisma: node scripts/make-migration.mjs what-it-does
// With --check it writes nothing and ends with code 1 when one is missing.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, setup } from "./setup.mjs";

const check = process.argv.includes("--check");
const name = process.argv.slice(2).find((word) => !word.startsWith("--"));
if (!check && !/^[a-z0-9][a-z0-9-]*$/.test(name ?? "")) {
  console.error("Say what the migration does in small letters: node scripts/make-migration.mjs add-notices");
  process.exit(1);
}
await setup({ production: false });
const { embeddedServer, missingSql } = await import(join(root, "dist/database.mjs"));
const server = await embeddedServer({ dataDir: join(root, ".data/test") });
const folder = join(root, "prisma/migrations");
const sql = await missingSql(server.url, folder, join(root, "prisma/schema.prisma"));
if (!server.adopted) await server.stop();

if (sql === "") {
  console.log("The migrations say the same as the schema.");
} else if (check) {
  console.error(`The migrations lack:\n\n${sql}`);
  process.exit(1);
} else {
  const time = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const target = join(folder, `${time}_${name.replaceAll("-", "_")}`);
  mkdirSync(target);
  writeFileSync(
    join(target, "migration.sql"),
    `-- One transaction: a migration that fails leaves nothing behind.\nBEGIN;\n\n${sql.trim()}\n\nCOMMIT;\n`,
  );
  console.log(`Written: ${target}. Read it before you commit it.`);
}
