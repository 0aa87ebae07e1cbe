#!/usr/bin/env node
// Finds a Chromium that truly starts: the one named by PW_CHROMIUM, Playwright's own, the system's, the one shipped by npm; and only
// then fetches one, by Playwright or, as root on Debian, by apt.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";
import { isMain } from "./main-module.mjs";

/** Arguments that every browser here is started with. */
export const browserArgs = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--font-render-hinting=none",
  "--force-color-profile=srgb",
];

const systemNames = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge"];

/** @type {[string, () => string | undefined | Promise<string | undefined>][]} */
const sources = [
  ["PW_CHROMIUM", () => process.env.PW_CHROMIUM],
  ["Playwright", () => chromium.executablePath()],
  ["the system", () => systemNames.map(onPath).find((path) => path !== undefined)],
  ["npm", async () => (await import("@sparticuz/chromium")).default.executablePath()],
  ["download", () => (runs("npx", ["playwright", "install", "--only-shell", "chromium"], 180_000) ? chromium.executablePath() : undefined)],
  ["apt", () => (installByApt() ? onPath("chromium") : undefined)],
];

/** Path of a browser that starts, and where it comes from. Throws an Error that tells what was tried. */
export async function findBrowser() {
  const tried = [];
  for (const [source, locate] of sources) {
    const found = await attempt(locate);
    if (found.path !== undefined && (await starts(found.path, tried, source))) return { path: found.path, source };
    if (found.why !== undefined) tried.push(`${source}: ${found.why}`);
  }
  throw new Error(
    `No browser was found that starts.\n${tried.map((line) => `  - ${line}`).join("\n")}\nInstall Chromium, or name one in PW_CHROMIUM.`,
  );
}

async function attempt(locate) {
  try {
    const path = await locate();
    return path && existsSync(path) ? { path } : { why: path ? `${path} is not there` : "none" };
  } catch (error) {
    return { why: error.message };
  }
}

/** A real page is the proof; asking for the version is not. */
async function starts(path, tried, source) {
  try {
    const browser = await chromium.launch({ executablePath: path, args: browserArgs, timeout: 30_000 });
    try {
      const page = await browser.newPage();
      await page.setContent("<p>ready</p>");
      return (await page.textContent("p")) === "ready";
    } finally {
      await browser.close();
    }
  } catch (error) {
    tried.push(`${source}: ${path} does not start (${error.message.split("\n")[0]})`);
    return false;
  }
}

function onPath(name) {
  return (process.env.PATH ?? "")
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

function runs(command, args, timeout) {
  return spawnSync(command, args, { timeout, stdio: "ignore" }).status === 0;
}

function installByApt() {
  if (process.getuid?.() !== 0 || onPath("apt-get") === undefined) return false;
  return (
    runs("apt-get", ["update"], 120_000) &&
    runs("apt-get", ["install", "-y", "--no-install-recommends", "chromium", "fonts-liberation"], 300_000)
  );
}

if (isMain(import.meta.url)) console.log((await findBrowser()).path);
