#!/usr/bin/env node
// Makes a checkout ready: packages, database client, bundles and, for production, the web build. Each part is done only when its
// inputs changed. Standard library alone until the packages are there.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { drawIcons } from "./icons.mjs";
import { isMain } from "./main-module.mjs";
import { root } from "./root.mjs";

export { root } from "./root.mjs";

/** Entries that are bundled for plain Node: output name → source. One that does not exist is left out. */
const bundles = {
  worker: "lib/worker/main.ts",
  emulator: "emulator/main.ts",
  database: "lib/db/tools.ts",
  settings: "lib/kernel/settings.ts",
  doctor: "lib/doctor/main.ts",
  "audit-verify": "lib/audit/verify-cli.ts",
  bench: "bench/main.ts",
  "bench-tags": "bench/tags-process.ts",
};

/** What the web build is made of. */
const webInputs = ["app", "components", "lib", "public", "prisma/schema.prisma", "package-lock.json", "tsconfig.json"];

/** Makes everything ready; `production` also builds the web. `say` gets one line for each thing that is done. */
export async function setup({ production = true, say = (line) => console.error(line) } = {}) {
  checkNode();
  await installPackages(say);
  await generateClient(say);
  await drawIcons();
  await bundle();
  if (production) await buildWeb(say);
}

/** Throws when this Node.js is too old. */
export function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Error(`Bindery needs Node.js 20.19 or newer; this is ${process.versions.node}.`);
}

async function installPackages(say) {
  if (packagesMatchLock()) return;
  say("Installing packages (npm ci) …");
  const install = () =>
    run(process.platform === "win32" ? "npm.cmd" : "npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
      shell: process.platform === "win32",
    });
  try {
    await install();
  } catch (error) {
    // A registry that did not answer in time is the usual reason; any other shows again.
    say(`${error.message} Trying once more …`);
    await install();
  }
}

/** Whether node_modules holds the versions of the lock file. Packages for other systems may be absent. */
function packagesMatchLock() {
  const installed = join(root, "node_modules/.package-lock.json");
  if (!existsSync(installed)) return false;
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const found = JSON.parse(readFileSync(installed, "utf8")).packages;
  return Object.entries(wanted).every(([path, { version, optional, devOptional }]) => {
    if (path === "") return true;
    return found[path] === undefined ? optional === true || devOptional === true : found[path].version === version;
  });
}

async function generateClient(say) {
  const inputs = hashOf(["prisma/schema.prisma", "node_modules/prisma/package.json"]);
  if (existsSync(join(root, "lib/db/generated/client.ts")) && stamp("client") === inputs) return;
  say("Generating the database client …");
  // The command wants its native engine, which `generate` never runs and which networks without open internet cannot fetch: any program will do.
  const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: "1", CHECKPOINT_DISABLE: "1" };
  await run(process.execPath, ["node_modules/prisma/build/index.js", "generate"], { env, quiet: true });
  stamp("client", inputs);
}

/** Options of esbuild for the bundles; `npm run dev` watches with the same. */
export function bundleOptions(names = Object.keys(bundles)) {
  const entries = names.filter((name) => existsSync(join(root, bundles[name])));
  return {
    absWorkingDir: root,
    entryPoints: Object.fromEntries(entries.map((name) => [name, bundles[name]])),
    outdir: "dist",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    sourcemap: "linked",
    logLevel: "warning",
  };
}

/** Bundles the worker, the local Azure and the tools into dist/. Takes some 100 ms, so it is always done. */
export async function bundle(names) {
  const { build } = await import("esbuild");
  await build(bundleOptions(names));
}

async function buildWeb(say) {
  const config = readdirSync(root).filter((name) => /^(next\.config|postcss\.config|proxy|instrumentation(-client)?)\.\w+$/.test(name));
  const inputs = hashOf([...webInputs, ...config]);
  if (existsSync(join(root, ".next/BUILD_ID")) && stamp("web") === inputs) return;
  say("Building the web …");
  stamp("web", "");
  await run(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    quiet: true,
  });
  stamp("web", inputs);
}

/** Reads, or with `value` writes, what a part was last made from. */
function stamp(name, value) {
  const file = join(root, "dist", `.made-from-${name}`);
  if (value === undefined) return existsSync(file) ? readFileSync(file, "utf8") : "";
  mkdirSync(join(root, "dist"), { recursive: true });
  writeFileSync(file, value);
  return value;
}

function hashOf(paths) {
  const hash = createHash("sha256");
  for (const file of paths.flatMap((path) => filesUnder(join(root, path))))
    hash.update(relative(root, file)).update("\0").update(readFileSync(file));
  return hash.digest("hex");
}

function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  if (path === join(root, "lib/db/generated")) return [];
  return readdirSync(path)
    .sort()
    .flatMap((name) => (/\.test\.tsx?$/.test(name) ? [] : filesUnder(join(path, name))));
}

/** Runs a program to its end. Rejects when it fails; with `quiet` its output is shown only then. */
export function run(command, args, { quiet = false, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: quiet ? ["ignore", "pipe", "pipe"] : "inherit", ...options });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (part) => (output += part));
    child.once("error", reject);
    child.once("close", (code, signal) => {
      if (code === 0) return resolve(output);
      reject(new Error(`${[command, ...args].join(" ")} ended with ${signal ?? `code ${code}`}.${output === "" ? "" : `\n${output}`}`));
    });
  });
}

if (isMain(import.meta.url)) await setup();
