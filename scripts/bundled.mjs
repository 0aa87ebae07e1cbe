import { spawn } from "node:child_process";
import { join } from "node:path";
import { root, setup } from "./setup.mjs";

/** Runs one of the bundles of `setup.mjs` with this process's arguments, and ends with its exit code; `browser`: with PW_CHROMIUM set to one that starts. */
export async function bundled(name, { production = false, browser = false } = {}) {
  await setup({ production });
  // Loaded late: the package that it needs may have come with the set-up.
  if (browser) process.env.PW_CHROMIUM = (await (await import("./find-browser.mjs")).findBrowser()).path;
  const args = ["--enable-source-maps", join(root, "dist", `${name}.mjs`), ...process.argv.slice(2)];
  const child = spawn(process.execPath, args, { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  child.once("close", (code) => process.exit(code ?? 1));
}
