import type { ArmResource } from "../state/shapes";
import type { KubeObject } from "../state/kubernetes-shapes";
import { guidOf } from "../tenant/ids";
import { namespace } from "./namespaces";
import { nodesOf } from "./nodes";
import { pod, running } from "./pods";

const made = "2026-09-01T08:00:00Z";
const group = "rbac.authorization.k8s.io";

/** What AKS itself brings to a cluster: namespaces, system pods, the roles that every cluster has. */
export function baseObjects(cluster: ArmResource): KubeObject[] {
  const nodes = nodesOf(cluster).map((one) => one.metadata.name);
  const namespaces = ["default", "kube-node-lease", "kube-public", "kube-system"];
  const objects = [
    ...namespaces.map((name) => namespace(name)),
    ...namespaces.map((name) => account(name)),
    ...systemPods(nodes),
    ...clusterRoles,
    clusterRoleBinding("cluster-admin", "cluster-admin", [{ apiGroup: group, kind: "Group", name: "system:masters" }]),
  ];
  return objects.map((one) => ({
    ...one,
    metadata: {
      ...one.metadata,
      uid: guidOf(`base:${cluster.id}:${one.kind}:${one.metadata.namespace ?? ""}/${one.metadata.name}`),
      creationTimestamp: made,
    },
  }));
}

function systemPods(nodes: string[]): KubeObject[] {
  const onEach = ["azure-cns", "azure-ip-masq-agent", "cloud-node-manager", "csi-azuredisk-node", "csi-azurefile-node", "kube-proxy"];
  const once = [
    "coredns-6f776c8fb5-bgk2q",
    "coredns-6f776c8fb5-v7wnz",
    "coredns-autoscaler-864c4496bf-8x4cj",
    "konnectivity-agent-7d5cd6fd5b-2w8hv",
    "konnectivity-agent-7d5cd6fd5b-qh4tz",
    "metrics-server-685ff4f5b8-j5lkm",
  ];
  return [
    ...nodes.flatMap((node, index) =>
      onEach.map((name) => running(pod("kube-system", `${name}-${suffix(`${name}${index}`)}`, name, node))),
    ),
    ...once.map((name, index) =>
      running(pod("kube-system", name, name.replace(/-[a-z0-9]+-[a-z0-9]+$/, ""), nodes[index % Math.max(1, nodes.length)])),
    ),
  ].filter(() => nodes.length > 0);
}

function suffix(text: string): string {
  return guidOf(`pod:${text}`)
    .replace(/[^a-z0-9]/g, "")
    .slice(0, 5);
}

function account(name: string): KubeObject {
  return { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "default", namespace: name } };
}

/** A ClusterRoleBinding. */
export function clusterRoleBinding(
  name: string,
  role: string,
  subjects: { apiGroup?: string; kind: string; name: string; namespace?: string }[],
): KubeObject {
  return {
    apiVersion: `${group}/v1`,
    kind: "ClusterRoleBinding",
    metadata: { name },
    roleRef: { apiGroup: group, kind: "ClusterRole", name: role },
    subjects,
  };
}

/** A ClusterRole. */
export function clusterRole(name: string, rules: object[], labels?: Record<string, string>): KubeObject {
  return { apiVersion: `${group}/v1`, kind: "ClusterRole", metadata: { name, ...(labels === undefined ? {} : { labels }) }, rules };
}

const bootstrap = { "kubernetes.io/bootstrapping": "rbac-defaults" };
const readable = [
  {
    apiGroups: [""],
    resources: ["configmaps", "endpoints", "events", "namespaces", "pods", "pods/log", "serviceaccounts", "services"],
    verbs: ["get", "list", "watch"],
  },
  { apiGroups: ["apps"], resources: ["daemonsets", "deployments", "replicasets", "statefulsets"], verbs: ["get", "list", "watch"] },
];
const clusterRoles = [
  clusterRole(
    "cluster-admin",
    [
      { apiGroups: ["*"], resources: ["*"], verbs: ["*"] },
      { nonResourceURLs: ["*"], verbs: ["*"] },
    ],
    bootstrap,
  ),
  clusterRole("admin", readable, bootstrap),
  clusterRole("edit", readable, bootstrap),
  clusterRole("view", readable, bootstrap),
  clusterRole("system:node", [{ apiGroups: [""], resources: ["nodes", "pods"], verbs: ["get", "list", "watch"] }], bootstrap),
];
