import { nodesOf, type Taint } from "../kubernetes/nodes";
import type { ArmResource } from "../state/shapes";

/** A node as the rules of the extension see it. */
export type NodeFacts = { name: string; labels: Record<string, string>; taints: Taint[]; milliCpu: number; memoryMi: number };

/** What of a cluster decides whether settings fit it. `location` lower case. */
export type ClusterFacts = { id: string; name: string; location: string; nodes: NodeFacts[] };

/** The facts of a cluster. */
export function factsOf(cluster: ArmResource): ClusterFacts {
  return {
    id: cluster.id,
    name: cluster.name,
    location: (cluster.location ?? "").toLowerCase(),
    nodes: nodesOf(cluster).map((node) => {
      const { cpu, memory } = (node.status as { allocatable: { cpu: string; memory: string } }).allocatable;
      return {
        name: node.metadata.name,
        labels: node.metadata.labels ?? {},
        taints: (node.spec as { taints?: Taint[] }).taints ?? [],
        milliCpu: Number.parseInt(cpu, 10),
        memoryMi: Math.floor(Number.parseInt(memory, 10) / 1024),
      };
    }),
  };
}

/** The nodes that pods of the extension may go to: those that `nodeSelector.*` picks and whose taints `workLoadToleration[i].*` covers. */
export function usableNodes(settings: Record<string, string>, nodes: NodeFacts[]): NodeFacts[] {
  const wanted = Object.entries(settings)
    .filter(([key]) => key.startsWith("nodeSelector."))
    .map(([key, value]) => [key.slice("nodeSelector.".length), value] as const);
  const tolerations = tolerationsOf(settings);
  return nodes.filter(
    (node) =>
      wanted.every(([label, value]) => node.labels[label] === value) &&
      node.taints.every((taint) => taint.effect === "PreferNoSchedule" || tolerations.some((one) => tolerates(one, taint))),
  );
}

type Toleration = { key?: string; operator?: string; value?: string; effect?: string };

function tolerationsOf(settings: Record<string, string>): Toleration[] {
  const found = new Map<string, Toleration>();
  for (const [key, value] of Object.entries(settings)) {
    const [, index = "", part] = /^workLoadToleration\[(\d+)\]\.(key|operator|value|effect)$/.exec(key) ?? [];
    if (part !== undefined) found.set(index, { ...found.get(index), [part]: value });
  }
  return [...found.values()];
}

function tolerates(one: Toleration, taint: Taint): boolean {
  if (one.effect !== undefined && one.effect !== "" && one.effect !== taint.effect) return false;
  if (one.operator === "Exists") return one.key === undefined || one.key === "" || one.key === taint.key;
  return one.key === taint.key && (one.value ?? "") === (taint.value ?? "");
}
