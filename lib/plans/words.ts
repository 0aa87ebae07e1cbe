import {
  bindingChangesOf,
  type DeploymentPlan,
  isBindingPlan,
  isNetworkPlan,
  type NetworkPlan,
  type Plan,
  type PlanStep,
  takesAway,
} from "./plan";

/** What a step is about, for the record: the kind of thing and its id. */
export function stepSubject({ resourceId, via }: Pick<PlanStep, "resourceId" | "via">): { type: string; id: string } {
  const type =
    via === "kubernetes" || via === "run-command"
      ? "cluster-object"
      : (kinds.find(([pattern]) => pattern.test(resourceId))?.[1] ?? "azure-resource");
  return { type, id: resourceId };
}

const kinds: [RegExp, string][] = [
  [/\/trustedAccessRoleBindings\/[^/]+$/i, "role-binding"],
  [/\/Microsoft\.KubernetesConfiguration\/extensions\/[^/]+$/i, "extension"],
  [/\/computes\/[^/]+$/i, "compute"],
  [/\/deployments\/[^/]+$/i, "template-deployment"],
  [/\/register$/i, "resource-provider"],
  [/\/Microsoft\.ContainerService\/managedClusters\/[^/]+$/i, "cluster"],
];

/** What a plan is about, for the record: its binding where it is a plan on one, else the cluster. */
export function planSubject(plan: Plan): { type: string; id: string } {
  if (isNetworkPlan(plan)) return { type: "authorized-ranges", id: plan.target.clusterId };
  return "bindingId" in plan.target
    ? { type: "role-binding", id: plan.target.bindingId }
    : { type: "deployment", id: plan.target.clusterId };
}

/** What a plan changes, in words: `ml-binding`, `Azure ML on aks-ml`, `The list of authorized ranges of aks-ml`. */
export function planName(plan: Plan): string {
  if (isNetworkPlan(plan)) return `The list of authorized ranges of ${plan.target.clusterName}`;
  return "bindingName" in plan.target ? plan.target.bindingName : `Azure ML on ${plan.target.clusterName}`;
}

/** The list of authorized ranges before a plan that changes it, and after. */
function listsOf(plan: NetworkPlan | DeploymentPlan): Record<"before" | "after", { authorizedIPRanges: string[] } | null> {
  const list = plan.network?.list;
  return list === undefined
    ? { before: null, after: null }
    : { before: { authorizedIPRanges: list.before }, after: { authorizedIPRanges: list.after } };
}

/** What was there before a plan and is there after it, for the record. */
export function beforeAndAfter(plan: Plan): {
  before: Plan["guardedFacts"][number]["value"];
  after: Plan["guardedFacts"][number]["value"];
} {
  if (isBindingPlan(plan)) {
    const [change] = bindingChangesOf(plan);
    return { before: change?.before ?? null, after: change?.after ?? null };
  }
  const { before, after } = listsOf(plan);
  if (isNetworkPlan(plan)) return { before, after };
  const { workspaceId, extensionName, computeName, namespace } = plan.target;
  const parts = {
    workspaceId,
    extension: extensionName,
    compute: computeName,
    namespace,
    bindings: bindingChangesOf(plan).map(({ name }) => name),
  };
  return takesAway(plan) ? { before: { ...parts, ...before }, after } : { before, after: { ...parts, ...after } };
}
