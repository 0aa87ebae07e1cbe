import { podOf, type Workload, workloads } from "../kubernetes/azureml-pods";
import { isTerminating, objectsOf, azuremlNamespace, storedObjects } from "../kubernetes/objects";
import type { ArmResource } from "../state/shapes";
import type { Extension } from "../state/extension-shapes";
import type { KubeObject } from "../state/kubernetes-shapes";
import type { World } from "../world";
import { factsOf, usableNodes } from "./cluster-facts";
import * as words from "./extension-messages";
import { accepts, isTrue } from "./extension-rules";
import { isRegistered } from "./registrations";

/**
 * How an installation goes. `unasked`: Azure itself refused, the cluster never heard of it; `blocked`: helm refused before anything ran;
 * `unhealthy`: the check before the installation failed; `webhook`: an object was refused while it was made; `pending`: pods found no node.
 */
export type Course =
  | { kind: "well" }
  | { kind: "unasked" | "blocked" | "webhook"; reason: string }
  | { kind: "unhealthy"; code: string; message: string }
  | { kind: "pending"; pods: string[] };

/** Versions of the extension by train, newest last. Which there are, the service says; these stand for it. */
export const versions: Record<string, string[]> = { stable: ["1.1.66", "1.1.71", "1.1.74"], preview: ["1.1.75"] };

/** Foresees how the extension's installation or update on a cluster goes. */
export function foresee(world: World, cluster: ArmResource, extension: Extension): Course {
  const { settings } = extension;
  if (!isRegistered(world, cluster.id, "Microsoft.KubernetesConfiguration"))
    return { kind: "unasked", reason: words.notRegistered(cluster, extension.name) };
  if (usesServicePrincipal(cluster)) return { kind: "unasked", reason: words.servicePrincipal(cluster, extension.name) };
  if (isTerminating(world, cluster.id, azuremlNamespace)) return { kind: "blocked", reason: words.terminating };
  if (extension.released === null && isInUse(world, cluster, extension)) return { kind: "blocked", reason: words.nameInUse };
  if (!hasVersion(extension)) return { kind: "blocked", reason: words.noChart };
  const objects = objectsOf(world, cluster).filter((one) => one.metadata.annotations?.["meta.helm.sh/release-name"] !== extension.name);
  const foreign = ownedByOthers(world, objects, extension);
  if (foreign !== null) return { kind: "blocked", reason: words.ownership(foreign, extension.name) };
  const verdict = accepts(settings, extension.protectedSettings, factsOf(cluster));
  if (!verdict.accepted)
    return { kind: "unhealthy", code: verdict.code.startsWith("E4") ? verdict.code : "E40000", message: verdict.message };
  if (isTrue(settings.enableInference) && ingressInTheWay(objects, settings)) return { kind: "webhook", reason: words.webhook };
  const pods = withoutNode(world, cluster, extension);
  return pods.length === 0 ? { kind: "well" } : { kind: "pending", pods };
}

/** True for a cluster whose own identity is a service principal. */
export function usesServicePrincipal(cluster: ArmResource): boolean {
  const profile = cluster.properties.servicePrincipalProfile as { clientId?: string } | undefined;
  return profile?.clientId !== undefined && profile.clientId !== "msi";
}

/** Which node takes each pod: the first with room. A pod that is not in the answer finds none. */
export function placement(world: World, cluster: ArmResource, extension: Extension): Map<string, string> {
  const rows = storedObjects(world, cluster.id).filter((row) => row.owner !== extension.id && row.object.kind === "Pod");
  const others = rows.map((row) => row.object);
  const free = usableNodes(extension.settings, factsOf(cluster).nodes).map((node, index, all) => ({
    name: node.name,
    left:
      node.milliCpu -
      systemMilliCpu -
      (all.length === 1 ? 2 * sharedMilliCpu : index < 2 ? sharedMilliCpu : 0) -
      requestsOn(node.name, others),
  }));
  const placed = new Map<string, string>();
  for (const one of workloads(extension.name, extension.settings)) {
    const node = free.find((candidate) => candidate.left >= one.milliCpu);
    if (node === undefined) continue;
    node.left -= one.milliCpu;
    placed.set(one.name, node.name);
  }
  return placed;
}

/** What AKS's own pods ask for: on every node, and once in the cluster shared by two nodes. */
const systemMilliCpu = 400;
const sharedMilliCpu = 300;

function withoutNode(world: World, cluster: ArmResource, extension: Extension): string[] {
  const placed = placement(world, cluster, extension);
  return workloads(extension.name, extension.settings)
    .filter((one: Workload) => !placed.has(one.name))
    .map((one) => podOf(one).metadata.name);
}

function requestsOn(node: string, pods: KubeObject[]): number {
  type Spec = { nodeName?: string; containers: { resources?: { requests?: { cpu?: string } } }[] };
  return pods
    .map((one) => one.spec as Spec)
    .filter((spec) => spec.nodeName === node)
    .flatMap((spec) => spec.containers)
    .reduce((sum, one) => sum + Number.parseInt(one.resources?.requests?.cpu ?? "0", 10), 0);
}

/** A release of that name is in the cluster although ARM knows none: what a forced delete leaves behind. */
function isInUse(world: World, cluster: ArmResource, { id, name }: Extension): boolean {
  return storedObjects(world, cluster.id).some(
    (row) => row.owner === id && row.object.metadata.annotations?.["meta.helm.sh/release-name"] === name,
  );
}

function hasVersion(extension: Extension): boolean {
  const known = versions[extension.releaseTrain.toLowerCase()];
  return known !== undefined && (extension.version === null || known.includes(extension.version));
}

/** The first object that helm would have to take from somebody else, as `Kind "name"`. One extension of the kind fits into a cluster. */
function ownedByOthers(world: World, objects: KubeObject[], extension: Extension): string | null {
  const has = (kind: string, name: string) => objects.some((one) => one.kind === kind && one.metadata.name === name);
  const wants = (key: string) => extension.settings[key] === undefined || isTrue(extension.settings[key]);
  const other = [...world.store.table("extensions").values()].find(
    (one) =>
      one.clusterId === extension.clusterId &&
      one.id !== extension.id &&
      one.extensionType === extension.extensionType &&
      one.state !== "Deleting",
  );
  if (other !== undefined) return 'CustomResourceDefinition "amljobs.amlarc.azureml.com"';
  if (has("ClusterRole", "azureml-fe-role")) return 'ClusterRole "azureml-fe-role"';
  if (extension.released !== null) return null;
  if (
    isTrue(extension.settings.enableTraining) &&
    wants("installVolcano") &&
    has("CustomResourceDefinition", "jobs.batch.volcano.sh") &&
    has("Namespace", "volcano-system")
  )
    return 'CustomResourceDefinition "jobs.batch.volcano.sh"';
  if (wants("installPromOp") && has("CustomResourceDefinition", "prometheuses.monitoring.coreos.com"))
    return 'CustomResourceDefinition "prometheuses.monitoring.coreos.com"';
  return null;
}

/** Another ingress-nginx answers for the same controller name, so that its admission webhook refuses ours. */
function ingressInTheWay(objects: KubeObject[], settings: Record<string, string>): boolean {
  const ours = settings["nginxIngress.controller"] ?? "k8s.io/ingress-nginx";
  return objects.some((one) => one.kind === "IngressClass" && (one.spec as { controller?: string }).controller === ours);
}
