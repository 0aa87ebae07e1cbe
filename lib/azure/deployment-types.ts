import type { Json } from "@/lib/kernel/json";
import type { Workspace } from "./types";

/** An extension of a managed cluster, as ARM tells it. Protected settings are never in an answer. */
export type Extension = {
  id: string;
  name: string;
  /** `Microsoft.AzureML.Kubernetes` and others, as Azure wrote it. */
  extensionType: string;
  provisioningState: string;
  /** Already filled in while it is being installed: never a sign that it is installed. */
  currentVersion: string | null;
  /** The version that was asked for; null: Azure's choice. */
  version: string | null;
  releaseTrain: string | null;
  autoUpgrade: boolean;
  releaseNamespace: string | null;
  settings: Record<string, string>;
  statuses: { code: string | null; displayStatus: string | null; level: string | null; message: string | null; time: string | null }[];
  error: { code: string; message: string } | null;
  /** Object id of the identity that AKS gave it. */
  principalId: string | null;
};

/** A machine learning workspace with what a deployment asks of it. Ids as Azure wrote them; null: it has none. */
export type WorkspaceDetail = Workspace & {
  provisioningState: string;
  /** The first one alone serves a compute (azure-rest-api-specs, machinelearningservices). */
  userAssignedIdentities: { id: string; principalId: string | null; clientId: string | null }[];
  primaryUserAssignedIdentity: string | null;
  storageAccount: string | null;
  keyVault: string | null;
  containerRegistry: string | null;
  applicationInsights: string | null;
  /** `Enabled`, `Disabled`, as Azure writes it. */
  publicNetworkAccess: string | null;
};

/** A cluster attached to a workspace as a compute. */
export type Compute = {
  id: string;
  name: string;
  /** `Kubernetes`, or another type as Azure wrote it. */
  computeType: string;
  /** ARM id of what is attached, as Azure wrote it; null: nothing is. */
  resourceId: string | null;
  /** Of Kubernetes computes; Azure's default is `default`. */
  namespace: string | null;
  provisioningState: string;
  isAttached: boolean;
  location: string | null;
  errors: { code: string; message: string }[];
  createdOn: string | null;
};

/** Registration of a resource provider in a subscription: `Registered`, `NotRegistered`, `Registering`, `Unregistering`. */
export type ProviderRegistration = { namespace: string; state: string };

/** A preview feature in a subscription; `state` as Azure writes it. */
export type FeatureRegistration = { provider: string; name: string; state: string };

/** A template deployment; `outputs` as Azure gives them. */
export type TemplateDeployment = {
  id: string;
  provisioningState: string;
  outputs: Json;
  error: { code: string; message: string } | null;
};

/** How a reading of a cluster's own objects was made. */
export type KubernetesRoute = "direct" | "run-command";

/** A node, as far as Bindery needs it. Quantities in milli processors and MiB. */
export type KubernetesNode = {
  name: string;
  labels: Record<string, string>;
  /** `key=value:Effect`, as AKS writes them. */
  taints: string[];
  ready: boolean;
  unschedulable: boolean;
  kubeletVersion: string | null;
  os: string | null;
  allocatable: { milliCpu: number; memoryMi: number };
};

export type KubernetesPod = {
  namespace: string;
  name: string;
  phase: string;
  /** Why it is not well, as Kubernetes says: `CrashLoopBackOff`, `ImagePullBackOff`, `Unschedulable`; null: nothing said. */
  reason: string | null;
  message: string | null;
  ready: number;
  containers: number;
  restarts: number;
  node: string | null;
  /** Kind of the owner: `ReplicaSet`, `Job`, `DaemonSet`, `StatefulSet`; null: none. */
  owner: string | null;
  /** ISO 8601. */
  createdAt: string | null;
  requests: { milliCpu: number; memoryMi: number };
};

export type KubernetesEvent = {
  namespace: string;
  type: string;
  reason: string;
  message: string;
  /** `Pod/azureml-fe-v2-…` */
  object: string;
  count: number;
  lastSeen: string | null;
};

export type KubernetesSubject = { kind: string; name: string; namespace: string | null };

/** A Role or ClusterRole (`namespace` null). */
export type KubernetesRole = {
  namespace: string | null;
  name: string;
  labels: Record<string, string>;
  createdAt: string | null;
  rules: { verbs: string[]; apiGroups: string[]; resources: string[]; resourceNames: string[]; nonResourceURLs: string[] }[];
};

/** A RoleBinding or ClusterRoleBinding (`namespace` null). */
export type KubernetesRoleBinding = {
  namespace: string | null;
  name: string;
  labels: Record<string, string>;
  createdAt: string | null;
  role: { kind: "Role" | "ClusterRole"; name: string };
  subjects: KubernetesSubject[];
};

export type KubernetesNamespace = { name: string; phase: string; labels: Record<string, string> };

export type KubernetesServiceAccount = { namespace: string; name: string; labels: Record<string, string> };

export type KubernetesIngressClass = { name: string; controller: string | null };
