import { spawn } from "node:child_process";
import { createWriteStream, existsSync, mkdirSync, openSync, readFileSync, renameSync } from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { root } from "./setup.mjs";

/**
 * Keeps one program running: starts it again when it dies, after 0.25 s, doubling to 10 s, and anew from 0.25 s when it had lived for
 * 30 s. `onLine` sees each line of its standard output. Output goes to `logFile`, or to this terminal when none is named.
 */
export function supervise({ name, command, args, env, logFile, onLine = () => undefined, onChange = () => undefined, say }) {
  let child;
  let stopping = false;
  let wait = 250;
  let deaths = 0;
  let timer;
  const log = logFile === undefined ? undefined : openLog(logFile);

  const start = () => {
    const begun = Date.now();
    child = spawn(command, args, { cwd: root, env, stdio: ["ignore", "pipe", log === undefined ? "inherit" : "pipe"] });
    onChange(child.pid);
    createInterface({ input: child.stdout }).on("line", (line) => {
      onLine(line);
      // What a child tells its launcher when it is ready may hold a secret, which has no business in a log.
      if (!line.startsWith('{"ready":true')) (log ?? process.stderr).write(`${line}\n`);
    });
    if (log !== undefined) child.stderr.pipe(log, { end: false });
    child.once("error", (error) => say(`${name} could not be started: ${error.message}`));
    child.once("close", (code, signal) => {
      child = undefined;
      onChange(undefined);
      if (stopping) return;
      deaths += 1;
      if (Date.now() - begun > 30_000) wait = 250;
      timer = setTimeout(start, wait);
      setTimeout(
        () => stopping || say(`${name} ended with ${signal ?? `code ${code}`}; it is started again.${logFile ? ` Log: ${logFile}` : ""}`),
        200,
      ).unref();
      wait = Math.min(wait * 2, 10_000);
    });
  };
  start();

  return {
    name,
    /** How often it has died by itself. */
    get deaths() {
      return deaths;
    },
    get pid() {
      return child?.pid;
    },
    /** Where its log lies and how it ends; empty when it writes to this terminal. */
    logTail: () => (logFile === undefined ? "" : ` ${logFile} ends with:\n${readFileSync(logFile, "utf8").slice(-1500)}`),
    /** Ends the program and starts it anew at once. */
    restart() {
      wait = 250;
      child?.kill("SIGTERM");
    },
    /** Ends the program for good: SIGTERM, after `patienceMs` SIGKILL. */
    async stop(patienceMs = 10_000) {
      stopping = true;
      clearTimeout(timer);
      const ending = child;
      if (ending === undefined) return;
      await new Promise((resolve) => {
        const kill = setTimeout(() => ending.kill("SIGKILL"), patienceMs);
        ending.once("close", () => {
          clearTimeout(kill);
          resolve();
        });
        ending.kill("SIGTERM");
      });
    },
  };
}

function openLog(file) {
  mkdirSync(dirname(file), { recursive: true });
  if (existsSync(file)) renameSync(file, `${file}.1`);
  // Opened before anything is written: its folder may be gone by the time that a stream would open it.
  return createWriteStream(file, { fd: openSync(file, "w", 0o600) });
}
