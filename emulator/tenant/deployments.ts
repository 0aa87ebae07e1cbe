import { definitionsOf, releaseObjects } from "../kubernetes/azureml-objects";
import { podOf, workloads } from "../kubernetes/azureml-pods";
import { namespace } from "../kubernetes/namespaces";
import { nodesOf } from "../kubernetes/nodes";
import { putObject } from "../kubernetes/objects";
import { completed, running } from "../kubernetes/pods";
import type { Compute, Extension } from "../state/extension-shapes";
import type { KubeObject } from "../state/kubernetes-shapes";
import type { ArmResource } from "../state/shapes";
import type { Store } from "../state/store";
import { guidOf, keyOf, subscriptionIds, tenantId, workspaceId } from "./ids";
import { workloadsOf } from "./workloads";

const made = Date.parse("2026-09-02T09:00:00Z");
const { dev, prod } = subscriptionIds;

type Seed = {
  cluster: string;
  settings: Record<string, string>;
  fails?: { code: string; message: string };
  computes: { workspace: string; name: string; namespace: string; exists: boolean }[];
};

const both = { enableTraining: "True", enableInference: "True" };
const tls = {
  allowInsecureConnections: "False",
  inferenceRouterServiceType: "LoadBalancer",
  internalLoadBalancerProvider: "azure",
  "scoringFe.serviceType.internalLoadBalancer": "True",
  sslSecret: "azureml-tls",
  "scoringFe.sslSecret": "azureml-tls",
  sslCname: "ml.contoso.example",
};
const compute = (workspace: string, name: string, inNamespace: string, exists = true) => ({
  workspace,
  name,
  namespace: inNamespace,
  exists,
});

/**
 * What is deployed at the start. The production cluster has all; the shared one a compute whose namespace nobody made; the one for pipelines an
 * installation that failed its check: one node, and a router that wants three.
 */
const seeds: Seed[] = [
  {
    cluster: "aks-ml-prod",
    settings: { ...both, ...tls, clusterPurpose: "FastProd" },
    computes: [compute(workspaceId(prod, "rg-ml-prod", "mlw-fraud-prod"), "k8s-fraud", "fraud")],
  },
  {
    cluster: "aks-ml-private",
    settings: { enableTraining: "True" },
    computes: [compute(workspaceId(prod, "rg-ml-prod-private", "mlw-claims-prod"), "k8s-claims", "claims")],
  },
  {
    cluster: "aks-ml-shared",
    settings: { ...both, ...tls, clusterPurpose: "FastProd" },
    computes: [
      compute(workspaceId(prod, "rg-ml-shared", "mlw-search"), "k8s-search", "search"),
      compute(workspaceId(prod, "rg-ml-shared", "mlw-recommend"), "k8s-recommend", "recommend"),
      compute(workspaceId(prod, "rg-ml-shared", "mlw-vision"), "k8s-vision", "vision", false),
    ],
  },
  {
    cluster: "aks-ml-sandbox",
    settings: {
      ...both,
      allowInsecureConnections: "True",
      inferenceRouterServiceType: "LoadBalancer",
      clusterPurpose: "DevTest",
      inferenceRouterHA: "False",
    },
    computes: [compute(workspaceId(dev, "rg-ml-sandbox", "mlw-sandbox"), "k8s-sandbox", "default")],
  },
  {
    cluster: "aks-ml-ci",
    settings: { ...both, allowInsecureConnections: "True", inferenceRouterServiceType: "ClusterIP", InferenceRouterHA: "False" },
    fails: { code: "E40002", message: "INSUFFICIENT_NODE: 1 of 3 schedulable nodes were found." },
    computes: [],
  },
];

/** Puts what is deployed, and what else runs, into the clusters of the story. */
export function seedDeployments(store: Store, clusters: ArmResource[]): void {
  for (const cluster of clusters) {
    const put = (object: KubeObject, owner: string | null = null) => {
      const metadata = { creationTimestamp: "2026-09-02T09:00:00Z", ...object.metadata };
      putObject(store, { clusterId: cluster.id, owner, from: 0, until: null, object: { ...object, metadata } });
    };
    for (const object of workloadsOf(cluster)) put(object);
    const seed = seeds.find((one) => one.cluster === cluster.name);
    if (seed === undefined) continue;
    const extension = extensionOf(cluster, seed);
    store.table("extensions").set(keyOf(extension.id), extension);
    put(namespace("azureml"));
    put(reportOf(seed));
    if (seed.fails === undefined)
      for (const object of releaseOf(cluster, extension)) put(object, object.kind === "CustomResourceDefinition" ? null : extension.id);
    for (const one of seed.computes) {
      const row = computeOf(cluster, one);
      store.table("computes").set(keyOf(row.id), row);
      if (one.exists && one.namespace !== "default") put(namespace(one.namespace));
    }
  }
}

function releaseOf(cluster: ArmResource, extension: Extension): KubeObject[] {
  const nodes = nodesOf(cluster).map((one) => one.metadata.name);
  const pods = workloads(extension.name, extension.settings).map((one, index) => {
    const pod = podOf(one, nodes[index % Math.max(1, nodes.length)]);
    return one.job === true ? completed(pod) : running(pod);
  });
  return [...(nodes.length === 0 ? [] : pods), ...releaseObjects(extension.name, extension.settings), ...definitionsOf(extension.settings)];
}

function extensionOf(cluster: ArmResource, seed: Seed): Extension {
  const location = cluster.location ?? "";
  const derived = {
    cluster_name: cluster.id,
    clusterId: cluster.id,
    "prometheus.prometheusSpec.externalLabels.cluster_name": cluster.id,
    cluster_name_friendly: cluster.name,
    domain: `${location}.cloudapp.azure.com`,
    location,
    jobSchedulerLocation: location,
    "nginxIngress.enabled": "true",
    "relayserver.enabled": "false",
    "servicebus.enabled": "false",
  };
  const settings = { ...derived, ...seed.settings };
  const failed = seed.fails !== undefined;
  const message =
    "Error: {failed to install chart from path [] for release [azureml]: err [release azureml failed, and has been uninstalled due to atomic being set: failed pre-install: pod healthcheck failed]} occurred while doing the operation : {Installing the extension} on the config";
  const time = new Date(made).toISOString();
  return {
    id: `${cluster.id}/providers/Microsoft.KubernetesConfiguration/extensions/azureml`,
    name: "azureml",
    clusterId: keyOf(cluster.id),
    extensionType: "Microsoft.AzureML.Kubernetes",
    autoUpgradeMinorVersion: true,
    releaseTrain: "Stable",
    version: null,
    currentVersion: "1.1.74",
    releaseNamespace: "azureml",
    settings,
    protectedSettings: {},
    identity: null,
    state: failed ? "Failed" : "Succeeded",
    operationId: null,
    released: failed ? null : settings,
    statuses: failed ? [{ code: "InstallationFailed", displayStatus: "Failed", level: "Error", message, time }] : [],
    error: failed ? { code: "InstallationFailed", message } : null,
    createdAt: made,
    changedAt: made,
  };
}

function reportOf(seed: Seed): KubeObject {
  const line =
    seed.fails === undefined
      ? "Status: Succeeded Name: all ErrorCode: ErrorMessage:"
      : `Status: Failed Name: node-count ErrorCode: ${seed.fails.code} ErrorMessage: ${seed.fails.message}`;
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "arcml-healthcheck", namespace: "azureml" },
    data: { "reports-pre-install": `${line}\n` },
  };
}

function computeOf(cluster: ArmResource, seed: Seed["computes"][number]): Compute {
  const id = `${seed.workspace}/computes/${seed.name}`;
  return {
    id,
    name: seed.name,
    workspaceId: seed.workspace,
    location: cluster.location ?? "",
    identity: { type: "SystemAssigned", principalId: guidOf(`principal:${id}`), tenantId },
    body: {
      computeType: "Kubernetes",
      resourceId: cluster.id,
      description: null,
      disableLocalAuth: false,
      properties: { namespace: seed.namespace, defaultInstanceType: "defaultinstancetype", extensionInstanceReleaseTrain: "stable" },
    },
    state: "Succeeded",
    errors: [],
    operationId: null,
    createdAt: made,
    changedAt: made,
  };
}
