import type { KubeObject } from "../state/kubernetes-shapes";

type Request = { cpu: string; memory: string };

/** A pod that is not yet scheduled. `node` undefined: nowhere. */
export function pod(
  inNamespace: string,
  name: string,
  app: string,
  node?: string,
  requests: Request = { cpu: "50m", memory: "64Mi" },
): KubeObject {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace: inNamespace, labels: { app } },
    spec: {
      containers: [{ name: app, image: `mcr.microsoft.com/azureml/${app}:latest`, resources: { requests } }],
      ...(node === undefined ? {} : { nodeName: node }),
      serviceAccountName: "default",
    },
    status: { phase: "Pending", conditions: [{ type: "PodScheduled", status: node === undefined ? "False" : "True" }] },
  };
}

/** The pod running and ready. */
export function running(one: KubeObject): KubeObject {
  return withStatus(one, "Running", true, { running: {} });
}

/** The pod of a job that ended well: Completed, and not ready. */
export function completed(one: KubeObject): KubeObject {
  return withStatus(one, "Succeeded", false, { terminated: { exitCode: 0, reason: "Completed" } });
}

/** The pod of a job that ended badly. */
export function failed(one: KubeObject): KubeObject {
  return withStatus(one, "Failed", false, { terminated: { exitCode: 1, reason: "Error" } });
}

/** The pod on its node, its containers not yet there. */
export function creating(one: KubeObject): KubeObject {
  return withStatus(one, "Pending", false, { waiting: { reason: "ContainerCreating" } });
}

/** The pod that no node can take. */
export function unschedulable(one: KubeObject, message: string): KubeObject {
  const { nodeName: _node, ...spec } = one.spec as Record<string, unknown>;
  return {
    ...one,
    spec,
    status: { phase: "Pending", conditions: [{ type: "PodScheduled", status: "False", reason: "Unschedulable", message }] },
  };
}

function withStatus(one: KubeObject, phase: string, ready: boolean, state: object): KubeObject {
  const [container] = (one.spec as { containers: { name: string; image: string }[] }).containers;
  return {
    ...one,
    status: {
      phase,
      conditions: [
        { type: "PodScheduled", status: "True" },
        { type: "Ready", status: ready ? "True" : "False", ...(phase === "Succeeded" ? { reason: "PodCompleted" } : {}) },
      ],
      containerStatuses: [{ name: container?.name, image: container?.image, ready, restartCount: 0, state }],
    },
  };
}
