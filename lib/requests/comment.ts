import { appendAudit } from "@/lib/audit/append";
import type { Actor } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { notifyChange } from "@/lib/db/notify";
import type { Answer, BodyOut } from "@/lib/http/contract";
import { now } from "@/lib/kernel/clock";
import { BinderyError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { mayComment } from "./abilities";
import { auditOf, visibleRequest } from "./store";

/** Adds a comment to a request that the person may see. */
export async function commentOnRequest(
  actor: Actor,
  params: { id: string },
  body: BodyOut<"POST /api/v1/requests/{id}/comments">,
): Promise<Answer<"POST /api/v1/requests/{id}/comments">> {
  const request = await visibleRequest(actor, params.id);
  const ability = mayComment(actor);
  if (!ability.allowed) throw new BinderyError("forbidden", ability.why ?? "You may not comment.");
  const id = newId();
  await transaction(async (tx) => {
    await tx.comment.create({
      data: { id, requestId: request.id, authorOid: actor.oid, authorName: actor.name, text: body.text, createdAt: now() },
    });
    await appendAudit(tx, {
      ...auditOf(request, actor),
      action: "request-commented",
      outcome: "ok",
      summary: `Comment on request ${request.number}`,
      detail: { comment: id, text: body.text },
    });
    await notifyChange(tx, {
      type: "request",
      id: request.id,
      clusterKey: request.clusterKey,
      sourceKey: request.sourceKey,
      tid: request.tid,
    });
  });
  return { id };
}
