import {
  apiVersions,
  computeIdOf,
  deploymentBody,
  deploymentIdOf,
  extensionIdOf,
  namespaceBody,
  namespaceCommandBody,
  namespacesPath,
  registerPathOf,
  runCommandPathOf,
} from "@/lib/azure/deployment-calls";
import type { Json } from "@/lib/kernel/json";
import { subscriptionOf } from "@/lib/kernel/resource-id";
import type { PlanStep } from "@/lib/plans/plan";
import { actions } from "../actions";
import type { ExtensionBody } from "../settings/body";

type Cluster = { id: string; name: string };

// Durations: how-to-deploy-kubernetes-extension.md, Helm's limit of an installation, and the threads that docs/operations.md names; in seconds.
const expected = {
  register: { typical: 120, worst: 600 },
  workspace: { typical: 180, worst: 900 },
  extension: { typical: 600, worst: 1200 },
  health: { typical: 120, worst: 600 },
  namespace: { typical: 30, worst: 120 },
  attach: { typical: 180, worst: 1200 },
  attached: { typical: 30, worst: 300 },
};

/** Registers a resource provider in the cluster's subscription. Azure answers at once and takes some minutes. */
export function registerStep(cluster: Cluster, namespace: string): PlanStep {
  const subscription = subscriptionOf(cluster.id);
  return {
    id: `register-${namespace.toLowerCase().replaceAll(".", "-")}`,
    title: `Register the resource provider ${namespace}`,
    subject: `the resource provider ${namespace}`,
    via: "arm",
    method: "POST",
    resourceId: registerPathOf(subscription, namespace),
    apiVersion: apiVersions.providers,
    body: null,
    action: actions.register(namespace),
    scope: `/subscriptions/${subscription}`,
    readsFirst: "Its registration in the subscription. Where it is registered already, nothing is written.",
    doneWhen: "The subscription reads it as Registered.",
    undo: "It stays registered: that costs nothing, and other things may rest on it.",
    expectSeconds: expected.register,
  };
}

/** Makes a workspace, and what it cannot be without, by a template deployment. */
export function workspaceStep(resourceGroupId: string, workspaceName: string, template: Json, parameters: Json): PlanStep {
  return {
    id: "make-workspace",
    title: `Make the workspace ${workspaceName}`,
    subject: `the workspace ${workspaceName}`,
    via: "arm",
    method: "PUT",
    resourceId: deploymentIdOf(resourceGroupId, `bindery-${workspaceName}`.slice(0, 64)),
    apiVersion: apiVersions.deployments,
    body: deploymentBody(template, parameters),
    action: actions.writeDeployment,
    scope: resourceGroupId,
    readsFirst: "The workspace: where it is there already, nothing is written.",
    doneWhen: "The deployment succeeded and the workspace reads back.",
    undo: "Delete the workspace, its storage account, key vault and application insights in the resource group; the vault stays recoverable for 90 days.",
    expectSeconds: expected.workspace,
  };
}

/** Installs the extension. `body` holds references in the place of secrets. */
export function extensionStep(cluster: Cluster, name: string, body: ExtensionBody): PlanStep {
  return {
    id: "put-extension",
    title: `Install the extension ${name} on ${cluster.name}`,
    subject: `the extension ${name}`,
    via: "arm",
    method: "PUT",
    resourceId: extensionIdOf(cluster.id, name),
    apiVersion: apiVersions.extensions,
    body,
    action: actions.writeExtension,
    scope: cluster.id,
    readsFirst: `The extension ${name}: it must not be there. If it already is as planned, nothing is written.`,
    doneWhen: "Azure's operation succeeded and the extension reads back as planned, in state Succeeded.",
    undo: "Detach the computes first, then delete the extension; the namespace azureml goes some ten minutes later.",
    expectSeconds: expected.extension,
  };
}

/** Waits until what was installed is well: Azure's own word, and the pods where the cluster can be read. */
export function healthStep(cluster: Cluster, name: string): PlanStep {
  return {
    id: "extension-health",
    title: `See that the extension ${name} is well`,
    subject: `the extension ${name}`,
    via: "wait",
    method: "GET",
    resourceId: extensionIdOf(cluster.id, name),
    apiVersion: apiVersions.extensions,
    body: null,
    action: actions.readExtension,
    scope: cluster.id,
    readsFirst: "The extension's state, and the pods of the namespace azureml where the cluster can be read directly.",
    doneWhen:
      "The extension is in state Succeeded, and every pod that its settings ask for runs. Where the cluster cannot be read, Azure's word alone counts, and the run says so.",
    undo: "Nothing is written.",
    expectSeconds: expected.health,
  };
}

/** Makes a namespace, through the cluster's own API or by a command that Azure runs in the cluster. Harmless where it is there. */
export function namespaceStep(cluster: Cluster, namespace: string, via: "kubernetes" | "run-command"): PlanStep {
  const direct = via === "kubernetes";
  return {
    id: "make-namespace",
    title: `Make the namespace ${namespace} in ${cluster.name}`,
    subject: `the namespace ${namespace}`,
    via,
    method: "POST",
    resourceId: direct ? namespacesPath : runCommandPathOf(cluster.id),
    apiVersion: direct ? "" : apiVersions.managedClusters,
    body: direct ? namespaceBody(namespace) : namespaceCommandBody(namespace),
    action: direct ? actions.clusterUser : actions.runCommand,
    scope: cluster.id,
    readsFirst: direct
      ? "The namespace: where it is there, nothing is written."
      : "Nothing: making a namespace that is there changes nothing.",
    doneWhen: direct ? "The namespace reads back as Active." : "The command ended well and shows the namespace.",
    undo: `Delete the namespace ${namespace} with kubectl, once nothing of it is needed: Bindery never deletes one.`,
    expectSeconds: expected.namespace,
  };
}

/** Attaches the cluster to the workspace as a compute. */
export function attachStep(
  cluster: Cluster,
  workspace: { id: string; name: string; location: string },
  compute: { name: string; namespace: string },
  identity: Json,
): PlanStep {
  return {
    id: "attach-compute",
    title: `Attach ${cluster.name} to the workspace ${workspace.name} as ${compute.name}`,
    subject: `the compute ${compute.name}`,
    via: "arm",
    method: "PUT",
    resourceId: computeIdOf(workspace.id, compute.name),
    apiVersion: apiVersions.computes,
    body: {
      location: workspace.location,
      identity,
      properties: { computeType: "Kubernetes", resourceId: cluster.id, properties: { namespace: compute.namespace } },
    },
    action: actions.writeCompute,
    scope: workspace.id,
    readsFirst: `The compute ${compute.name}: it must not be there, or be this cluster with this namespace already. Where the cluster can be read directly, the namespace: it must be there.`,
    doneWhen: "Azure's operation succeeded and the compute reads back as this cluster with this namespace, in state Succeeded.",
    undo: `Detach the compute ${compute.name}: the cluster stays as it is.`,
    expectSeconds: expected.attach,
  };
}

/** Waits until the attachment is proven: the compute without errors, and the workspace's role binding on the cluster. */
export function attachedStep(workspace: { id: string; name: string }, computeName: string): PlanStep {
  return {
    id: "attached",
    title: `See that ${computeName} is attached and the workspace has its role binding`,
    subject: `the compute ${computeName}`,
    via: "wait",
    method: "GET",
    resourceId: computeIdOf(workspace.id, computeName),
    apiVersion: apiVersions.computes,
    body: null,
    action: actions.readCompute,
    scope: workspace.id,
    readsFirst: "The compute, and the role bindings of the cluster.",
    doneWhen: "The compute is in state Succeeded without errors, and a role binding of the workspace is on the cluster.",
    undo: "Nothing is written.",
    expectSeconds: expected.attached,
  };
}
