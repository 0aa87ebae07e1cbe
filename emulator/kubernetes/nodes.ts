import type { ArmResource } from "../state/shapes";
import type { KubeObject } from "../state/kubernetes-shapes";
import { guidOf, uidOf } from "../tenant/ids";

/** A node pool as ARM describes it, as far as nodes follow from it. */
type Pool = {
  name: string;
  count: number;
  vmSize: string;
  mode?: string;
  nodeTaints?: string[];
  nodeLabels?: Record<string, string>;
  powerState?: { code?: string };
};
export type Taint = { key: string; value?: string; effect: string };

/** vCPU, memory (GiB) and GPUs by VM size. Source: Microsoft Learn, sizes of virtual machines. */
const sizes: Record<string, { cpu: number; memoryGi: number; gpu?: number }> = {
  standard_d2s_v3: { cpu: 2, memoryGi: 8 },
  standard_ds2_v2: { cpu: 2, memoryGi: 7 },
  standard_ds3_v2: { cpu: 4, memoryGi: 14 },
  standard_d4s_v5: { cpu: 4, memoryGi: 16 },
  standard_d4ds_v5: { cpu: 4, memoryGi: 16 },
  standard_e4ds_v5: { cpu: 4, memoryGi: 32 },
  standard_d8s_v5: { cpu: 8, memoryGi: 32 },
  standard_d8ds_v5: { cpu: 8, memoryGi: 32 },
  standard_d16ds_v5: { cpu: 16, memoryGi: 64 },
  standard_nc8as_t4_v3: { cpu: 8, memoryGi: 56, gpu: 1 },
};

/** The nodes of a cluster, pool by pool; none while it is stopped. */
export function nodesOf(cluster: ArmResource): KubeObject[] {
  if ((cluster.properties.powerState as { code?: string } | undefined)?.code === "Stopped") return [];
  const pools = (cluster.properties.agentPoolProfiles ?? []) as Pool[];
  return pools.flatMap((pool) => Array.from({ length: pool.count }, (_, index) => node(cluster, pool, index)));
}

function node(cluster: ArmResource, pool: Pool, index: number): KubeObject {
  const name = `aks-${pool.name}-${String(Number.parseInt(uidOf(`${cluster.id}/${pool.name}`).slice(0, 7), 16)).slice(0, 8)}-vmss${index.toString(36).padStart(6, "0")}`;
  const size = sizes[pool.vmSize.toLowerCase()] ?? { cpu: 4, memoryGi: 16 };
  const version = `v${(cluster.properties.currentKubernetesVersion as string | undefined) ?? "1.33.5"}`;
  const taints = (pool.nodeTaints ?? []).map(taintOf);
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      uid: guidOf(`node:${cluster.id}:${name}`),
      creationTimestamp: "2026-09-01T08:00:00Z",
      labels: {
        agentpool: pool.name,
        "kubernetes.azure.com/agentpool": pool.name,
        "kubernetes.azure.com/mode": (pool.mode ?? "User").toLowerCase(),
        "kubernetes.io/arch": "amd64",
        "kubernetes.io/hostname": name,
        "kubernetes.io/os": "linux",
        "node.kubernetes.io/instance-type": pool.vmSize,
        "topology.kubernetes.io/region": cluster.location ?? "",
        ...pool.nodeLabels,
      },
    },
    spec: { providerID: `azure://${cluster.id}/nodes/${name}`, ...(taints.length === 0 ? {} : { taints }) },
    status: {
      capacity: quantities(size.cpu * 1000, size.memoryGi * 1024, size.gpu),
      allocatable: quantities(size.cpu * 1000 - reservedCpu(size.cpu), Math.round(size.memoryGi * 1024 * 0.86) - 750, size.gpu),
      conditions: [{ type: "Ready", status: "True", reason: "KubeletReady", message: "kubelet is posting ready status" }],
      nodeInfo: { kubeletVersion: version, osImage: "Ubuntu 22.04.5 LTS", containerRuntimeVersion: "containerd://1.7.28-1" },
    },
  };
}

/** What AKS reserves of the processor, milli. Source: azure-aks-docs, articles/aks/node-resource-reservations.md. */
function reservedCpu(cores: number): number {
  return cores <= 2 ? 100 : cores <= 4 ? 140 : cores <= 8 ? 180 : 260;
}

function quantities(milliCpu: number, memoryMi: number, gpu: number | undefined): Record<string, string> {
  return {
    cpu: `${milliCpu}m`,
    memory: `${memoryMi * 1024}Ki`,
    pods: "250",
    ...(gpu === undefined ? {} : { "nvidia.com/gpu": String(gpu) }),
  };
}

function taintOf(text: string): Taint {
  const [, key = "", value, effect = ""] = /^([^=:]+)(?:=([^:]*))?:(.+)$/.exec(text) ?? [];
  return { key, ...(value === undefined ? {} : { value }), effect };
}
