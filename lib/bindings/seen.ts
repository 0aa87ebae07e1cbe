import { getCluster } from "@/lib/azure/clusters";
import type { KubernetesRole, KubernetesRoleBinding } from "@/lib/azure/deployment-types";
import { type ApiServer, listClusterRoleBindings, listClusterRoles, openApiServer } from "@/lib/azure/kubernetes";
import type { AzureCaller, Readable } from "@/lib/azure/types";
import { sameId } from "@/lib/kernel/resource-id";
import { alteredBindings, type BindingChange, type BindingState, type Plan, type PlannedRole } from "@/lib/plans/plan";
import { findTrustedAccess } from "@/lib/roles/find-trusted-access";
import { roleNameOf, type Rule } from "@/lib/roles/rules";
import type { Sighting } from "@/lib/runs/steps";

/**
 * Whether the cluster itself shows the change of a plan's role bindings, read from its API server as the person. Not seen where it cannot be
 * read, and wherever what it shows would prove nothing; with the reason. Throws nothing that is an answer of Azure or of the cluster.
 */
export async function bindingsSeen(caller: AzureCaller, plan: Plan): Promise<Sighting> {
  const server = await serverOf(caller, plan.target.clusterId);
  return "why" in server ? notSeen(server.why) : changesSeen(server, plan);
}

export const notSeen = (why: string): Sighting => ({ seen: false, why });
/** `Read at 20:16:49 UTC`. */
export const readAt = (iso: string): string => `Read at ${iso.slice(11, 19)} UTC`;

/** The cluster's own API server for this person, or why it cannot be read directly. */
export async function serverOf(caller: AzureCaller, clusterId: string): Promise<ApiServer | { why: string }> {
  const cluster = await getCluster(caller, clusterId);
  if (cluster.state !== "ok") return { why: unread("The cluster", cluster) };
  const server = await openApiServer(caller, cluster.value);
  return server.state === "ok" ? server.value : { why: unread("The API server", server) };
}

/** Why something could not be read, as Azure or the cluster said it. */
export function unread(what: string, read: Exclude<Readable<unknown>, { state: "ok" }>): string {
  return read.state === "absent" ? `${what} is not there any more.` : `${what} could not be read: ${read.message}`;
}

/** The same where the API server is known. A plan that changes no role binding has nothing to be seen. */
export async function changesSeen(server: ApiServer, plan: Plan): Promise<Sighting> {
  const changes = alteredBindings(plan);
  if (changes.length === 0) return notSeen("The plan changes no role binding, so that nothing of it shows there.");
  const [bindings, roles] = await Promise.all([listClusterRoleBindings(server), listClusterRoles(server)]);
  if (bindings.state !== "ok") return notSeen(unread("The cluster role bindings", bindings));
  const rules = new Map(plan.roles.filter(({ verified }) => verified).map(({ fullName, rules: own }: PlannedRole) => [fullName, own]));
  for (const change of changes) {
    const why = change.after === null ? whyNotGone(bindings.value, change) : whyNotGiven(bindings.value, roles, change, rules);
    if (why !== null) return notSeen(`${readAt(bindings.at)}, ${why}`);
  }
  return { seen: true };
}

/** What keeps a binding that is given from being seen; null: nothing does. */
function whyNotGiven(
  bindings: readonly KubernetesRoleBinding[],
  roles: Readable<KubernetesRole[]>,
  change: BindingChange,
  rules: ReadonlyMap<string, Rule[]>,
): string | null {
  if (roles.state !== "ok") return `the cluster roles were not shown: ${unread("they", roles)}`;
  if (!tellsApart(change)) return "the cluster does not show which source holds a binding, and the source is all that changed.";
  const still = dropped(change).find((role) => isGiven(bindings, change.name, role));
  if (still !== undefined) return `the role ${roleNameOf(still)} of the binding ${change.name} was still given.`;
  const given = change.after?.roles ?? [];
  if (findTrustedAccess(bindings, roles.value, change.name, given, rules) === "seen") return null;
  return `no cluster role and binding of the names and rules that are known for ${change.name} were there.`;
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
 * What keeps a binding from being seen gone; null: nothing does. Not finding a name is proof only where the names are known to be used: another
 * trusted access binding of this cluster shows that (see `findTrustedAccess`: they are documented for one source alone).
 */
function whyNotGone(bindings: readonly KubernetesRoleBinding[], { name }: BindingChange): string | null {
  const shown = bindings.map((one) => one.role.name.toLowerCase()).filter((role) => role.startsWith(prefix));
  const own = `${prefix}${name}:`.toLowerCase();
  if (shown.some((role) => role.startsWith(own))) return `the rule of the binding ${name} was still there.`;
  return shown.length > 0 ? null : `no rule of any trusted access binding was there, so that the absence of ${name} proves nothing.`;
}
