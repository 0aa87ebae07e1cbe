import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** True when `node` was started with this module. */
export function isMain(url) {
  return process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(url);
}
