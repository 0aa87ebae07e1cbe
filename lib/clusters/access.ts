import type { Actor } from "@/lib/auth/actor";
import type { KubernetesRole, KubernetesRoleBinding, KubernetesServiceAccount } from "@/lib/azure/deployment-types";
import {
  listClusterRoleBindings,
  listClusterRoles,
  listNamespaceRoleBindings,
  listRoles,
  listServiceAccounts,
  openApiServer,
} from "@/lib/azure/kubernetes";
import { shown } from "@/lib/azure/readable";
import type { CommandReading } from "@/lib/azure/run-command-reading";
import type { AzureCaller, Cluster, Readable } from "@/lib/azure/types";
import { releaseNamespace } from "@/lib/deployments/settings/derived";
import type { Answer, ParamsOf, QueryOut } from "@/lib/http/contract";
import { idPage } from "@/lib/kernel/id-page";
import { idKey } from "@/lib/kernel/resource-id";
import { shortCache } from "@/lib/kernel/short-cache";
import { analyseRbac, type RbacGrant } from "@/lib/roles/rbac";
import { riskOf } from "@/lib/roles/risk";
import { type AccessSubject, subjectKey, subjectsOf } from "./access-subjects";
import { personKeyOf } from "./fleet";
import { clusterAt } from "./one";
import { wayInto } from "./reading";

type Key = "GET /api/v1/clusters/{subscription}/{group}/{name}/access";
type Detail = Answer<Key>;

/** What Kubernetes says of who may do what: in the extension's namespace, and everywhere. */
type Rbac = {
  roles: Readable<KubernetesRole[]>;
  roleBindings: Readable<KubernetesRoleBinding[]>;
  serviceAccounts: Readable<KubernetesServiceAccount[]>;
  clusterRoles: Readable<KubernetesRole[]>;
  clusterRoleBindings: Readable<KubernetesRoleBinding[]>;
};

const poor = (rbac: Rbac): boolean => Object.values(rbac).some(({ state }) => state !== "ok");
const direct = shortCache<Rbac>({ freshMs: 30_000, staleMs: 30_000, max: 200, poor });

/**
 * Who may do what in a cluster, by subject and highest risk, and what the namespace `azureml` has of its own: from the API server by the
 * person's own token, at most 30 s old, or what the person's own commands showed in the last five minutes. Throws `not_found` for a cluster
 * that Azure does not show.
 */
export async function readAccess(actor: Actor, params: ParamsOf<Key>, query: QueryOut<Key>): Promise<Detail> {
  const { caller, cluster } = await clusterAt(actor, params);
  const { way, sections } = await wayInto(actor, caller, cluster, query.via, "access");
  const rbac = query.via === "run-command" ? fromCommands(sections) : way.obstacle === null ? await readDirect(caller, cluster) : null;
  if (rbac === null) return { way, namespace: null, cluster: null, subjects: null };
  const grants = grantsIn(rbac);
  return {
    way,
    namespace: shown(namespaceOf(rbac)),
    cluster: shown(clusterWide(rbac)),
    subjects: grants === null ? null : pageOf(subjectsOf(grants), cluster.id, query),
  };
}

function readDirect(caller: AzureCaller, cluster: Cluster): Promise<Rbac> {
  return direct.get(`${personKeyOf(caller)}|${idKey(cluster.id)}`, async () => {
    const server = await openApiServer(caller, cluster);
    if (server.state !== "ok")
      return { roles: server, roleBindings: server, serviceAccounts: server, clusterRoles: server, clusterRoleBindings: server };
    const [roles, roleBindings, serviceAccounts, clusterRoles, clusterRoleBindings] = await Promise.all([
      listRoles(server.value, releaseNamespace),
      listNamespaceRoleBindings(server.value, releaseNamespace),
      listServiceAccounts(server.value, releaseNamespace),
      listClusterRoles(server.value),
      listClusterRoleBindings(server.value),
    ]);
    return { roles, roleBindings, serviceAccounts, clusterRoles, clusterRoleBindings };
  });
}

function fromCommands(sections: CommandReading | null): Rbac | null {
  if (sections === null) return null;
  const { roles, roleBindings, serviceAccounts, clusterRoles, clusterRoleBindings } = sections;
  if (!roles || !roleBindings || !serviceAccounts || !clusterRoles || !clusterRoleBindings) return null;
  return { roles, roleBindings, serviceAccounts, clusterRoles, clusterRoleBindings };
}

/** What was read, judged; null: neither part was. A binding to a role that could not be read is left out: it cannot be judged. */
function grantsIn({ roles, roleBindings, clusterRoles, clusterRoleBindings }: Rbac): RbacGrant[] | null {
  const inNamespace = roles.state === "ok" && roleBindings.state === "ok";
  const inCluster = clusterRoles.state === "ok" && clusterRoleBindings.state === "ok";
  if (!inNamespace && !inCluster) return null;
  const known = [...(inNamespace ? roles.value : []), ...(clusterRoles.state === "ok" ? clusterRoles.value : [])];
  const own = inNamespace ? roleBindings.value.filter(({ role }) => role.kind === "Role" || clusterRoles.state === "ok") : [];
  return analyseRbac(known, [...own, ...(inCluster ? clusterRoleBindings.value : [])]);
}

function namespaceOf({ roles, roleBindings, serviceAccounts }: Rbac): NonNullable<Detail["namespace"]> {
  if (roles.state !== "ok") return roles;
  if (roleBindings.state !== "ok") return roleBindings;
  if (serviceAccounts.state !== "ok") return serviceAccounts;
  return {
    state: "ok",
    at: roles.at,
    value: {
      roles: roles.value.map(({ name, rules }) => ({ name, rules, risk: riskOf(rules).level })).sort(byName),
      bindings: roleBindings.value.map(({ name, role, subjects }) => ({ name, role, subjects })).sort(byName),
      serviceAccounts: serviceAccounts.value.map(({ name }) => name).sort(),
    },
  };
}

const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);

function clusterWide({ clusterRoles, clusterRoleBindings }: Rbac): NonNullable<Detail["cluster"]> {
  if (clusterRoles.state !== "ok") return clusterRoles;
  if (clusterRoleBindings.state !== "ok") return clusterRoleBindings;
  return { state: "ok", at: clusterRoles.at, value: { roles: clusterRoles.value.length, bindings: clusterRoleBindings.value.length } };
}

function pageOf(all: readonly AccessSubject[], clusterId: string, query: QueryOut<Key>): NonNullable<Detail["subjects"]> {
  const named = all.filter((one) => matches(one, query.search));
  const ours = named.filter(({ system }) => query.system === "show" || !system);
  const found = ours.filter(({ risk }) => query.risk === undefined || risk === query.risk);
  const count = (level: AccessSubject["risk"]): number => ours.filter(({ risk }) => risk === level).length;
  return {
    ...idPage(found, query, (one) => `${clusterId}/${subjectKey(one)}`),
    total: found.length,
    hidden: named.length - ours.length,
    counts: { critical: count("critical"), medium: count("medium"), low: count("low") },
  };
}

function matches({ name, namespace, grants }: AccessSubject, search: string | undefined): boolean {
  if (search === undefined || search === "") return true;
  const text = search.toLowerCase();
  return [name, namespace ?? "", ...grants.flatMap(({ role, bindings }) => [role.name, ...bindings])].some((part) =>
    part.toLowerCase().includes(text),
  );
}
