import { DBOS } from "@dbos-inc/dbos-sdk";
import { honourProxy } from "@/lib/auth/outbound";
import { listenForChanges } from "@/lib/db/notify";
import { isBinderyError } from "@/lib/kernel/errors";
import { growSlowly } from "@/lib/kernel/memory";
import { log } from "@/lib/kernel/log";
import { settings } from "@/lib/kernel/settings";
import { readTagsWhenDue } from "@/lib/network/snapshots/read-by-worker";
import { currentPolicy } from "@/lib/policies/load";
import { dispatchQueued } from "@/lib/runs/dispatch";
import { launchEngine } from "@/lib/runs/engine";
import { executorId, watchForDeadWorkers } from "@/lib/runs/takeover";
import { keepHouse } from "./housekeeping";

const sweepMs = 1000;
const housekeepingMs = 60_000;
const takeoverMs = 2000;

/** The worker process: walks runs. Any number of them may run; a dead one's runs are taken over by the others. */
async function main(): Promise<void> {
  growSlowly();
  const { DATABASE_URL } = settings();
  await honourProxy();
  await currentPolicy();
  const watch = await watchForDeadWorkers(DATABASE_URL, takeoverMs, () => {
    // Without its lock this worker looks dead to the others: it must not go on beside them.
    log("error", "worker.liveness-lost-exit");
    process.exit(1);
  });
  await launchEngine(DATABASE_URL, executorId);
  watch.begin();
  const stopListening = await listenForChanges((change) => {
    if (change.type === "run") void sweep(change.id);
  });
  const timer = setInterval(() => void sweep(), sweepMs);
  const housekeeping = setInterval(() => void clean(), housekeepingMs);
  const tags = setInterval(() => void readTags(), housekeepingMs);
  await sweep();
  void readTags();
  log("info", "worker.ready", { executorId });
  process.stdout.write(`${JSON.stringify({ ready: true, executorId })}\n`);

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    clearInterval(timer);
    clearInterval(housekeeping);
    clearInterval(tags);
    await stopListening();
    await DBOS.shutdown();
    await watch.stop();
    process.exit(0);
  };
  process.once("SIGTERM", () => void stop());
  process.once("SIGINT", () => void stop());
}

async function sweep(runId?: string): Promise<void> {
  try {
    await dispatchQueued(runId);
  } catch (error) {
    log("warn", "worker.dispatch-failed", { error });
  }
}

async function clean(): Promise<void> {
  try {
    await keepHouse();
  } catch (error) {
    log("warn", "worker.housekeeping-failed", { error });
  }
}

async function readTags(): Promise<void> {
  try {
    await readTagsWhenDue();
  } catch (error) {
    log("warn", "worker.service-tags-failed", { error });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${isBinderyError(error, "wrong_setting") ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(1);
});
