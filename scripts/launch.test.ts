import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { expect, onTestFinished, test } from "vitest";

const launcher = `
  import { stopWithNpm } from "./scripts/launch.mjs";
  setInterval(() => undefined, 1000);
  stopWithNpm(() => { console.log("stopped"); process.exit(0); }, 20);
  console.log("waiting");
`;

/** A program in a shell, as npm runs it, that is not its last command, so that the shell stays. */
function inShell(environment: Record<string, string>) {
  const env = { ...process.env, npm_lifecycle_event: undefined, ...environment, LAUNCHER: launcher };
  const command = `"${process.execPath}" --input-type=module -e "$LAUNCHER"; true`;
  const shell = spawn("sh", ["-c", command], { env, stdio: ["ignore", "pipe", "inherit"], detached: true });
  onTestFinished(() => endGroup(shell.pid));
  return { shell, lines: createInterface({ input: shell.stdout })[Symbol.asyncIterator]() };
}

/** What a failed test would leave behind. */
function endGroup(pid = 0): void {
  try {
    if (pid > 0) process.kill(-pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

test("a launcher stops when the shell in which npm runs it was ended", async () => {
  const { shell, lines } = inShell({ npm_lifecycle_event: "demo" });
  expect((await lines.next()).value).toBe("waiting");
  shell.kill("SIGTERM");
  await once(shell, "exit");
  expect((await lines.next()).value).toBe("stopped");
});
