import { appendAudit } from "@/lib/audit/append";
import type { Actor } from "@/lib/auth/actor";
import { cloud } from "@/lib/azure/cloud";
import { type Tx, transaction } from "@/lib/db/client";
import { notifyChange } from "@/lib/db/notify";
import type { Answer, BodyOut } from "@/lib/http/contract";
import { now } from "@/lib/kernel/clock";
import { overtaken } from "@/lib/kernel/errors";
import { tagsOf } from "./content-store";
import { requireAdministrator } from "./gate";
import { judgeLosses } from "./losses";
import { lockTags, numberOf, setWithdrawn, shownTagsIn } from "./store";
import { successionOf } from "./succession";
import { keepJudgement, openLosses } from "./warning-store";

/**
 * Withdraws a snapshot that turned out to be wrong, as a document with a change number that is too high, or lets it count again: the newest that
 * counts is in use from then on. What it lacks against a withdrawn one is no loss. On record, with the reason. Throws `not_found`, and
 * `conflict` when somebody was faster.
 */
export async function setStanding(
  actor: Actor,
  { id }: { id: string },
  { withdrawn, reason }: BodyOut<"POST /api/v1/network/snapshots/{id}/standing">,
): Promise<Answer<"POST /api/v1/network/snapshots/{id}/standing">> {
  requireAdministrator(actor);
  const { serviceTagsCloud } = cloud();
  return transaction(async (tx) => {
    const at = now();
    await lockTags(tx, serviceTagsCloud);
    const before = await currentIn(tx, serviceTagsCloud);
    const by = { oid: actor.oid, name: actor.name, because: reason, at };
    if (!(await setWithdrawn(tx, serviceTagsCloud, id, withdrawn ? by : null)))
      throw overtaken(withdrawn ? "Somebody withdrew this snapshot already." : "This snapshot counts already.");
    const number = await numberOf(tx, id);
    const after = await currentIn(tx, serviceTagsCloud);
    if (after !== null && after !== before) {
      const had = withdrawn || before === null ? [] : await tagsOf(tx, before);
      const judgement = judgeLosses(had, await openLosses(tx, serviceTagsCloud), await tagsOf(tx, after));
      await keepJudgement(tx, serviceTagsCloud, after, judgement, at);
    }
    await appendAudit(tx, {
      tid: actor.tid,
      action: withdrawn ? "service-tags-withdrawn" : "service-tags-restored",
      outcome: "ok",
      actor,
      subject: { type: "service-tags", id },
      summary: withdrawn ? `Withdrew the service tags ${number}` : `Let the service tags ${number} count again`,
      before: { current: before },
      after: { current: after },
      detail: { reason, changeNumber: number },
    });
    await notifyChange(tx, { type: "setting", id: "service-tags", tid: actor.tid });
    return { currentId: after };
  });
}

async function currentIn(tx: Tx, cloudName: string): Promise<string | null> {
  return successionOf(await shownTagsIn(tx, cloudName)).at(-1)?.snapshotId ?? null;
}
