#!/usr/bin/env node
// The demo with reload: the web by `next dev`; worker and local Azure are bundled and started again when their sources change.
import { launch, portFromEnvironment } from "./launch.mjs";
import { bundleOptions, setup } from "./setup.mjs";

const port = portFromEnvironment();
await setup({ production: false });
const stack = await launch(
  {
    dataDir: process.env.BINDERY_DATA_DIR || ".data/dev",
    port,
    production: false,
    speed: Number(process.env.EMULATOR_SPEED || 20),
    control: process.env.EMULATOR_CONTROL !== "0",
  },
  ({ origin, controlUrl, dataDir }) => `\n  Bindery   ${origin}   (development)\n  Control   ${controlUrl}\n  Data and logs: ${dataDir}\n`,
);

const { context } = await import("esbuild");
for (const [bundleName, childName] of [
  ["worker", "worker"],
  ["emulator", "azure"],
]) {
  let first = true;
  const restart = {
    name: "restart",
    setup: (build) =>
      build.onEnd(({ errors }) => {
        if (!first && errors.length === 0) {
          console.error(`${childName}: sources changed, starting it again`);
          stack.restart(childName);
        }
        first = false;
      }),
  };
  const watcher = await context({ ...bundleOptions([bundleName]), plugins: [restart] });
  await watcher.watch();
}
