import { apiVersions, detachQuery, extensionIdOf } from "@/lib/azure/deployment-calls";
import type { PlanStep } from "@/lib/plans/plan";
import { actions } from "../actions";

/** Takes one compute off its workspace. Azure's other way to delete one would delete the cluster, and is never used. */
export function detachStep(compute: { id: string; name: string }, workspace: { id: string; name: string }): PlanStep {
  return {
    id: `detach-${compute.name.toLowerCase()}`,
    title: `Detach the compute ${compute.name} from the workspace ${workspace.name}`,
    subject: `the compute ${compute.name}`,
    via: "arm",
    method: "DELETE",
    resourceId: compute.id,
    apiVersion: apiVersions.computes,
    query: { ...detachQuery },
    body: null,
    action: actions.deleteCompute,
    scope: workspace.id,
    readsFirst: `The compute ${compute.name}: it must still be this cluster. Where it is gone already, nothing is written.`,
    doneWhen: "The compute is no longer in the workspace. The cluster itself stays.",
    undo: "Attach the cluster again under the same name and namespace.",
    expectSeconds: { typical: 60, worst: 600 },
  };
}

/** Deletes the extension. ARM forgets it at once, the cluster some ten minutes later. */
export function deleteExtensionStep(cluster: { id: string; name: string }, name: string): PlanStep {
  return {
    id: "delete-extension",
    title: `Delete the extension ${name} from ${cluster.name}`,
    subject: `the extension ${name}`,
    via: "arm",
    method: "DELETE",
    resourceId: extensionIdOf(cluster.id, name),
    apiVersion: apiVersions.extensions,
    body: null,
    action: actions.deleteExtension,
    scope: cluster.id,
    readsFirst: `The extension ${name}. Where it is gone already, nothing is written.`,
    doneWhen: "The extension reads as absent.",
    undo: "Deploy Azure ML again: its settings are in this plan, but for the secrets.",
    expectSeconds: { typical: 120, worst: 3600 },
  };
}

/** Waits until the cluster has let go of what the extension brought. */
export function namespaceGoneStep(cluster: { id: string; name: string }, name: string): PlanStep {
  return {
    id: "namespace-gone",
    title: "Wait until the namespace azureml is gone",
    subject: "the namespace azureml",
    via: "wait",
    method: "GET",
    resourceId: extensionIdOf(cluster.id, name),
    apiVersion: apiVersions.extensions,
    body: null,
    action: actions.readExtension,
    scope: cluster.id,
    readsFirst: "The extension, and the namespace azureml where the cluster can be read directly.",
    doneWhen:
      "The extension is absent, and the namespace azureml is gone or holds nothing. Where the cluster cannot be read, Azure's word alone counts, and the run says so.",
    undo: "Nothing is written.",
    expectSeconds: { typical: 600, worst: 1800 },
  };
}
