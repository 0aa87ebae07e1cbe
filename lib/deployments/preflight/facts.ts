import type { Permission } from "@/lib/azure/actions";
import type {
  Compute,
  Extension,
  FeatureRegistration,
  KubernetesNamespace,
  KubernetesNode,
  KubernetesPod,
  ProviderRegistration,
} from "@/lib/azure/deployment-types";
import type { Cluster, KubernetesVersion, Lock, Readable, RoleBinding, SourceResource } from "@/lib/azure/types";
import type { ApprovedBinding } from "@/lib/bindings/facts";
import type { Rule } from "@/lib/roles/rules";
import type { CertificateReading } from "../settings/facts";

/** What is in the cluster already and may stand in the way. */
export type ClusterFindings = {
  ingressClasses: { name: string; controller: string | null }[];
  /** Names of all custom resource definitions: `jobs.batch.volcano.sh`. */
  definitions: string[];
  /** The ClusterRole `azureml-fe-role` of Azure ML version 1 is there. */
  legacyRole: boolean;
  /** A deployment `azureml-fe` is there, in any namespace. */
  legacyRouter: boolean;
};

/** Somebody who may act in the run, and what Azure says of their rights. */
export type ActingPerson = {
  /** As shown to people. */
  name: string;
  cluster: Readable<Permission[]>;
  workspace: Readable<Permission[]>;
  /** Of a workspace that is to be made. */
  resourceGroup: Readable<Permission[]>;
  subscription: Readable<Permission[]>;
};

/** A node pool as ARM tells it. What only some readings bring may be left out: it is then not known. */
export type NodePool = Omit<Cluster["nodePools"][number], "nodeLabels" | "nodeTaints" | "osType"> & {
  nodeLabels?: Record<string, string>;
  /** `key=value:Effect`. */
  nodeTaints?: string[];
  osType?: "Linux" | "Windows";
};

/** Everything that planning a deployment rests on, as one person's token could read it. */
export type DeploymentFacts = {
  /** ISO 8601. */
  now: string;
  /** The versions of Kubernetes that AKS offers in the cluster's region. */
  kubernetesVersions: Readable<KubernetesVersion[]>;
  cluster: Readable<Cluster>;
  /** Its pools with labels and taints; null: only what `cluster` tells. */
  nodePools: NodePool[] | null;
  /** Whether commands may be run in the cluster through ARM; null: not known. */
  runCommand: "on" | "off" | null;
  /** Whether Bindery reaches the API server itself; null: not tried. */
  direct: boolean | null;
  /** All extensions of the cluster. */
  extensions: Readable<Extension[]>;
  /** Of the cluster's subscription. */
  providers: Readable<ProviderRegistration[]>;
  features: Readable<FeatureRegistration[]>;
  /** On the cluster and on the workspace, inherited ones included. */
  locks: Readable<Lock[]>;
  people: ActingPerson[];
  /** `absent` also for one that is to be made. */
  workspace: Readable<SourceResource>;
  /** Azure roles that the workspace's user-assigned identity holds on the cluster or above it: GUIDs of their definitions, lower case. */
  workspaceRoles: Readable<string[]>;
  /** All computes of the workspace. */
  computes: Readable<Compute[]>;
  /** All trusted access role bindings of the cluster. */
  bindings: Readable<RoleBinding[]>;
  /** What was approved here for bindings of the cluster; left out: not looked up. */
  approved?: ApprovedBinding[];
  /** Rules of the role that the binding will give. */
  roleRules: Readable<Rule[]>;
  nodes: Readable<KubernetesNode[]>;
  /** Of all namespaces. */
  pods: Readable<KubernetesPod[]>;
  namespaces: Readable<KubernetesNamespace[]>;
  findings: Readable<ClusterFindings>;
  /** The protected values that the request names, that its asker entered and that are still kept, as far as they may be known. */
  kept: { ref: string; key: string; hash: string }[];
  /** The certificate that goes with the settings; left out: not looked at. */
  certificate?: CertificateReading;
  /** Whether the secret named by `sslSecret` is in the namespace `azureml`; left out: not looked at. */
  sslSecretFound?: boolean;
};
