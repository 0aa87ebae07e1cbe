#!/usr/bin/env node
// Bindery with everything that it needs on this machine: an embedded database and a local Azure. Nothing here is real.
import { launch, portFromEnvironment } from "./launch.mjs";
import { setup } from "./setup.mjs";

const port = portFromEnvironment();
await setup();
await launch(
  {
    dataDir: process.env.BINDERY_DATA_DIR || ".data/demo",
    port,
    speed: Number(process.env.EMULATOR_SPEED || 20),
    control: process.env.EMULATOR_CONTROL === "1",
    scale: process.env.EMULATOR_SCALE ? Number(process.env.EMULATOR_SCALE) : undefined,
  },
  welcome,
);

function welcome({ origin, personas, controlUrl, dataDir }) {
  const width = Math.max(...personas.map(({ name }) => name.length));
  const people = personas.map(({ name, says }) => `    ${name.padEnd(width)}  ${says}`);
  return [
    "",
    `  Bindery   ${origin}`,
    "",
    "  The Azure behind it is a local one: no real cluster is touched. Sign in as any of these people:",
    "",
    ...people,
    "",
    ...(controlUrl ? [`  Control of the local Azure: ${controlUrl}`] : []),
    `  Data and logs: ${dataDir}     Stop: Ctrl+C, or kill ${process.pid}`,
    "",
  ].join("\n");
}
