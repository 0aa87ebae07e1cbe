import { DBOS } from "@dbos-inc/dbos-sdk";
import { log } from "@/lib/kernel/log";
import { beginAttempt, checkFacts, endAttempt, settle, stopAttempt } from "./attempt";
import type { Progress, Stop } from "./progress";
import { advance } from "./walk";

/** The durable engine's id of one attempt at a run. */
export const attemptId = (runId: string, attempt: number): string => `run:${runId}:${attempt}`;

/** Database trouble inside a step is tried again; answers of Azure never throw out of a step. */
const stubborn = { retriesAllowed: true, intervalSeconds: 0.5, backoffRate: 2, maxAttempts: 8 };

/**
 * The one durable workflow: it walks the steps of a run's plan. Every `runStep` is recorded; after a crash the walk goes on behind the last
 * recorded one. It never waits for a person: then the attempt ends, and the next one is another workflow.
 */
async function walkAttempt(runId: string, attempt: number): Promise<string> {
  const begun = await DBOS.runStep(() => beginAttempt(runId, attempt), { ...stubborn, name: "begin" });
  if (begun === null) return "superseded";
  try {
    return await walk(runId, attempt, begun.steps);
  } catch (error) {
    log("error", "run.defect", { runId, attempt, error });
    const stop: Stop = {
      state: "failed",
      code: "internal",
      message: "Bindery met an unexpected fault in this run.",
      remedy: "Retry the run: it reads before it writes. The fault is in the worker's log.",
    };
    await DBOS.runStep(() => stopAttempt(runId, attempt, null, stop), { ...stubborn, name: "stop" });
    return "failed";
  }
}

async function walk(runId: string, attempt: number, steps: string[]): Promise<string> {
  const stages: { stepId: string; look: (unanswered: number) => Promise<Progress> }[] = [
    { stepId: "check", look: (unanswered) => checkFacts(runId, attempt, unanswered) },
    ...steps.map((stepId) => ({ stepId, look: (unanswered: number) => advance(runId, attempt, stepId, unanswered) })),
    { stepId: "settle", look: (unanswered) => settle(runId, attempt, unanswered) },
  ];
  for (const stage of stages) {
    const stop = await pursue(stage.stepId, stage.look);
    if (stop === null) continue;
    if (stop.code === "superseded") return "superseded";
    await DBOS.runStep(() => stopAttempt(runId, attempt, stage.stepId, stop), { ...stubborn, name: "stop" });
    return stop.state;
  }
  await DBOS.runStep(() => endAttempt(runId, attempt), { ...stubborn, name: "end" });
  return "done";
}

/** Looks at one stage until it is done (null) or has to stop. */
async function pursue(name: string, look: (unanswered: number) => Promise<Progress>): Promise<Stop | null> {
  let unanswered = 0;
  for (;;) {
    const count = unanswered;
    const progress = await DBOS.runStep(() => look(count), { ...stubborn, name });
    if (progress.kind === "done") return null;
    if (progress.kind === "stop") return progress.stop;
    unanswered = progress.unanswered === true ? unanswered + 1 : 0;
    await DBOS.sleepms(progress.afterMs);
  }
}

/** The workflow as the engine knows it. Registered when this file is loaded, which only the worker may do, before it launches the engine. */
export const walkRun = DBOS.registerWorkflow(walkAttempt, { name: "walk-run" });
