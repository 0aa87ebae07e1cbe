import { appendAudit } from "@/lib/audit/append";
import type { AuditAction } from "@/lib/audit/actions";
import type { Actor } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { fromNow, now } from "@/lib/kernel/clock";
import { overtaken } from "@/lib/kernel/errors";
import { actingAs } from "@/lib/requests/acting";
import { common } from "./outcome";
import type { RunState } from "./state";
import { actForMs, moveRun, type RunRecord, writesTaken } from "./store";

/** Queues the next attempt of a run, acting as the given person. Throws `conflict` when the run has moved on. */
export async function queueNextAttempt(
  actor: Actor,
  run: RunRecord,
  from: readonly RunState[],
  action: AuditAction,
  summary: string,
): Promise<number> {
  const acting = actingAs(actor);
  return transaction(async (tx) => {
    // What was written before is followed; without any write that Azure may have taken, the facts are held against the approval anew.
    const written = await tx.armCall.count({ where: writesTaken(run.id) });
    // A withdrawal or a voided plan that came first wins.
    const still = await tx.request.updateMany({ where: { id: run.requestId, state: "approved" }, data: { revision: { increment: 1 } } });
    if (still.count === 0) throw overtaken("The request of this run is no longer approved.");
    const moved = await moveRun(
      tx,
      run.id,
      "queued",
      {
        attempt: { increment: 1 },
        digestChecked: written > 0,
        actingOid: acting.oid,
        actingKey: acting.personKey,
        actingName: acting.name,
        actingAccountId: acting.homeAccountId,
        cancelAsked: false,
        actUntil: fromNow(actForMs),
        queuedAt: now(),
        endedAt: null,
        waitingFor: null,
        waitingClaims: null,
      },
      from,
    );
    // Steps that did not end are looked at again; what is done stays done.
    await tx.runStep.updateMany({
      where: { runId: run.id, state: { in: ["failed", "running"] } },
      data: { state: "pending", endedAt: null, operation: null },
    });
    await appendAudit(tx, {
      ...common(moved),
      actor,
      action,
      outcome: "ok",
      subject: { type: "run", id: run.id },
      summary,
      detail: { attempt: moved.attempt, before: run.state, actedBefore: run.actingName },
    });
    return moved.attempt;
  });
}
