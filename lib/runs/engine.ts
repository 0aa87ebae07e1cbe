import { DBOS } from "@dbos-inc/dbos-sdk";
import { fromNow } from "@/lib/kernel/clock";
import { log } from "@/lib/kernel/log";

/** The version by which the durable engine knows us is constant: an upgraded worker finishes the runs of the old one. */
const applicationVersion = "bindery";

/** Where the runs of a dead worker wait for a living one. */
export const takeoverQueue = "taken-over";

/** Starts the durable engine in schema `dbos` of the given database. Workflows must be registered before. */
export async function launchEngine(databaseUrl: string, executorID: string): Promise<void> {
  DBOS.setConfig({
    name: "bindery",
    systemDatabaseUrl: databaseUrl,
    systemDatabaseSchemaName: "dbos",
    systemDatabasePoolSize: 10,
    applicationVersion,
    enablePatching: true,
    executorID,
    logger: {
      debug: () => undefined,
      info: () => undefined,
      warn: (message: unknown) => log("warn", "engine", { message: String(message) }),
      error: (message: unknown) => log("error", "engine", { message: message instanceof Error ? message : String(message) }),
    },
  });
  await DBOS.launch();
  // Sized for sleeping runs: the budget of Azure's calls limits the work, not this queue.
  await DBOS.registerQueue(takeoverQueue, { globalConcurrency: 1000, workerConcurrency: 500, onConflict: "always_update" });
}

/** What the engine recorded of an attempt is of use for finding a fault; the run's own record stays for good. Ms. */
const endedKeptMs = 7 * 86_400_000;

/** Deletes from the engine's tables what ended more than a week ago, at most 500 attempts at a time. Gives how many. */
export async function forgetEnded(): Promise<number> {
  const ended = await DBOS.listWorkflows({
    status: ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"],
    completedBefore: fromNow(-endedKeptMs).toISOString(),
    limit: 500,
    loadInput: false,
    loadOutput: false,
  });
  if (ended.length > 0) await DBOS.deleteWorkflows(ended.map((workflow) => workflow.workflowID));
  return ended.length;
}
