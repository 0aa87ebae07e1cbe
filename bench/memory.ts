import { readFileSync } from "node:fs";
import { lower, type Row } from "./row";

/** Resident memory of a process, MB. From /proc, so on Linux only. */
export function residentMb(pid: number): number {
  const line = readFileSync(`/proc/${pid}/status`, "utf8").match(/VmRSS:\s+(\d+) kB/)?.[1];
  if (line === undefined) throw new Error(`Process ${pid} has no memory to read.`);
  return Number(line) / 1024;
}

/** Memory of the processes after the load, beside its goals. */
export function memoryRows(pids: Record<string, number>): Row[] {
  const goals: Record<string, [string, number]> = { web: ["web", 400], worker: ["worker", 300], azure: ["local Azure", 200] };
  return Object.entries(goals).map(([name, [title, goal]]) => {
    const pid = pids[name];
    if (pid === undefined) throw new Error(`There is no process ${name}.`);
    return lower(`resident memory of ${title} after the load`, residentMb(pid), "MB", goal);
  });
}
