import { expectedPods } from "../health/expected-pods";

/** Processor in milli, memory in MiB. */
export type Amount = { milliCpu: number; memoryMi: number };
/** What one kind of pod asks of a node. `apart`: each copy on a node of its own. */
export type PodRequest = Amount & { app: string; copies: number; apart: boolean };

/**
 * What each of the extension's services requests (azure-ai-docs, reference-kubernetes, "recommended resource planning"). Added up they
 * give that page's own sums: 410m and 1492 MiB for training, 1910m and 2884 MiB for both in a test, 3730m for both in production.
 */
const requests: Record<string, Amount> = {
  "metrics-controller-manager": { milliCpu: 10, memoryMi: 20 },
  "azureml-prometheus-operator": { milliCpu: 100, memoryMi: 128 },
  "prometheus-prom-prometheus": { milliCpu: 100, memoryMi: 512 },
  "azureml-kube-state-metrics": { milliCpu: 10, memoryMi: 32 },
  gateway: { milliCpu: 50, memoryMi: 256 },
  "inference-operator-controller-manager": { milliCpu: 100, memoryMi: 128 },
  "amlarc-identity-controller": { milliCpu: 200, memoryMi: 200 },
  "amlarc-identity-proxy": { milliCpu: 200, memoryMi: 200 },
  "azureml-ingress-nginx-controller": { milliCpu: 100, memoryMi: 64 },
  "azureml-fe-v2": { milliCpu: 900, memoryMi: 800 },
  "aml-operator": { milliCpu: 20, memoryMi: 124 },
  "volcano-admission": { milliCpu: 10, memoryMi: 64 },
  "volcano-controllers": { milliCpu: 50, memoryMi: 128 },
  "volcano-scheduler": { milliCpu: 50, memoryMi: 128 },
};

/** On every node: its log collector. */
export const perNode: Amount = { milliCpu: 10, memoryMi: 100 };

/** What the services that the settings ask for request, the largest first. Jobs that end are left out, as is what no source tells. */
export function podRequests(settings: Readonly<Record<string, string>>): PodRequest[] {
  return expectedPods("azureml", settings)
    .flatMap(({ app, count }) => {
      const amount = requests[app];
      return amount === undefined ? [] : [{ app, ...amount, copies: count, apart: count > 1 }];
    })
    .sort((a, b) => b.milliCpu - a.milliCpu || b.memoryMi - a.memoryMi);
}

/** All of it together, on so many nodes. */
export function totalOf(pods: readonly PodRequest[], nodes: number): Amount {
  return {
    milliCpu: pods.reduce((sum, one) => sum + one.milliCpu * one.copies, nodes * perNode.milliCpu),
    memoryMi: pods.reduce((sum, one) => sum + one.memoryMi * one.copies, nodes * perNode.memoryMi),
  };
}
