import type { Actor } from "@/lib/auth/actor";
import { callerFor } from "@/lib/auth/caller";
import { listPermissions } from "@/lib/azure/access";
import { allows, deploymentActions } from "@/lib/azure/actions";
import type { Answer } from "@/lib/http/contract";
import { type Plan, writes } from "@/lib/plans/plan";
import { currentPlan, visibleRequest } from "./store";

type Right = { action: string; scope: string };

/**
 * The Azure rights for the plan's writes that the caller does not hold, as far as the caller can read that: a hint before an approval that
 * makes the run act as them. Azure itself decides at each call.
 */
export async function missingRights(actor: Actor, params: { id: string }): Promise<Answer<"GET /api/v1/requests/{id}/rights">> {
  const request = await visibleRequest(actor, params.id);
  const plan = currentPlan(request)?.document;
  if (plan === undefined) return { missing: [], unread: [] };
  const needed = rightsOf(plan);
  const caller = callerFor(actor, request.correlationId);
  const scopes = [...new Set(needed.map(({ scope }) => scope))];
  const reads = await Promise.all(scopes.map(async (scope) => [scope, await listPermissions(caller, scope)] as const));
  const held = new Map(reads.flatMap(([scope, read]) => (read.state === "ok" ? [[scope, read.value] as const] : [])));
  return {
    missing: needed.filter(({ action, scope }) => held.has(scope) && !allows(held.get(scope) ?? [], action)),
    unread: scopes.filter((scope) => !held.has(scope)),
  };
}

/** What the writes need, each once. The attach also wants the cluster's admin credential (azure-ai-docs, how-to-assign-roles). */
function rightsOf({ steps, target }: Plan): Right[] {
  const needed = steps.filter(writes).flatMap(({ action, scope }): Right[] => {
    const attaches = action.toLowerCase() === deploymentActions.writeCompute.toLowerCase();
    return [{ action, scope }, ...(attaches ? [{ action: deploymentActions.attachCluster, scope: target.clusterId }] : [])];
  });
  return [...new Map(needed.map((right) => [`${right.action} ${right.scope}`.toLowerCase(), right])).values()];
}
