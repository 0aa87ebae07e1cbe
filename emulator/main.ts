import { warn } from "./log";
import { readSettings } from "./settings";
import { personasOf, start } from "./start";

/** The process: starts the local Azure, says so in one line of JSON on stdout, and ends on SIGTERM or SIGINT. */
async function main(): Promise<void> {
  const { world, stop, ...ready } = await start(readSettings(process.env));
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    void stop().then(() => process.exit(0));
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
  process.stdout.write(`${JSON.stringify({ ready: true, ...ready, personas: personasOf(world) })}\n`);
}

main().catch((cause: Error) => {
  warn(cause.message);
  process.exit(1);
});
