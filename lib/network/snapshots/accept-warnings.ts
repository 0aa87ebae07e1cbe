import { appendAudit } from "@/lib/audit/append";
import type { Actor } from "@/lib/auth/actor";
import { cloud } from "@/lib/azure/cloud";
import { transaction } from "@/lib/db/client";
import { notifyChange } from "@/lib/db/notify";
import type { Answer, BodyOut } from "@/lib/http/contract";
import { now } from "@/lib/kernel/clock";
import { overtaken } from "@/lib/kernel/errors";
import { requireAdministrator } from "./gate";
import { lockTags } from "./store";
import { acceptWarnings } from "./warning-store";

/**
 * Takes losses of tags as true, for a reason: their warnings end, and removals are no longer blocked. On record, tag by tag. Throws `conflict`
 * when one of them is not open any more; nothing is changed then.
 */
export async function acceptTagWarnings(
  actor: Actor,
  { ids, reason }: BodyOut<"POST /api/v1/network/warnings/accept">,
): Promise<Answer<"POST /api/v1/network/warnings/accept">> {
  requireAdministrator(actor);
  const { serviceTagsCloud } = cloud();
  return transaction(async (tx) => {
    await lockTags(tx, serviceTagsCloud);
    const accepted = await acceptWarnings(tx, serviceTagsCloud, ids, { oid: actor.oid, name: actor.name, reason, at: now() });
    if (accepted.length < new Set(ids).size) throw overtaken("Some of these warnings are not open any more.");
    for (const { id, tag, what, lost, since, snapshotId } of accepted)
      await appendAudit(tx, {
        tid: actor.tid,
        action: "tag-warning-accepted",
        outcome: "ok",
        actor,
        subject: { type: "service-tag", id: tag },
        summary: `That ${tag} ${what === "vanished" ? "vanished" : `lost ${lost} ranges`} was accepted: ${reason}`,
        before: { id, tag, what, lost, since, snapshotId },
        after: null,
        detail: { reason },
      });
    await notifyChange(tx, { type: "setting", id: "service-tags", tid: actor.tid });
    return { accepted: accepted.map(({ tag }) => tag) };
  });
}
