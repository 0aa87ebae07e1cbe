import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { createInterface } from "node:readline";

/** A running demo, as it announces itself. */
export type Demo = { origin: string; controlUrl: string; pids: Record<string, number>; stop(): Promise<void>; startedAfterMs: number };

/** What a demo of the bench runs on: a data folder of its own, how many clusters are generated, and how many times faster than Azure it answers. */
export type Ground = { dataDir: string; scale: number; speed: number };

/** Forgets what an earlier bench left. */
export function forget({ dataDir }: Ground): void {
  rmSync(dataDir, { recursive: true, force: true });
}

/** Starts `npm run demo`'s own script on that ground, and resolves when the first page has been served. */
export async function startDemo({ dataDir, scale, speed }: Ground): Promise<Demo> {
  const begun = performance.now();
  const ground = { BINDERY_DATA_DIR: dataDir, EMULATOR_SCALE: `${scale}`, EMULATOR_SPEED: `${speed}` };
  const child = spawn(process.execPath, ["scripts/demo.mjs", "--json-ready"], {
    env: { ...process.env, ...ground, PORT: "0", EMULATOR_CONTROL: "1", BINDERY_LOG: "warn" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ready = await readyLine(child);
  const page = await fetch(`${ready.origin}/sign-in`);
  await page.text();
  if (!page.ok) throw new Error(`The first page answered ${page.status}.`);
  return { ...ready, startedAfterMs: performance.now() - begun, stop: () => stop(child) };
}

async function readyLine(child: ChildProcess): Promise<{ origin: string; controlUrl: string; pids: Record<string, number> }> {
  if (child.stdout === null) throw new Error("The demo has no output.");
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith("{") && line.includes('"ready":true'))
      return JSON.parse(line) as { origin: string; controlUrl: string; pids: Record<string, number> };
  }
  throw new Error("The demo ended before it was ready.");
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}
