// What the launchers in scripts/ need of this folder, bundled into dist/database.mjs: they are plain JavaScript.
export { missingSql } from "./diff";
export { embeddedServer, stopEmbedded } from "./embedded";
export { migrate } from "./migrate";
export { probeDatabase } from "./probe";
