import type { Compute, Extension, KubernetesNode, KubernetesPod } from "@/lib/azure/deployment-types";
import type { Cluster } from "@/lib/azure/types";
import { cluster, clusterId, readable, subscriptionId, workspace, workspaceId } from "@/lib/bindings/testing";
import { liveRules } from "@/lib/roles/testing";
import type { ActingPerson, DeploymentFacts } from "../facts";
import { type DeploymentInput, defaultRole } from "../input";

export { cluster, clusterId, readable, refused, subscriptionId, workspace, workspaceId } from "@/lib/bindings/testing";

/** For tests: a deployment of training on a cluster of three nodes. */
export const deploymentInput = (changes: Partial<DeploymentInput> = {}): DeploymentInput => ({
  clusterId,
  workspace: { use: "existing", id: workspaceId },
  extension: { name: "azureml", settings: { enableTraining: "True" }, protected: {} },
  compute: { name: "k8s-dev", namespace: "ml-dev", identity: { type: "SystemAssigned" } },
  binding: { role: defaultRole },
  bindingName: "ml-dev-mlworkload",
  ...changes,
});

/** For tests: the same with other settings. */
export const withSettings = (settings: Record<string, string>): DeploymentInput =>
  deploymentInput({ extension: { name: "azureml", settings, protected: {} } });

/** For tests: a pool of three nodes without an autoscaler. */
export const pool = (changes: Partial<Cluster["nodePools"][number]> = {}): Cluster["nodePools"][number] => ({
  name: "user",
  mode: "User",
  count: 3,
  vmSize: "Standard_D4s_v5",
  minCount: null,
  maxCount: null,
  powerState: "Running",
  kubernetesVersion: "1.33.2",
  nodeLabels: {},
  nodeTaints: [],
  osType: "Linux",
  ...changes,
});

/** For tests: a node of the pool `user` with four processors. */
export const node = (name: string, changes: Partial<KubernetesNode> = {}): KubernetesNode => ({
  name,
  labels: { agentpool: "user", "kubernetes.azure.com/agentpool": "user", "kubernetes.io/os": "linux", "kubernetes.io/hostname": name },
  taints: [],
  ready: true,
  unschedulable: false,
  kubeletVersion: "v1.33.2",
  os: "linux",
  allocatable: { milliCpu: 3860, memoryMi: 12_500 },
  ...changes,
});

/** For tests: a pod that asks for something. */
export const podOn = (on: string, milliCpu: number, changes: Partial<KubernetesPod> = {}): KubernetesPod => ({
  namespace: "kube-system",
  name: `pod-${on}-${milliCpu}`,
  phase: "Running",
  reason: null,
  message: null,
  ready: 1,
  containers: 1,
  restarts: 0,
  node: on,
  owner: "DaemonSet",
  createdAt: null,
  requests: { milliCpu, memoryMi: 100 },
  ...changes,
});

/** For tests: an installed extension of Azure ML. */
export const extension = (changes: Partial<Extension> = {}): Extension => ({
  id: `${clusterId}/providers/Microsoft.KubernetesConfiguration/extensions/azureml`,
  name: "azureml",
  extensionType: "Microsoft.AzureML.Kubernetes",
  provisioningState: "Succeeded",
  currentVersion: "1.1.74",
  version: null,
  releaseTrain: "stable",
  autoUpgrade: true,
  releaseNamespace: "azureml",
  settings: { enableTraining: "True" },
  statuses: [],
  error: null,
  principalId: null,
  ...changes,
});

/** For tests: the cluster attached to the workspace. */
export const compute = (changes: Partial<Compute> = {}): Compute => ({
  id: `${workspaceId}/computes/k8s-dev`,
  name: "k8s-dev",
  computeType: "Kubernetes",
  resourceId: clusterId,
  namespace: "ml-dev",
  provisioningState: "Succeeded",
  isAttached: true,
  location: "eastus",
  errors: [],
  createdOn: null,
  ...changes,
});

/** For tests: somebody with every right. */
export const person = (changes: Partial<ActingPerson> = {}): ActingPerson => {
  const all = readable([{ actions: ["*"], notActions: [] }]);
  return { name: "Rosa", cluster: all, workspace: all, resourceGroup: all, subscription: all, ...changes };
};

/** For tests: a sound cluster without an extension, everything readable. */
export function deploymentFacts(changes: Partial<DeploymentFacts> = {}): DeploymentFacts {
  const pools = [pool()];
  return {
    now: "2026-11-24T09:00:00.000Z",
    kubernetesVersions: readable([
      { version: "1.35", isOfficial: true, isPreview: true },
      ...["1.34", "1.33", "1.32"].map((version) => ({ version, isOfficial: true, isPreview: false })),
      { version: "1.31", isOfficial: false, isPreview: false },
    ]),
    cluster: readable({ ...cluster, nodePools: pools }),
    nodePools: pools,
    runCommand: "on",
    direct: false,
    extensions: readable([]),
    providers: readable(
      ["Microsoft.ContainerService", "Microsoft.KubernetesConfiguration", "Microsoft.MachineLearningServices"].map((namespace) => ({
        namespace,
        state: "Registered",
      })),
    ),
    features: readable([]),
    locks: readable([]),
    people: [person()],
    workspace: readable(workspace),
    workspaceRoles: readable([]),
    computes: readable([]),
    bindings: readable([]),
    roleRules: readable(liveRules("mlworkload")),
    nodes: readable(["n1", "n2", "n3"].map((name) => node(name))),
    pods: readable(["n1", "n2", "n3"].map((name) => podOn(name, 700))),
    namespaces: readable([{ name: "default", phase: "Active", labels: {} }]),
    findings: readable({ ingressClasses: [], definitions: [], legacyRole: false, legacyRouter: false }),
    kept: [],
    ...changes,
  };
}

/** For tests: the id of a workspace in another subscription. */
export const foreignWorkspaceId = workspaceId.replace(subscriptionId, "22222222-2222-2222-2222-222222222222");
