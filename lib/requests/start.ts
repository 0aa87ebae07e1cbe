import { appendAudit } from "@/lib/audit/append";
import type { Actor } from "@/lib/auth/actor";
import { freshActor } from "@/lib/auth/fresh-actor";
import { transaction } from "@/lib/db/client";
import type { Answer } from "@/lib/http/contract";
import { now } from "@/lib/kernel/clock";
import { BinderyError } from "@/lib/kernel/errors";
import { createRun } from "@/lib/runs/store";
import { isReadyToStart, mayStart } from "./abilities";
import { actingAs } from "./acting";
import { isApprover } from "./planning";
import { requireStepUp } from "./step-up";
import { auditOf, changeRequest, currentPlan, factsOf, visibleRequest, whyOf } from "./store";

/** Starts the run of an approved request by hand. It acts as the person who presses; the facts are checked against the digest before the first write. */
export async function startRequest(session: Actor, params: { id: string }): Promise<Answer<"POST /api/v1/requests/{id}/start">> {
  const actor = await freshActor(session);
  const request = await visibleRequest(actor, params.id);
  const ability = mayStart(actor, factsOf(request));
  if (!ability.allowed)
    throw new BinderyError(isReadyToStart(factsOf(request)) ? "forbidden" : "conflict", ability.why ?? "You may not start this request.");
  const plan = currentPlan(request);
  if (plan === null) throw new BinderyError("conflict", "There is no plan to run.");
  // Without an approval it rests on the requester being an Approver, which has to hold still.
  if (request.state === "waiting" && request.requesterIsApprover && !isApprover(actor))
    throw new BinderyError("forbidden", "You no longer hold the portal role Approver: this needs somebody else's approval now.", {
      remedy: "Withdraw the request and ask again: it then waits for an approval.",
    });
  requireStepUp(plan.document.verdict.stepUp, actor, `/requests/${request.id}`);
  const run = await transaction(async (tx) => {
    await changeRequest(tx, request, { state: "approved", updatedAt: now() });
    const created = await createRun(tx, request, { id: plan.id, document: plan.document }, actingAs(actor));
    await appendAudit(tx, {
      ...auditOf(request, actor),
      action: "run-queued",
      outcome: "ok",
      runId: created.id,
      summary: `Run ${created.number} started by hand; it acts as ${actor.name}`,
      detail: { digest: plan.digest, asked: whyOf(request) },
    });
    return created;
  });
  return { runId: run.id };
}
