import type { AzureCaller } from "@/lib/azure/types";
import type { Plan } from "@/lib/plans/plan";
import { comparePlan } from "@/lib/requests/planning";
import { voidPlan } from "@/lib/requests/void-plan";
import type { Progress } from "./progress";
import type { RunRecord } from "./store";

/**
 * Gathers the facts again with the acting person's token and holds the approved plan against them, before anything of it is written. Another
 * digest voids the plan; a guarded fact that the acting person cannot read is *rights needed*, never *changed*. Null: nothing stands in the way.
 */
export async function holdAgainstFacts(
  run: RunRecord,
  plan: { id: string; document: Plan },
  caller: AzureCaller,
): Promise<Extract<Progress, { kind: "stop" }> | null> {
  const comparison = await comparePlan(caller, run.requestId, plan.document, { oid: run.actingOid, name: run.actingName });
  const [missing] = comparison.unreadable;
  if (missing !== undefined) {
    return {
      kind: "stop",
      stop: {
        state: "rights-needed",
        code: "rights_needed",
        message: `${run.actingName} cannot read ${missing.label}, which the approval rests on.`,
        action: missing.action,
        scope: missing.scope,
        remedy: "Activate a role that may read it, wait a minute, then continue; or let another approver carry the run on.",
      },
    };
  }
  if (comparison.changes.length > 0) {
    await voidPlan({ runId: run.id, requestId: run.requestId, planId: plan.id, changes: comparison.changes, fresh: comparison.fresh });
    return {
      kind: "stop",
      stop: {
        state: "failed",
        code: "plan_void",
        message: `The facts changed since the approval: ${comparison.changes.join(" ")}`,
        remedy: "The request waits again with a new plan that shows what changed; nothing was written.",
      },
    };
  }
  const blocking = comparison.fresh.plan.preconditions.filter((condition) => condition.status === "blocking");
  if (blocking.length === 0) return null;
  return {
    kind: "stop",
    stop: {
      state: "failed",
      code: "precondition_failed",
      message: blocking.map((condition) => condition.message).join(" "),
      remedy: blocking[0]?.remedy ?? "Mend the cause, then retry the run.",
    },
  };
}
