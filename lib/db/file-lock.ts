import { readFile, rm, writeFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { BinderyError } from "@/lib/kernel/errors";

/**
 * Does `work` while no other process of this machine that uses the same lock file does: the file is made exclusively and names its
 * owner's process id. A file whose owner has died is taken over. Throws `unavailable` when the lock is not free within `waitMs`.
 */
export async function withFileLock<T>(path: string, work: () => Promise<T>, waitMs = 120_000): Promise<T> {
  const until = Date.now() + waitMs;
  while (!(await take(path))) {
    if (Date.now() > until) {
      throw new BinderyError("unavailable", `Another process holds ${path} and does not let go.`, {
        remedy: "End that process, or delete the file when none is running.",
      });
    }
    await delay(50);
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function take(path: string): Promise<boolean> {
  try {
    await writeFile(path, String(process.pid), { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const owner = await ownerOf(path);
  if (owner !== undefined && !isAlive(owner)) await rm(path, { force: true });
  return false;
}

/** The owner's process id; undefined while the file is being written, or when it has just gone. */
async function ownerOf(path: string): Promise<number | undefined> {
  try {
    const pid = Number.parseInt(await readFile(path, "utf8"), 10);
    return Number.isNaN(pid) ? undefined : pid;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** True while a process of this id runs, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
