import type { Cluster } from "@/lib/azure/types";
import { bindingIdOf, lastName, parseResourceId } from "@/lib/kernel/resource-id";
import { listFacts, listVoids } from "@/lib/network/authorize/guarded";
import { rangesStep } from "@/lib/network/authorize/step";
import type { BindingChange, DeploymentPlan, NetworkChange, Precondition } from "@/lib/plans/plan";
import type { Planned, PlanningContext } from "@/lib/plans/planning-context";
import { highest, type RiskReason } from "@/lib/roles/risk";
import { guardedFacts, voidedBy } from "../guarded";
import { policyChecks, verdictOf } from "../policy";
import type { TeardownInput } from "../schema";
import { aftermath } from "./aftermath";
import { checkTeardown } from "./checks";
import type { TeardownPlanFacts } from "./facts";
import { goes, teardownSteps } from "./order";
import { type TeardownNetwork, teardownNetwork } from "./network";
import { select, type Selection } from "./selection";

/** Plans a teardown from facts. Pure: the same input, facts and context give the same plan. */
export function planTeardown(input: TeardownInput, facts: TeardownPlanFacts, context: PlanningContext): Planned<DeploymentPlan> {
  const cluster = facts.cluster.state === "ok" ? facts.cluster.value : null;
  const found = checkTeardown(input, facts).map(({ title, group: _group, ...rest }): Precondition => ({ ...rest, label: title }));
  const blocked = (checks: Precondition[]): boolean => checks.some(({ status }) => status === "blocking");
  if (cluster === null) {
    const only = found.filter(({ key }) => key === "cluster-state");
    return { plan: null, checks: only, blocked: blocked(only), suggestedName: null };
  }
  const workspaceId = input.workspaceId === null ? null : parseResourceId(input.workspaceId).id;
  const approved = approvedWhereUnread(facts);
  const selection = select(input, facts);
  // Ranges go with the workspace's last compute on the cluster, like its role bindings.
  const network = networkOf(facts, goes(facts, selection));
  const risk = riskOf(input, network.change);
  const verdict = verdictOf({ input, cluster, context, workspaceId, roles: [], risk: risk.level, reducing: false });
  const where = { id: cluster.id, name: cluster.name, bindingApiVersion: context.apiVersions.binding };
  const steps = approved?.steps ?? [
    ...teardownSteps(input, facts, where),
    ...(network.change === null ? [] : [rangesStep(cluster, network.change)]),
  ];
  const checks = [...found, ...nothingToDo(input, steps.length), ...policyChecks(verdict, input)];
  const about = { clusterId: cluster.id, workspaceId, computeName: null };
  const guarded = guardedFacts(about, facts, facts.baseline);
  const ofList =
    facts.network === undefined || (network.change ?? facts.baseline?.network ?? null) === null
      ? []
      : listFacts(facts.network.list, facts.baseline);
  const { stays, costs } = aftermath(input, facts);
  const plan: DeploymentPlan = {
    kind: input.kind,
    cloud: context.cloud,
    tenantId: context.tenantId,
    target: {
      clusterId: cluster.id,
      clusterName: cluster.name,
      location: cluster.location,
      production: context.production,
      workspaceId,
      workspaceName: workspaceId === null ? null : lastName(workspaceId),
      extensionName: input.extension === "delete" ? (selection.extension?.name ?? null) : null,
      computeName: selection.detached.map(({ name }) => name).join(", ") || null,
      namespace: null,
    },
    sentence: sentenceOf(input, cluster, selection),
    steps,
    roles: [],
    risk,
    duration: { type: "standing" },
    verdict,
    guardedFacts: [...guarded, ...ofList],
    preconditions: checks,
    voidedBy: [...listVoids(ofList), ...voidedBy(about, guarded)],
    ...(network.change === null ? {} : { network: network.change }),
    bindings: approved?.bindings ?? (goes(facts, selection) ? selection.bindings.map((binding) => removed(cluster, binding)) : []),
    settings: [],
    protectedSettings: [],
    certificate: null,
    stays: [...stays, ...network.stays, ...costs.map((what) => `Goes on costing money: ${what}`)],
    plannedBy: context.planner,
    plannedAt: context.now.toISOString(),
  };
  return { plan, checks, blocked: blocked(checks), suggestedName: null };
}

/** What becomes of the list: ranges go only when nothing of the workspace stays. */
function networkOf({ network, baseline }: TeardownPlanFacts, isLast: boolean): TeardownNetwork {
  return isLast || baseline !== undefined ? teardownNetwork(network, baseline) : { change: null, stays: [] };
}

/** Access goes away, and so does what still runs: no policy takes that for a mere reduction. */
function riskOf({ extension }: TeardownInput, change: NetworkChange | null): DeploymentPlan["risk"] {
  const everyone = extension === "delete" ? " With the extension those of every other workspace on the cluster stop as well." : "";
  const interrupts: RiskReason = { level: "medium", code: "interrupts", text: `Jobs and online endpoints that run there stop.${everyone}` };
  const all = [interrupts, ...(change?.risks ?? [])];
  const level = highest(all.map((reason) => reason.level));
  return { level, reasons: [...all.filter((reason) => reason.level === level), ...all.filter((reason) => reason.level !== level)] };
}

/**
 * The approved plan, where this token cannot read all that its steps follow from: they stay as approved, since what is not readable is a missing
 * right and no change. What it can read is held against the approval by the guarded facts.
 */
function approvedWhereUnread({ computes, extensions, bindings, baseline }: TeardownPlanFacts): DeploymentPlan | undefined {
  return [computes, extensions, bindings].every(({ state }) => state === "ok" || state === "absent") ? undefined : baseline;
}

function nothingToDo({ workspaceId }: TeardownInput, steps: number): Precondition[] {
  if (steps > 0) return [];
  return [
    {
      key: "change",
      label: "Change",
      status: "blocking",
      message:
        workspaceId === null
          ? "There is nothing to take away: no workspace is named, and no extension goes."
          : "There is nothing to take away: the workspace has neither a compute nor a role binding on this cluster, and no extension goes.",
      remedy: workspaceId === null ? "Name a workspace, or delete the extension." : "Choose another cluster or workspace.",
    },
  ];
}

function removed(
  cluster: Cluster,
  { name, sourceResourceId, roles }: { name: string; sourceResourceId: string; roles: string[] },
): BindingChange {
  return { name, id: bindingIdOf(cluster.id, name), sourceResourceId, before: { name, sourceResourceId, roles }, after: null };
}

function sentenceOf(input: TeardownInput, cluster: Cluster, { detached, bindings, extension }: Selection): string {
  const deleted = input.extension === "delete" ? extension : null;
  const workspace = input.workspaceId === null ? null : `the workspace ${lastName(input.workspaceId)}`;
  if (workspace === null || (deleted !== null && detached.length + bindings.length === 0))
    return deleted === null
      ? `Take Azure ML off the cluster ${cluster.name}.`
      : `Delete the extension ${deleted.name} from the cluster ${cluster.name}.`;
  const computes = detached.map(({ name }) => name).join(" and ");
  const detach =
    computes === ""
      ? `Take what ${workspace} has left off the cluster ${cluster.name}`
      : `Detach ${computes} of ${workspace} from the cluster ${cluster.name}`;
  return deleted === null ? `${detach}.` : `${detach}, and delete the extension ${deleted.name}.`;
}
