import { dataActionAllowed } from "../arm/rbac";
import type { KubeObject } from "../state/kubernetes-shapes";
import type { ArmResource } from "../state/shapes";
import type { World } from "../world";
import type { ResourceKind } from "./resources";

/** Who calls a cluster: a person of the tenant, or `null` for the cluster's own administrator. */
export type KubeUser = { oid: string; upn: string; groups: string[] } | null;

export type Verb = "get" | "list" | "create" | "delete";
type Rule = { verbs?: string[]; apiGroups?: string[]; resources?: string[] };
type Subject = { kind: string; name: string };

/**
 * Whether a person may do that in a cluster: by Azure RBAC where the cluster has it, and by the cluster's own ClusterRoleBindings and
 * RoleBindings to the person or to one of the person's groups, as AKS asks both.
 */
export function may(
  world: World,
  cluster: ArmResource,
  objects: KubeObject[],
  user: KubeUser,
  verb: Verb,
  kind: ResourceKind,
  namespace: string | null,
): boolean {
  if (user === null) return true;
  const principals = new Set([user.oid, ...user.groups]);
  const name = kind.group === "" ? kind.plural : `${kind.group}/${kind.plural}`;
  const act = verb === "create" ? "write" : verb === "delete" ? "delete" : "read";
  if (
    usesAzureRbac(cluster) &&
    dataActionAllowed(world, principals, `Microsoft.ContainerService/managedClusters/${name}/${act}`, cluster.id)
  )
    return true;
  const names = new Set([...principals, user.upn]);
  return objects.some((one) => {
    if (one.kind !== "ClusterRoleBinding" && (one.kind !== "RoleBinding" || one.metadata.namespace !== namespace)) return false;
    const subjects = (one.subjects ?? []) as Subject[];
    if (!subjects.some((subject) => ["User", "Group"].includes(subject.kind) && names.has(subject.name))) return false;
    const ref = one.roleRef as { kind: string; name: string };
    const role = objects.find(
      (other) =>
        other.kind === ref.kind &&
        other.metadata.name === ref.name &&
        (ref.kind === "ClusterRole" || other.metadata.namespace === one.metadata.namespace),
    );
    return ((role?.rules ?? []) as Rule[]).some((rule) => covers(rule, verb, kind));
  });
}

/** True for a cluster whose sign-in is that of Entra; another knows certificates alone. */
export function usesEntra(cluster: ArmResource): boolean {
  return (cluster.properties.aadProfile as { managed?: boolean } | undefined)?.managed === true;
}

function usesAzureRbac(cluster: ArmResource): boolean {
  return (cluster.properties.aadProfile as { enableAzureRBAC?: boolean } | undefined)?.enableAzureRBAC === true;
}

/** The words of a refusal, as kubectl and the API give them. */
export function forbiddenWords(
  cluster: ArmResource,
  user: KubeUser,
  verb: Verb,
  kind: ResourceKind,
  namespace: string | null,
  name: string,
): string {
  const what =
    name === ""
      ? `${kind.plural}${kind.group === "" ? "" : `.${kind.group}`} is`
      : `${kind.plural}${kind.group === "" ? "" : `.${kind.group}`} "${name}" is`;
  const where = namespace === null ? "at the cluster scope" : `in the namespace "${namespace}"`;
  const azure = usesAzureRbac(cluster)
    ? ": User does not have access to the resource in Azure. Update role assignment to allow access."
    : "";
  return `${what} forbidden: User "${user?.upn ?? "masterclient"}" cannot ${verb} resource "${kind.plural}" in API group "${kind.group}" ${where}${azure}`;
}

function covers(rule: Rule, verb: Verb, kind: ResourceKind): boolean {
  const has = (list: string[] | undefined, value: string) => list?.includes("*") === true || list?.includes(value) === true;
  return has(rule.verbs, verb) && has(rule.apiGroups, kind.group) && has(rule.resources, kind.plural);
}
