import type { Actor } from "@/lib/auth/actor";
import { freshActor } from "@/lib/auth/fresh-actor";
import type { Answer, BodyOut } from "@/lib/http/contract";
import { problemOf } from "@/lib/http/problem";
import { BinderyError, isBinderyError } from "@/lib/kernel/errors";
import { inParallel } from "@/lib/kernel/parallel";
import { lastName } from "@/lib/kernel/resource-id";
import { admit, decideAs } from "../decide";
import { requireStepUp } from "../step-up";
import { type RequestRecord, visibleBatch } from "../store";
import { atOnce } from "./limits";

type Body = BodyOut<"POST /api/v1/batches/{id}/decisions">;
type Outcome = Answer<"POST /api/v1/batches/{id}/decisions">["outcomes"][number];
type Chosen = { request: RequestRecord; decision: Parameters<typeof decideAs>[2] };

/**
 * One decision over a list of digests: each plan is held against the facts and decided in a transaction of its own, exactly as alone, and one that
 * is void, stopped or overtaken drops out alone. Whoever may not decide one of them, or has to sign in again for one, decides none.
 */
export async function decideBatch(
  session: Actor,
  { id }: { id: string },
  body: Body,
): Promise<Answer<"POST /api/v1/batches/{id}/decisions">> {
  const actor = await freshActor(session);
  const requests = await visibleBatch(actor, id);
  const chosen = body.plans.map((plan) => chosenOf(requests, plan, body));
  for (const one of chosen) requireAllowed(actor, one, `/requests/batch/${id}`);
  return { outcomes: await inParallel(atOnce, chosen, (one) => outcomeOf(actor, one)) };
}

function chosenOf(requests: readonly RequestRecord[], { id, ...plan }: Body["plans"][number], { verdict, reason, start }: Body): Chosen {
  const request = requests.find((one) => one.id === id);
  if (request === undefined)
    throw new BinderyError("invalid_input", "One of these requests is not asked for here, or you may not see it.", {
      field: "plans",
      remedy: "Reload the page and choose again.",
    });
  return { request, decision: { ...plan, verdict, start, ...(reason === undefined ? {} : { reason }) } };
}

/** Throws what concerns the person or the form; a request that moved on is no reason to refuse the others. */
function requireAllowed(actor: Actor, { request, decision }: Chosen, returnTo: string): void {
  try {
    const plan = admit(actor, request, decision);
    if (decision.verdict === "approve") requireStepUp(plan.document.verdict.stepUp, actor, returnTo);
  } catch (error) {
    if (!isBinderyError(error, "conflict")) throw error;
  }
}

async function outcomeOf(actor: Actor, { request, decision }: Chosen): Promise<Outcome> {
  const about = { id: request.id, number: request.number, clusterName: lastName(request.clusterId) };
  try {
    return { ...about, decided: await decideAs(actor, request.id, decision), dropped: null };
  } catch (error) {
    // Others of the list are decided already, and the answer has to say so.
    const { code, title, detail, remedy, changes } = problemOf(error, request.correlationId);
    return { ...about, decided: null, dropped: { code, title, detail, remedy, changes } };
  }
}
