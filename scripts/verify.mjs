#!/usr/bin/env node
// Everything that can be said about the sources without starting the product: types, lint, format, and unit tests with --tests.
import { isMain } from "./main-module.mjs";
import { run, setup } from "./setup.mjs";

const node = process.execPath;
const checks = {
  types: [
    [node, ["node_modules/next/dist/bin/next", "typegen"]],
    [node, ["node_modules/typescript/bin/tsc", "--noEmit"]],
  ],
  lint: [[node, ["node_modules/oxlint/bin/oxlint", "--type-aware"]]],
  format: [[node, ["node_modules/@biomejs/biome/bin/biome", "check"]]],
};

/** Runs the checks one after another; throws at the first that fails. */
export async function verify() {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1" };
  for (const commands of Object.values(checks)) for (const [command, args] of commands) await run(command, args, { env });
}

/** Runs the unit tests. */
export async function unitTests() {
  await run(node, ["node_modules/vitest/vitest.mjs", "run"]);
}

if (isMain(import.meta.url)) {
  try {
    await setup({ production: false });
    await verify();
    await unitTests();
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
