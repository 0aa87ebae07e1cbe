import { spawn } from "node:child_process";
import { join } from "node:path";
import { root, setup } from "./setup.mjs";

/** Runs one of the bundles of `setup.mjs` with this process's arguments, and ends with its exit code. */
export async function bundled(name, { production = false } = {}) {
  await setup({ production });
  const args = ["--enable-source-maps", join(root, "dist", `${name}.mjs`), ...process.argv.slice(2)];
  const child = spawn(process.execPath, args, { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  child.once("close", (code) => process.exit(code ?? 1));
}
