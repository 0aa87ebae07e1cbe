import { appendAudit } from "@/lib/audit/append";
import type { Actor } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import type { Answer, BodyOut } from "@/lib/http/contract";
import { now } from "@/lib/kernel/clock";
import { BinderyError } from "@/lib/kernel/errors";
import { mayWithdraw } from "./abilities";
import { auditOf, changeRequest, factsOf, visibleRequest, whyOf } from "./store";

/** Withdraws one's own request. A decision that came first wins; a withdrawal that came first makes a later decision a conflict. */
export async function withdrawRequest(
  actor: Actor,
  params: { id: string },
  body: BodyOut<"POST /api/v1/requests/{id}/withdraw">,
): Promise<Answer<"POST /api/v1/requests/{id}/withdraw">> {
  const request = await visibleRequest(actor, params.id);
  const ability = mayWithdraw(actor, factsOf(request));
  if (!ability.allowed)
    throw new BinderyError(
      request.requesterKey === actor.personKey ? "conflict" : "forbidden",
      ability.why ?? "You may not withdraw this request.",
    );
  await transaction(async (tx) => {
    await changeRequest(tx, request, { state: "withdrawn", closedAt: now(), updatedAt: now() });
    await appendAudit(tx, {
      ...auditOf(request, actor),
      action: "request-withdrawn",
      outcome: "ok",
      summary: `Request ${request.number} withdrawn`,
      detail: { reason: body.reason || null, asked: whyOf(request) },
    });
  });
  return { state: "withdrawn" };
}
