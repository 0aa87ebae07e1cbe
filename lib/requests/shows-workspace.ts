import { type Actor, holds } from "@/lib/auth/actor";
import { canSee, visibleScope } from "@/lib/auth/scope";
import { idKey } from "@/lib/kernel/resource-id";
import type { DeploymentPlan } from "@/lib/plans/plan";
import { isPartyTo } from "./visible";

/**
 * Whether a person may see what was read of a deployment's workspace: whoever planned, the parties, an Auditor, and those to whom Azure shows the
 * workspace.
 */
export async function showsWorkspace(actor: Actor, plan: DeploymentPlan, requestId: string): Promise<boolean> {
  if (plan.plannedBy.oid === actor.oid || holds(actor, "Auditor") || (await isPartyTo(actor, requestId))) return true;
  const { workspaceId } = plan.target;
  if (workspaceId === null) return false;
  // Of a workspace that is yet to be made, the group that it is made in says who sees it.
  const isMissing = plan.guardedFacts.some(({ key, verified, value }) => key === "workspace-id" && verified && value === null);
  return canSee(await visibleScope(actor), idKey(workspaceId), isMissing);
}
