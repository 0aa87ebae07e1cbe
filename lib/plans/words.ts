import { bindingChangesOf, type Plan, type PlanStep, takesAway } from "./plan";

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
];

/** What a plan is about, for the record: its binding where it is a plan on one, else the cluster. */
export function planSubject(plan: Plan): { type: string; id: string } {
  return "bindingId" in plan.target
    ? { type: "role-binding", id: plan.target.bindingId }
    : { type: "deployment", id: plan.target.clusterId };
}

/** What a plan changes, in words: `ml-binding`, `Azure ML on aks-ml`. */
export function planName(plan: Plan): string {
  return "bindingName" in plan.target ? plan.target.bindingName : `Azure ML on ${plan.target.clusterName}`;
}

/** What was there before a plan and is there after it, for the record. */
export function beforeAndAfter(plan: Plan): {
  before: Plan["guardedFacts"][number]["value"];
  after: Plan["guardedFacts"][number]["value"];
} {
  if ("bindingName" in plan.target) {
    const [change] = bindingChangesOf(plan);
    return { before: change?.before ?? null, after: change?.after ?? null };
  }
  const { workspaceId, extensionName, computeName, namespace } = plan.target;
  const parts = {
    workspaceId,
    extension: extensionName,
    compute: computeName,
    namespace,
    bindings: bindingChangesOf(plan).map(({ name }) => name),
  };
  return takesAway(plan) ? { before: parts, after: null } : { before: null, after: parts };
}
