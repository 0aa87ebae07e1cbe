import type { Actor } from "@/lib/auth/actor";
import { callerFor } from "@/lib/auth/caller";
import { transaction } from "@/lib/db/client";
import type { Answer, BodyOut } from "@/lib/http/contract";
import { BinderyError } from "@/lib/kernel/errors";
import { newCorrelationId, newId } from "@/lib/kernel/ids";
import { inParallel } from "@/lib/kernel/parallel";
import { lastName } from "@/lib/kernel/resource-id";
import { type FreshPlan, planWith } from "../planning";
import { requireStepUp } from "../step-up";
import { askerOf, freshAsker, keepRequest } from "../submit";
import { atOnce } from "./limits";
import { type BatchInput, inputsOf } from "./schema";

/**
 * Submits the same change for several clusters: a request with a plan and a digest of its own for each, all of them or none. Throws `invalid_input`
 * with a sentence for each cluster that a check stops, or that the asker cannot read.
 */
export async function submitBatch(session: Actor, body: BodyOut<"POST /api/v1/batches">): Promise<Answer<"POST /api/v1/batches">> {
  const correlationId = newCorrelationId();
  const actor = await freshAsker(session);
  const caller = callerFor(actor, correlationId);
  const planned = await inParallel(atOnce, inputsOf(body), async (input) => ({
    input,
    fresh: await planWith(caller, input, askerOf(actor), { oid: actor.oid, name: actor.name }),
  }));
  refuseStopped(
    body,
    planned.map(({ fresh }) => fresh),
  );
  for (const { fresh } of planned)
    if (fresh.plan?.verdict.approvals === 0) requireStepUp(fresh.plan.verdict.stepUp, actor, "/network/new/several");
  const batchId = newId();
  const requests = await transaction(async (tx) => {
    const kept: Answer<"POST /api/v1/batches">["requests"] = [];
    for (const { input, fresh } of planned)
      kept.push({ ...(await keepRequest(tx, actor, { input, fresh, correlationId, batchId })), clusterId: input.clusterId });
    return kept;
  });
  return { id: batchId, requests };
}

/** One that cannot be asked for stops all: what the asker saw as one is not sent in parts. */
function refuseStopped({ clusterIds }: BatchInput, plans: FreshPlan[]): void {
  const stopped = plans.flatMap((fresh, at) => {
    const sentences = stopsOf(fresh);
    const clusterId = clusterIds[at] ?? "";
    return sentences.length === 0 ? [] : [[`clusterIds.${at}`, `${lastName(clusterId)}: ${sentences.join(" ")}`] as const];
  });
  if (stopped.length === 0) return;
  throw new BinderyError("invalid_input", stopped.map(([, sentence]) => sentence).join(" "), {
    fields: Object.fromEntries(stopped),
    remedy: "Leave out the clusters that cannot be changed so, and send the rest.",
  });
}

function stopsOf({ plan, checks }: FreshPlan): string[] {
  const blocking = checks.filter(({ status }) => status === "blocking").map(({ message }) => message);
  if (blocking.length > 0 || plan !== null) return blocking;
  return ["It cannot be read with your Azure rights. Ask for it alone: whoever approves it plans it."];
}
