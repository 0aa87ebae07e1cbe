import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * When a process was started, as text: with its id this names one process for ever, since ids are given out again. Undefined when
 * there is no such process.
 */
export function startedAt(pid) {
  try {
    if (process.platform === "linux") {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return fields[0] === "Z" ? undefined : fields[19];
    }
    if (process.platform === "win32") return undefined;
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim() || undefined;
  } catch {
    return undefined; // the process is gone
  }
}

/** Whether the very process that was noted still runs. */
export function stillRuns({ pid, started }) {
  return started !== undefined && startedAt(pid) === started;
}
