import type { ArmResource, Effect } from "../state/shapes";
import type { KubeObject } from "../state/kubernetes-shapes";
import { guidOf, keyOf } from "../tenant/ids";
import type { World } from "../world";
import { clusterRole, clusterRoleBinding } from "./base";

/**
 * A ClusterRole and a ClusterRoleBinding for every role of every trusted access binding that is in effect. Named as seen in clusters with
 * Defender (MicrosoftDocs/azure-docs, PR #119338): `aks:trustedaccessrole:<binding>:<role>`. The rules are those of the region's catalogue now.
 */
export function trustedAccessObjects(world: World, cluster: ArmResource): KubeObject[] {
  const now = world.clock.now();
  return effectsOn(world, cluster.id).flatMap((effect) => {
    const last = effect.changes.filter((one) => one.at <= now).at(-1);
    if (last?.present !== true) return [];
    return last.roles.flatMap((role) => pairOf(world, cluster, effect, role, last.at));
  });
}

function pairOf(world: World, cluster: ArmResource, effect: Effect, role: string, at: number): KubeObject[] {
  const short = role.split("/").at(-1) ?? role;
  const catalogue = world.store.table("catalogues").get(cluster.location ?? "")?.roles ?? [];
  const rules = catalogue.find((one) => `${one.sourceResourceType}/${one.name}`.toLowerCase() === role.toLowerCase())?.rules ?? [];
  const names = [`aks:trustedaccessrole:${effect.name}:${short}`, `aks:trustedaccessrolebinding:${effect.name}:${short}`] as const;
  const labels = { "kubernetes.azure.com/managedby": "aks", "addonmanager.kubernetes.io/mode": "Reconcile" };
  const pair = [
    clusterRole(names[0], rules, labels),
    // How the source shows up as a subject is not documented; a user of this name is one way.
    clusterRoleBinding(names[1], names[0], [
      { apiGroup: "rbac.authorization.k8s.io", kind: "User", name: `aks:trustedaccess:${effect.name}` },
    ]),
  ];
  const creationTimestamp = at === 0 ? "2026-09-01T08:00:00Z" : `${new Date(at).toISOString().slice(0, 19)}Z`;
  return pair.map((one) => ({
    ...one,
    metadata: { ...one.metadata, uid: guidOf(`ta:${cluster.id}:${one.metadata.name}`), creationTimestamp },
  }));
}

function effectsOn(world: World, clusterId: string): Effect[] {
  const key = keyOf(clusterId);
  return [...world.store.table("effects").values()].filter((one) => keyOf(one.clusterId) === key);
}
