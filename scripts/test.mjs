#!/usr/bin/env node
// The whole proof, in one command: set-up, types, lint, format, unit tests, production build and browser journeys. Starts what it
// needs, ends what it started, and says how many tests passed.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root, run, setup } from "./setup.mjs";
import { verify } from "./verify.mjs";

const node = process.execPath;
const results = mkdtempSync(join(tmpdir(), "bindery-results-"));
const timings = [];
const counts = { passed: 0, failed: 0 };
let broken = false;

await phase("set-up", () => setup({ production: false }));
// Without packages and bundles nothing else can tell anything.
if (broken) process.exit(1);
const { stopEmbedded } = await import(join(root, "dist/database.mjs"));
const testData = join(root, ".data/test");
try {
  await phase("types, lint, format", verify);
  await phase("unit tests", unitTests);
  await phase("web build", () => setup());
  await phase("browser journeys", browserJourneys);
} finally {
  await stopEmbedded(testData);
  rmSync(results, { recursive: true, force: true });
}
console.log(`\n${timings.join("\n")}\n\n${counts.passed} passed, ${counts.failed} failed`);
process.exit(broken || counts.failed > 0 ? 1 : 0);

/** Does one part and notes how long it took. A part that fails does not keep the next ones from telling. */
async function phase(name, work) {
  const begun = Date.now();
  let outcome = "ok";
  try {
    await work();
  } catch (error) {
    outcome = "failed";
    broken = true;
    console.error(`\n${name}: ${error.message}\n`);
  }
  timings.push(`${name.padEnd(20)} ${((Date.now() - begun) / 1000).toFixed(1).padStart(6)} s  ${outcome}`);
}

async function unitTests() {
  const file = join(results, "vitest.json");
  try {
    await run(node, ["node_modules/vitest/vitest.mjs", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`]);
  } finally {
    const { numPassedTests = 0, numFailedTests = 0 } = report(file);
    counts.passed += numPassedTests;
    counts.failed += numFailedTests;
  }
}

async function browserJourneys() {
  const file = join(results, "playwright.json");
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: file };
  try {
    await run(node, ["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json"], { env });
  } finally {
    const { expected = 0, flaky = 0, unexpected = 0 } = report(file).stats ?? {};
    counts.passed += expected + flaky;
    counts.failed += unexpected;
  }
}

/** A runner's own report; empty when it ended before it could write one, which its exit code tells. */
function report(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
}
