import type { Actor } from "@/lib/auth/actor";
import { freshActor } from "@/lib/auth/fresh-actor";
import { db } from "@/lib/db/client";
import type { Answer } from "@/lib/http/contract";
import { now } from "@/lib/kernel/clock";
import { BinderyError } from "@/lib/kernel/errors";
import { missingStepUp, requireStepUp } from "@/lib/requests/step-up";
import { mayCarryOn, mayRetry } from "./abilities";
import { queueNextAttempt } from "./again";
import { planOf, requestFactsOf, type VisibleRun, visibleRun } from "./visible";

const factsOf = (run: VisibleRun) => ({
  state: run.state,
  errorCode: run.errorCode,
  actingKey: run.actingKey,
  planVoided: run.plan.voidedAt !== null,
});

/** Carries on a run that waits for rights or a sign-in; from now on it acts as the person who presses. */
export async function carryOnRun(session: Actor, params: { id: string }): Promise<Answer<"POST /api/v1/runs/{id}/carry-on">> {
  const actor = await freshActor(session);
  const run = await visibleRun(actor, params.id);
  const ability = mayCarryOn(actor, factsOf(run), requestFactsOf(run));
  if (!ability.allowed)
    throw new BinderyError(
      run.state === "rights-needed" || run.state === "sign-in-needed" ? "forbidden" : "conflict",
      ability.why ?? "You may not carry this run on.",
    );
  requireStepUp(planOf(run).verdict.stepUp, actor, `/runs/${run.id}`);
  return {
    attempt: await queueNextAttempt(
      actor,
      run,
      ["rights-needed", "sign-in-needed"],
      "run-carried-on",
      `Run ${run.number} carried on by ${actor.name}`,
    ),
  };
}

/** Retries a failed run; it acts as the person who presses. Steps that are done stay done. */
export async function retryRun(session: Actor, params: { id: string }): Promise<Answer<"POST /api/v1/runs/{id}/retry">> {
  const actor = await freshActor(session);
  const run = await visibleRun(actor, params.id);
  const ability = mayRetry(actor, factsOf(run), requestFactsOf(run));
  if (!ability.allowed)
    throw new BinderyError(
      run.state === "failed" && run.plan.voidedAt === null ? "forbidden" : "conflict",
      ability.why ?? "You may not retry this run.",
    );
  requireStepUp(planOf(run).verdict.stepUp, actor, `/runs/${run.id}`);
  return { attempt: await queueNextAttempt(actor, run, ["failed"], "run-retried", `Run ${run.number} retried by ${actor.name}`) };
}

/**
 * The acting person came back with what Entra asked for: the run goes on by itself. Anybody else's sign-in changes nothing, nor does that of
 * a person who may no longer carry it on or whose sign-in is not what the policy asks for; and a run whose time to act as the person is over
 * goes on only by a click.
 */
export async function resumeAfterSignIn(actor: Actor, runId: string): Promise<void> {
  const waiting = await db().run.findFirst({ where: { id: runId, state: "sign-in-needed", tid: actor.tid, actingOid: actor.oid } });
  if (waiting === null || waiting.errorCode === "act_until") return;
  const run = await visibleRun(actor, runId);
  if (!mayCarryOn(actor, factsOf(run), requestFactsOf(run)).allowed) return;
  if (missingStepUp(planOf(run).verdict.stepUp, actor, now()) !== null) return;
  await queueNextAttempt(actor, run, ["sign-in-needed"], "run-carried-on", `Run ${run.number} goes on: ${actor.name} signed in again`);
}
