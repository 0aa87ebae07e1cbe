import { cloud } from "@/lib/azure/cloud";
import { transaction } from "@/lib/db/client";
import { fromNow } from "@/lib/kernel/clock";
import { isBinderyError } from "@/lib/kernel/errors";
import { type Progress, stopOf } from "./progress";
import { patchRun, type RunRecord } from "./store";

/** However long Azure asks to wait, a run looks up so often: for a cancel, and for the end of its time. Seconds. */
export const longestWaitSeconds = 60;

/**
 * What an error of a look means for the run: throttling is waited out as long as Azure asks, silence at growing intervals for at most `limit`
 * looks in a row (`unanswered` of them came before); anything else stops the run with its reason. Faults of our own are thrown on.
 */
export async function lookAgain(run: RunRecord, error: unknown, unanswered: number, limit: number): Promise<Progress> {
  if (!isBinderyError(error)) throw error;
  if (error.code === "throttled") {
    const seconds = Math.min(error.facts.retryAfterSeconds ?? 5, longestWaitSeconds);
    await transaction((tx) => patchRun(tx, run.id, { waitingFor: `Azure asks to wait ${seconds} s before the next call.` }));
    return { kind: "again", afterMs: seconds * 1000 };
  }
  if (error.code !== "azure_unavailable" || unanswered + 1 >= limit) return { kind: "stop", stop: stopOf(error) };
  const afterMs = Math.min(longestWaitSeconds * 1000, cloud().pollFloorMs * 2 ** Math.min(unanswered, 6));
  const waitingFor = `Azure does not answer (${error.message}); next try at ${fromNow(afterMs).toISOString()}`;
  await transaction((tx) => patchRun(tx, run.id, { waitingFor }));
  return { kind: "again", afterMs, unanswered: true };
}
