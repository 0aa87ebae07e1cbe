import { startStack } from "./stack.mjs";

/**
 * Starts a stack for a person at a terminal: says what happens, stops everything on SIGINT and SIGTERM, and ends this process with
 * code 1 and one clear message when it cannot start. `--json-ready` (or BINDERY_JSON_READY=1) prints one line of JSON for programs.
 */
export async function launch(options, welcome) {
  const controller = new AbortController();
  let stack;
  const stop = async () => {
    if (controller.signal.aborted) return;
    controller.abort();
    if (stack === undefined) return;
    process.stderr.write("\nStopping …\n");
    await stack.stop();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => void stop());
  stopWithNpm(stop);
  try {
    stack = await startStack({ say: (line) => console.error(line), ...options });
  } catch (error) {
    console.error(`\n${error.message}${error.facts?.remedy ? `\n${error.facts.remedy}` : ""}`);
    process.exit(1);
  }
  if (controller.signal.aborted) {
    await stack.stop();
    process.exit(0);
  }
  if (process.argv.includes("--json-ready") || process.env.BINDERY_JSON_READY === "1") {
    const { origin, port, controlUrl, authorizePort, personas } = stack;
    process.stdout.write(`${JSON.stringify({ ready: true, origin, port, controlUrl, authorizePort, personas, pids: stack.pids() })}\n`);
  } else {
    console.log(welcome(stack));
  }
  return stack;
}

/**
 * npm passes a signal to the shell that it runs a script in. That shell dies of SIGTERM, and tells nobody: what it ran is left behind, and sees
 * that it has another parent. A shell in the background ignores SIGINT, so that nothing can be seen of that one: the welcome names the process.
 */
export function stopWithNpm(stop, everyMs = 500) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    void stop();
  }, everyMs);
  timer.unref();
}

/** The port from the environment. Throws when it is no port. */
export function portFromEnvironment() {
  const port = Number(process.env.PORT || 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`PORT is ${process.env.PORT}; it should be a number from 1 to 65535.`);
  return port;
}
