import type { KubernetesNode } from "@/lib/azure/deployment-types";
import type { NodeGroup } from "../settings/facts";
import type { NodePool } from "./facts";

const poolLabels = ["kubernetes.azure.com/agentpool", "agentpool"] as const;

/**
 * Labels that AKS gives to every node of a pool by itself (azure-aks-docs, use-labels). Those that differ from node to node (host name,
 * zone) are not among them.
 */
export function labelsByAks(pool: Pick<NodePool, "name" | "mode" | "vmSize" | "osType">, location: string): Record<string, string> {
  return {
    agentpool: pool.name,
    "kubernetes.azure.com/agentpool": pool.name,
    "kubernetes.azure.com/mode": pool.mode.toLowerCase(),
    "kubernetes.azure.com/role": "agent",
    "kubernetes.io/os": (pool.osType ?? "Linux").toLowerCase(),
    "node.kubernetes.io/instance-type": pool.vmSize,
    "topology.kubernetes.io/region": location,
  };
}

/**
 * Nodes as the check of the settings wants them: each live node, then for each pool what its autoscaler may still add. Without live nodes
 * (null: not readable) the pools alone; a pool whose taints are not known then counts as nodes that may come, not as nodes that are there.
 */
export function nodeGroups(pools: readonly NodePool[], nodes: readonly KubernetesNode[] | null, location: string): NodeGroup[] {
  if (nodes === null) return pools.map((pool) => ofPool(pool, location));
  return [...nodes.map(ofNode), ...pools.flatMap((pool) => yetToCome(pool, nodes, location))];
}

/** One node as a group; of count 0 when it takes no new pods. */
export function ofNode(node: KubernetesNode): NodeGroup {
  const os = (node.labels["kubernetes.io/os"] ?? node.os ?? "linux").toLowerCase();
  return {
    name: node.name,
    count: node.ready && !node.unschedulable ? 1 : 0,
    labels: node.labels,
    taints: node.taints,
    os: os.startsWith("windows") ? "Windows" : "Linux",
  };
}

function ofPool(pool: NodePool, location: string): NodeGroup {
  const stopped = isStopped(pool);
  const count = stopped ? 0 : pool.count;
  const sure = pool.nodeTaints !== undefined;
  const most = stopped ? 0 : Math.max(pool.count, pool.maxCount ?? 0);
  return { ...shapeOf(pool, location), count: sure ? count : 0, ...(sure && pool.maxCount === null ? {} : { maxCount: most }) };
}

/** What an autoscaler may add to a pool beyond its live nodes: nodes like those that it has, or like those that AKS would make. */
function yetToCome(pool: NodePool, nodes: readonly KubernetesNode[], location: string): NodeGroup[] {
  const own = nodes.filter(({ labels }) => poolLabels.some((label) => labels[label] === pool.name));
  const more = (isStopped(pool) ? 0 : (pool.maxCount ?? 0)) - own.length;
  if (more <= 0) return [];
  const [first] = own;
  const shape = shapeOf(pool, location);
  const alike = first === undefined ? shape : { ...shape, labels: commonLabels(own), taints: commonTaints(own) };
  return [{ ...alike, count: 0, maxCount: more }];
}

function shapeOf(pool: NodePool, location: string): Omit<NodeGroup, "count"> {
  return {
    name: pool.name,
    labels: { ...pool.nodeLabels, ...labelsByAks(pool, location) },
    taints: pool.nodeTaints ?? [],
    os: pool.osType ?? "Linux",
  };
}

function commonLabels(nodes: readonly KubernetesNode[]): Record<string, string> {
  const [first, ...rest] = nodes;
  return Object.fromEntries(
    Object.entries(first?.labels ?? {}).filter(([label, value]) => rest.every(({ labels }) => labels[label] === value)),
  );
}

/** Taints of a single node come and go (not ready, out of disk): only those that all have are the pool's. */
function commonTaints(nodes: readonly KubernetesNode[]): string[] {
  const [first, ...rest] = nodes;
  return (first?.taints ?? []).filter((taint) => rest.every(({ taints }) => taints.includes(taint)));
}

const isStopped = ({ powerState }: NodePool): boolean => powerState?.toLowerCase() === "stopped";
