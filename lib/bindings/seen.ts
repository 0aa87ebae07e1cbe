import { getCluster } from "@/lib/azure/clusters";
import type { KubernetesRoleBinding } from "@/lib/azure/deployment-types";
import { type ApiServer, listClusterRoleBindings, listClusterRoles, openApiServer } from "@/lib/azure/kubernetes";
import type { AzureCaller } from "@/lib/azure/types";
import { sameId } from "@/lib/kernel/resource-id";
import { alteredBindings, type BindingChange, type BindingState, type Plan, type PlannedRole } from "@/lib/plans/plan";
import { findTrustedAccess } from "@/lib/roles/find-trusted-access";
import { roleNameOf } from "@/lib/roles/rules";

/**
 * Whether the cluster itself shows the change of a plan's role bindings, read from its API server as the person. False where it cannot be
 * read, and wherever what it shows would prove nothing. Throws nothing that is an answer of Azure or of the cluster.
 */
export async function bindingsSeen(caller: AzureCaller, plan: Plan): Promise<boolean> {
  const server = await serverOf(caller, plan.target.clusterId);
  return server !== null && changesSeen(server, plan);
}

/** The cluster's own API server for this person; null: it cannot be read directly. */
export async function serverOf(caller: AzureCaller, clusterId: string): Promise<ApiServer | null> {
  const cluster = await getCluster(caller, clusterId);
  if (cluster.state !== "ok") return null;
  const server = await openApiServer(caller, cluster.value);
  return server.state === "ok" ? server.value : null;
}

/** The same where the API server is known. A plan that changes no role binding has nothing to be seen. */
export async function changesSeen(server: ApiServer, plan: Plan): Promise<boolean> {
  const changes = alteredBindings(plan);
  if (changes.length === 0) return false;
  const [bindings, roles] = await Promise.all([listClusterRoleBindings(server), listClusterRoles(server)]);
  if (bindings.state !== "ok") return false;
  const rules = new Map(plan.roles.filter(({ verified }) => verified).map(({ fullName, rules: own }: PlannedRole) => [fullName, own]));
  return changes.every((change) => {
    if (change.after === null) return isGone(bindings.value, change);
    if (roles.state !== "ok" || !tellsApart(change)) return false;
    if (dropped(change).some((role) => isGiven(bindings.value, change.name, role))) return false;
    return findTrustedAccess(bindings.value, roles.value, change.name, change.after.roles, rules) === "seen";
  });
}

/** The cluster does not show which source holds a binding: another source with the same roles would look the same. */
function tellsApart({ before, after }: BindingChange): boolean {
  return before === null || after === null || sameId(before.sourceResourceId, after.sourceResourceId);
}

/** Roles that a change takes away. */
function dropped({ before, after }: BindingChange): string[] {
  const kept = new Set(rolesOf(after));
  return rolesOf(before).filter((role) => !kept.has(role));
}

const rolesOf = (state: BindingState): string[] => (state?.roles ?? []).map((role) => role.toLowerCase());
const prefix = "aks:trustedaccessrole:";

const isGiven = (bindings: readonly KubernetesRoleBinding[], name: string, role: string): boolean =>
  bindings.some((one) => one.role.name.toLowerCase() === `${prefix}${name}:${roleNameOf(role)}`.toLowerCase());

/**
 * Not finding a name is proof only where the names are known to be used: another trusted access binding of this cluster shows that (see
 * `findTrustedAccess`: they are documented for one source alone).
 */
function isGone(bindings: readonly KubernetesRoleBinding[], { name }: BindingChange): boolean {
  const shown = bindings.map((one) => one.role.name.toLowerCase()).filter((role) => role.startsWith(prefix));
  const own = `${prefix}${name}:`.toLowerCase();
  return shown.length > 0 && !shown.some((role) => role.startsWith(own));
}
