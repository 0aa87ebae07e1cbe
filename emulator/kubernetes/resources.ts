import type { KubeObject } from "../state/kubernetes-shapes";

/** A kind of object as the API names it. `group` is empty for the core. */
export type ResourceKind = { kind: string; plural: string; short: string[]; group: string; version: string; namespaced: boolean };

function of(kind: string, plural: string, group = "", namespaced = true, short: string[] = [], version = "v1"): ResourceKind {
  return { kind, plural, short, group, version, namespaced };
}

const rbac = "rbac.authorization.k8s.io";

/** The kinds that the clusters here serve. */
export const kinds: ResourceKind[] = [
  of("Pod", "pods", "", true, ["pod", "po"]),
  of("Node", "nodes", "", false, ["node", "no"]),
  of("Namespace", "namespaces", "", false, ["namespace", "ns"]),
  of("Event", "events", "", true, ["event", "ev"]),
  of("ConfigMap", "configmaps", "", true, ["configmap", "cm"]),
  of("Secret", "secrets", "", true, ["secret"]),
  of("ServiceAccount", "serviceaccounts", "", true, ["serviceaccount", "sa"]),
  of("Role", "roles", rbac, true, ["role"]),
  of("RoleBinding", "rolebindings", rbac, true, ["rolebinding"]),
  of("ClusterRole", "clusterroles", rbac, false, ["clusterrole"]),
  of("ClusterRoleBinding", "clusterrolebindings", rbac, false, ["clusterrolebinding"]),
  of("CustomResourceDefinition", "customresourcedefinitions", "apiextensions.k8s.io", false, ["customresourcedefinition", "crd", "crds"]),
  of("IngressClass", "ingressclasses", "networking.k8s.io", false, ["ingressclass"]),
];

/** The kind of a plural, and of a group where one is named. */
export function kindOfPlural(plural: string, group: string): ResourceKind | undefined {
  return kinds.find((one) => one.plural === plural && one.group === group);
}

/** The kind that kubectl means by a word: `po`, `pod`, `pods`, `roles.rbac.authorization.k8s.io`. */
export function kindOfWord(word: string): ResourceKind | undefined {
  const [name = "", ...group] = word.toLowerCase().split(".");
  return kinds.find((one) => (one.plural === name || one.short.includes(name)) && (group.length === 0 || one.group === group.join(".")));
}

/** The apiVersion of a kind's objects. */
export function apiVersionOf(kind: ResourceKind): string {
  return kind.group === "" ? kind.version : `${kind.group}/${kind.version}`;
}

/** The objects of a kind, of one namespace or of all, by namespace and name. */
export function select(objects: KubeObject[], kind: ResourceKind, namespace: string | null): KubeObject[] {
  const found = objects.filter((one) => one.kind === kind.kind && (namespace === null || one.metadata.namespace === namespace));
  return found.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1)).map(complete);
}

function orderOf(one: KubeObject): string {
  return `${one.metadata.namespace ?? ""}/${one.metadata.name}`;
}

/** With what every object of an API server has. */
function complete(one: KubeObject): KubeObject {
  return { ...one, metadata: { ...one.metadata, resourceVersion: versionOf(one) } };
}

/** A number that changes when the object does. */
function versionOf(one: KubeObject): string {
  let sum = 7;
  for (const char of JSON.stringify(one)) sum = (Math.imul(sum, 31) + (char.codePointAt(0) ?? 0)) >>> 0;
  return String(sum);
}
