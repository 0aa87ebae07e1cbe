import { existsSync, realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** True when `node` was started with this module. */
export function isMain(url) {
  const [, started] = process.argv;
  return started !== undefined && existsSync(started) && realpathSync(started) === fileURLToPath(url);
}
