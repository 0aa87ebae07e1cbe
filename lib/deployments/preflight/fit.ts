import type { KubernetesNode, KubernetesPod } from "@/lib/azure/deployment-types";
import { type Amount, perNode, type PodRequest, totalOf } from "./requests";

/** A node's name and what is left on it for new pods. */
export type Room = Amount & { node: string };

/** How pods fit. `hopeless`: whatever the scheduler does, they do not; otherwise a packing was merely not found. */
export type Fit = {
  asked: Amount;
  free: Amount;
  /** Pods that found no node, with how many of them. */
  left: { app: string; copies: number; milliCpu: number }[];
  hopeless: boolean;
};

/** What is left on each node: what it can give less what its pods request. Pods that ended request nothing. */
export function roomOn(nodes: readonly KubernetesNode[], pods: readonly KubernetesPod[]): Room[] {
  const used = new Map<string, Amount>();
  for (const { node, phase, requests } of pods) {
    if (node === null || phase === "Succeeded" || phase === "Failed") continue;
    const before = used.get(node) ?? { milliCpu: 0, memoryMi: 0 };
    used.set(node, { milliCpu: before.milliCpu + requests.milliCpu, memoryMi: before.memoryMi + requests.memoryMi });
  }
  return nodes.map(({ name, allocatable }) => ({
    node: name,
    milliCpu: allocatable.milliCpu - (used.get(name)?.milliCpu ?? 0),
    memoryMi: allocatable.memoryMi - (used.get(name)?.memoryMi ?? 0),
  }));
}

/** Puts pods on nodes, the largest first, each on the node with most left, as the scheduler spreads them. */
export function fit(pods: readonly PodRequest[], rooms: readonly Room[]): Fit {
  const free = rooms.map((room) => ({
    ...room,
    milliCpu: room.milliCpu - perNode.milliCpu,
    memoryMi: room.memoryMi - perNode.memoryMi,
    taken: new Set<string>(),
  }));
  const left = pods.flatMap((pod) => {
    const copies = Array.from({ length: pod.copies }).filter(() => !place(pod, free)).length;
    return copies === 0 ? [] : [{ app: pod.app, copies, milliCpu: pod.milliCpu }];
  });
  const asked = totalOf(pods, rooms.length);
  const sum = (of: keyof Amount): number => rooms.reduce((total, room) => total + Math.max(0, room[of]), 0);
  const all = { milliCpu: sum("milliCpu"), memoryMi: sum("memoryMi") };
  const fitsNowhere = (pod: PodRequest): boolean =>
    rooms.filter((room) => room.milliCpu >= pod.milliCpu && room.memoryMi >= pod.memoryMi).length < (pod.apart ? pod.copies : 1);
  const hopeless = asked.milliCpu > all.milliCpu || asked.memoryMi > all.memoryMi || pods.some(fitsNowhere);
  return { asked, free: all, left, hopeless };
}

function place(pod: PodRequest, rooms: (Room & { taken: Set<string> })[]): boolean {
  const [room] = rooms
    .filter((one) => one.milliCpu >= pod.milliCpu && one.memoryMi >= pod.memoryMi && !(pod.apart && one.taken.has(pod.app)))
    .sort((a, b) => b.milliCpu - a.milliCpu);
  if (room === undefined) return false;
  room.milliCpu -= pod.milliCpu;
  room.memoryMi -= pod.memoryMi;
  room.taken.add(pod.app);
  return true;
}
