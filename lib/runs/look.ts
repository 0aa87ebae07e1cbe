import { callerForAccount } from "@/lib/auth/caller";
import type { ArmCallNote, AzureCaller } from "@/lib/azure/types";
import { db } from "@/lib/db/client";
import { now } from "@/lib/kernel/clock";
import { BinderyError } from "@/lib/kernel/errors";
import { log } from "@/lib/kernel/log";
import { seal, unseal } from "@/lib/kernel/seal";
import type { Plan, PlanStep } from "@/lib/plans/plan";
import type { RunRecord, StepRecord } from "./store";

/** All that one look at a step works with. */
export type Look = { run: RunRecord; step: StepRecord; plan: Plan; planStep: PlanStep; caller: AzureCaller; notes: ArmCallNote[] };

/** Gathers what a look needs; null when there is no such run or step. */
export async function lookAt(runId: string, stepId: string): Promise<Look | null> {
  const run = await db().run.findUnique({ where: { id: runId }, include: { plan: true, steps: { where: { stepId } } } });
  const step = run?.steps[0];
  if (!run || !step) return null;
  const plan = run.plan.document as unknown as Plan;
  const planStep = plan.steps.find((candidate) => candidate.id === stepId);
  if (!planStep) throw new BinderyError("internal", `The plan of run ${run.number} has no step ${stepId}.`);
  return { run, step, plan, planStep, ...callerOf(run) };
}

/** The person as whom a run acts, and the calls to Azure that are made as that person from now on. */
export function callerOf(run: RunRecord): { caller: AzureCaller; notes: ArmCallNote[] } {
  const notes: ArmCallNote[] = [];
  const caller = callerForAccount({ tid: run.tid, oid: run.actingOid, homeAccountId: run.actingAccountId }, run.correlationId);
  return { notes, caller: { ...caller, observe: (note) => notes.push(note) } };
}

/** What is known of Azure's long-running operation: its signed address, and when Azure said that it succeeded. */
export type Operation = { url: string | null; succeededAt: string | null };

/** Seals an operation's address for its step: Azure signed it, so it is as good as a key to what it tells. */
export function sealOperation(look: Look, operation: Operation): string {
  return seal(JSON.stringify(operation), `operation:${look.run.id}:${look.step.stepId}`);
}

/** Opens what `sealOperation` sealed. */
export function openOperation(step: StepRecord): Operation {
  try {
    return JSON.parse(unseal(step.operation ?? "", `operation:${step.runId}:${step.stepId}`)) as Operation;
  } catch (error) {
    // Its key was taken out: the binding itself tells how the change went.
    log("warn", "run.operation-not-readable", { runId: step.runId, error });
    return { url: null, succeededAt: now().toISOString() };
  }
}
