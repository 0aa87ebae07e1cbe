import { DBOS } from "@dbos-inc/dbos-sdk";
import { db } from "@/lib/db/client";
import { applicationName, applicationVersion } from "./engine";
import { attemptId, queueName, workflowName } from "./workflow";

/** Hands every queued run to the durable engine. The engine keeps one workflow per attempt, so handing over twice is harmless. */
export async function dispatchQueued(runId?: string): Promise<number> {
  const queued = await db().run.findMany({
    where: { state: "queued", ...(runId === undefined ? {} : { id: runId }) },
    select: { id: true, attempt: true },
    orderBy: { queuedAt: "asc" },
    take: 500,
  });
  for (const run of queued) {
    await DBOS.enqueueWorkflowWithOptions(
      { workflowName, queueName, workflowID: attemptId(run.id, run.attempt), appVersion: applicationVersion, applicationName },
      run.id,
      run.attempt,
    );
  }
  return queued.length;
}
