import { appendAudit } from "@/lib/audit/append";
import type { Actor } from "@/lib/auth/actor";
import { dropUnusedTokens } from "@/lib/auth/tokens";
import { type Tx, transaction } from "@/lib/db/client";
import type { Answer } from "@/lib/http/contract";
import { BinderyError } from "@/lib/kernel/errors";
import { isBindingPlan, isNetworkPlan, type Plan } from "@/lib/plans/plan";
import { mayCancel } from "./abilities";
import { common, stopRun } from "./outcome";
import { isMoving } from "./state";
import { patchRun, type RunRecord, writesTaken } from "./store";
import { planOf, requestFactsOf, visibleRun } from "./visible";

/** A sentence: what stays in Azure when a run with this effect is cancelled. */
export function cancelLeaves(effect: string | null, plan: Plan, written: boolean): string {
  if (!written) return "Nothing was written to Azure, so nothing stays.";
  if (isNetworkPlan(plan))
    return effect === null || effect === "accepted"
      ? `Azure has taken the new list of ${plan.target.clusterName} and may complete it: cancelling does not undo it. Ask for another change to take it back.`
      : `The list of ${plan.target.clusterName} stays as planned: cancelling only stops watching it. Ask for another change to take it back.`;
  if (!isBindingPlan(plan))
    return plan.kind === "ml-teardown"
      ? "What was taken away stays away, and what Azure is taking away may still go: cancelling brings nothing back."
      : "Every step that Azure took stays, and one that it is working on may complete: cancelling undoes nothing. Ask for a teardown to remove it.";
  const { bindingName, clusterName } = plan.target;
  if (plan.steps.length > 1 && (effect === null || effect === "accepted"))
    return `The old binding ${bindingName} is or will be removed, and the new one may not be made: look at the bindings of ${clusterName}.`;
  if (effect === null || effect === "accepted")
    return plan.after === null
      ? `Azure has taken the removal of ${bindingName} and may complete it: cancelling does not bring it back.`
      : `Azure has taken the change to ${bindingName} on ${clusterName} and may complete it: cancelling does not undo it. Ask for a revoke to remove it.`;
  return plan.after === null
    ? `${bindingName} is already gone from Azure: cancelling does not bring it back.`
    : `${bindingName} stays on ${clusterName} as planned: cancelling only stops watching it. Ask for a revoke to remove it.`;
}

/** The same sentence for a run as it stands in the database. */
export async function whatStays(tx: Tx, run: RunRecord, plan: Plan): Promise<string> {
  const written = await tx.armCall.count({ where: writesTaken(run.id) });
  return cancelLeaves(run.effect, plan, written > 0);
}

/** Cancels a run: at once when nobody works on it, else at the engine's next look. Says what stays in Azure. */
export async function cancelRun(actor: Actor, params: { id: string }): Promise<Answer<"POST /api/v1/runs/{id}/cancel">> {
  const run = await visibleRun(actor, params.id);
  const ability = mayCancel(
    actor,
    { state: run.state, errorCode: run.errorCode, actingKey: run.actingKey, planVoided: run.plan.voidedAt !== null },
    requestFactsOf(run),
  );
  if (!ability.allowed)
    throw new BinderyError(
      ["done", "cancelled"].includes(run.state) ? "conflict" : "forbidden",
      ability.why ?? "You may not cancel this run.",
    );
  const result = await transaction(async (tx) => {
    // The row is held, so that a write which is about to be sent either sees the cancel or is counted as sent.
    await tx.$queryRaw`SELECT id FROM run WHERE id = ${run.id}::uuid FOR UPDATE`;
    const fresh = await tx.run.findUniqueOrThrow({ where: { id: run.id } });
    const leaves = await whatStays(tx, fresh, planOf(run));
    if (!isMoving(fresh.state) || fresh.state === "queued") {
      await stopRun(tx, fresh, null, { state: "cancelled", code: "cancelled", message: `Cancelled by ${actor.name}. ${leaves}` }, actor);
      return { state: "cancelled", leaves };
    }
    const asked = await patchRun(tx, run.id, { cancelAsked: true });
    const summary = `${actor.name} cancels run ${run.number}. ${leaves}`;
    await appendAudit(tx, {
      ...common(fresh),
      actor,
      action: "run-cancelled",
      outcome: "intent",
      subject: { type: "run", id: run.id },
      summary,
    });
    return { state: asked.state, leaves };
  });
  if (result.state === "cancelled") await dropUnusedTokens(run.actingAccountId);
  return result;
}
