/** Oldest minor version of Kubernetes that AKS itself still supports as N-2, and Azure ML with it (azure-aks-docs, supported-kubernetes-versions; November 2026). */
export const oldestKubernetes = "1.33";
