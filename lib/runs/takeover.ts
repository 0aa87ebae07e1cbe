import { hostname } from "node:os";
import { DBOS } from "@dbos-inc/dbos-sdk";
import pg from "pg";
import { newSecret } from "@/lib/kernel/ids";
import { log } from "@/lib/kernel/log";
import { takeoverQueue } from "./engine";

/** Who this worker process is to the durable engine: unique per process start. */
export const executorId = `${hostname()}-${process.pid}-${newSecret(6)}`;

const lockOf = "SELECT pg_try_advisory_lock(hashtextextended('executor:' || $1, 0)) AS got";
const unlockOf = "SELECT pg_advisory_unlock(hashtextextended('executor:' || $1, 0))";

/** Holding one's own lock and looking for those of the dead. */
export type Watch = { begin(): void; stop(): Promise<void> };

/**
 * The engine recovers at launch only what its own executor left. So each worker holds an advisory lock on its executor id on a session of
 * its own; when a worker dies PostgreSQL drops the lock, and whoever gets it resumes the dead one's workflows. Called before the
 * engine is launched, so that no workflow is ever owned by a worker without its lock; `begin` starts looking for dead ones.
 */
export async function watchForDeadWorkers(databaseUrl: string, everyMs: number, onLost: () => void): Promise<Watch> {
  const client = new pg.Client({ connectionString: databaseUrl, keepAlive: true, application_name: "bindery-liveness" });
  let stopping = false;
  client.on("error", (error) => {
    log("error", "worker.liveness-lost", { error });
    if (!stopping) onLost();
  });
  client.on("end", () => {
    if (!stopping) onLost();
  });
  await client.connect();
  const { rows } = await client.query<{ got: boolean }>(lockOf, [executorId]);
  if (rows[0]?.got !== true) throw new Error("This worker's own lock is taken.");
  let timer: NodeJS.Timeout | undefined;
  const round = async (): Promise<void> => {
    try {
      await takeOver(client);
    } catch (error) {
      log("warn", "worker.takeover-failed", { error });
    }
    if (!stopping) timer = setTimeout(() => void round(), everyMs);
  };
  return {
    begin: () => {
      timer = setTimeout(() => void round(), everyMs);
    },
    stop: async () => {
      stopping = true;
      clearTimeout(timer);
      await client.end();
    },
  };
}

async function takeOver(client: pg.Client): Promise<void> {
  const pending = await DBOS.listWorkflows({ status: "PENDING", loadInput: false, loadOutput: false });
  const owners = new Set(
    pending.map((workflow) => workflow.executorId).filter((id): id is string => id !== undefined && id !== executorId),
  );
  for (const owner of owners) {
    const { rows } = await client.query<{ got: boolean }>(lockOf, [owner]);
    if (rows[0]?.got !== true) continue;
    try {
      // Listed anew under the lock: another worker may have taken them over since.
      const left = await DBOS.listWorkflows({ status: "PENDING", executorId: owner, loadInput: false, loadOutput: false });
      for (const workflow of left) {
        log("info", "worker.takeover", { workflow: workflow.workflowID, from: owner });
        await DBOS.resumeWorkflow(workflow.workflowID, { queueName: takeoverQueue });
      }
    } finally {
      await client.query(unlockOf, [owner]);
    }
  }
}
