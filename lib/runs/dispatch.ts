import { DBOS } from "@dbos-inc/dbos-sdk";
import { db } from "@/lib/db/client";
import { attemptId, walkRun } from "./workflow";

/**
 * Starts a workflow in this worker for every queued run, at once and without a queue to poll. The engine keeps one workflow per attempt and
 * only whoever recorded it walks it, so several workers may hear of the same run, and hearing twice is harmless.
 */
export async function dispatchQueued(runId?: string): Promise<number> {
  const queued = await db().run.findMany({
    where: { state: "queued", ...(runId === undefined ? {} : { id: runId }) },
    select: { id: true, attempt: true },
    orderBy: { queuedAt: "asc" },
    take: 500,
  });
  for (const run of queued) {
    await DBOS.startWorkflow(walkRun, { workflowID: attemptId(run.id, run.attempt) })(run.id, run.attempt);
  }
  return queued.length;
}
