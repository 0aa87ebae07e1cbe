import type { KubeObject } from "../state/kubernetes-shapes";

/** A namespace object. */
export function namespace(name: string, phase = "Active"): KubeObject {
  return {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name, labels: { "kubernetes.io/metadata.name": name } },
    spec: { finalizers: ["kubernetes"] },
    status: { phase },
  };
}
