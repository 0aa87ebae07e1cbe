import { defineConfig } from "@playwright/test";
import { browserArgs, findBrowser } from "./scripts/find-browser.mjs";

// Found once; the workers inherit it.
process.env.PW_CHROMIUM ??= (await findBrowser()).path;

export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/fixtures/global-setup.ts",
  outputDir: "test-results",
  timeout: 60_000,
  globalTimeout: 20 * 60_000,
  expect: {
    timeout: 15_000,
    toHaveScreenshot: { maxDiffPixelRatio: 0.002, animations: "disabled", caret: "hide", scale: "css" },
  },
  // The runner has two cores; a journey has a browser, the portal and the local Azure to share them with.
  workers: 2,
  retries: process.env.CI === undefined ? 0 : 1,
  forbidOnly: process.env.CI !== undefined,
  reporter: [["list"]],
  snapshotPathTemplate: "{testDir}/__screens__/{arg}{ext}",
  use: {
    locale: "en-GB",
    timezoneId: "UTC",
    viewport: { width: 1440, height: 900 },
    contextOptions: { reducedMotion: "reduce" },
    trace: "retain-on-failure",
    launchOptions: { executablePath: process.env.PW_CHROMIUM, args: browserArgs },
  },
  projects: [
    { name: "journeys", testMatch: "**/*.spec.ts", testIgnore: ["**/kill.spec.ts", "**/secrets.spec.ts"] },
    // Looks at what the journeys left behind.
    { name: "secrets", testMatch: "**/secrets.spec.ts", dependencies: ["journeys"] },
    // Kills processes of a stack of its own and wants the machine for itself.
    { name: "kill", testMatch: "**/kill.spec.ts", dependencies: ["journeys", "secrets"] },
  ],
});
