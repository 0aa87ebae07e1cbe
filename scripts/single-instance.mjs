import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { startedAt, stillRuns } from "./process-identity.mjs";

/**
 * Sees to it that one launcher at a time works in `dataDir`, and ends what a killed launcher left running there. Gives `note`, which
 * writes down the children, and `release`. Throws when another launcher is at work.
 */
export async function claim(dataDir) {
  const file = join(dataDir, "running.json");
  if (existsSync(file)) await endLeftovers(file, JSON.parse(readFileSync(file, "utf8")));
  const children = {};
  const write = (origin) => {
    const noted = { origin, launcher: { pid: process.pid, started: startedAt(process.pid) }, children: Object.values(children) };
    writeFileSync(file, JSON.stringify(noted), { mode: 0o600 });
  };
  let address;
  write();
  return {
    note(name, pid) {
      if (pid === undefined) delete children[name];
      else children[name] = { name, pid, started: startedAt(pid) };
      write(address);
    },
    serving(origin) {
      address = origin;
      write(address);
    },
    release: () => rmSync(file, { force: true }),
  };
}

async function endLeftovers(file, { origin, launcher, children }) {
  if (launcher.pid !== process.pid && stillRuns(launcher)) {
    throw new Error(
      `Bindery runs here already (process ${launcher.pid}${origin === undefined ? "" : `, ${origin}`}). Its data lie beside ${file}.`,
    );
  }
  for (const child of children) if (stillRuns(child)) process.kill(child.pid, "SIGKILL");
  while (children.some(stillRuns)) await delay(20);
}
