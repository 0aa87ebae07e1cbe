import { detachCompute, getCompute, putCompute } from "@/lib/azure/computes";
import type { Compute } from "@/lib/azure/deployment-types";
import { listNamespaces } from "@/lib/azure/kubernetes";
import { listRoleBindings } from "@/lib/azure/trusted-access";
import { valueOf } from "@/lib/azure/readable";
import type { AzureCaller } from "@/lib/azure/types";
import type { Json } from "@/lib/kernel/json";
import { sameId } from "@/lib/kernel/resource-id";
import { workspaceOf } from "@/lib/plans/plan";
import type { StepReading } from "@/lib/runs/steps";
import { apiServerOf, liveOf } from "./live";
import { type Part, writesNothing } from "./part";

type ComputeBody = { properties: { resourceId: string; properties: { namespace: string } } };

/** Attaches the cluster to the workspace. */
export const attachPart: Part = {
  async read(caller, _plan, step) {
    const live = liveOf(await getCompute(caller, step.resourceId), step.subject);
    const { resourceId, properties } = (step.body as ComputeBody).properties;
    if (live === null) return (await withoutNamespace(caller, resourceId, properties.namespace)) ?? { state: "not-begun", before: null };
    if (!isThisCluster(live, resourceId) || live.namespace !== properties.namespace)
      return {
        state: "changed",
        what: `The compute ${live.name} is there already: it is ${live.resourceId ?? live.computeType} with the namespace ${live.namespace ?? "none"}. Azure does not change a compute's namespace: detach it first.`,
      };
    if (live.provisioningState === "Succeeded" && live.errors.length === 0) return { state: "done", after: shownOf(live) };
    // Azure calls one with errors succeeded as well: it is attached again, as its documentation says.
    if (["Succeeded", "Failed", "Canceled"].includes(live.provisioningState))
      return (
        (await withoutNamespace(caller, resourceId, properties.namespace)) ?? {
          state: "failed",
          what: failureOf(live),
          before: shownOf(live),
        }
      );
    if (live.provisioningState === "Deleting") return { state: "changed", what: `The compute ${live.name} is being detached by somebody.` };
    return { state: "in-flight", before: shownOf(live) };
  },
  async act(caller, _plan, step) {
    const accepted = await putCompute(caller, step.resourceId, step.body as object);
    return { ...accepted, after: step.body };
  },
};

/**
 * The namespace that is gone before the attach, where the cluster can be read directly; null: it is there, or nobody can tell. Azure neither
 * makes nor checks it, and the jobs of such a compute wait for ever (AML-Kubernetes#26).
 */
async function withoutNamespace(caller: AzureCaller, clusterId: string, name: string): Promise<StepReading | null> {
  const server = await apiServerOf(caller, clusterId);
  const namespaces = server.state === "ok" ? await listNamespaces(server.value) : server;
  if (namespaces.state !== "ok") return null;
  const own = namespaces.value.find((one) => one.name === name);
  if (own !== undefined && own.phase !== "Terminating") return null;
  const what = own === undefined ? "is not there: somebody deleted it" : "is being deleted by somebody";
  return {
    state: "changed",
    what: `The namespace ${name} ${what}. Azure would attach the compute all the same, and its jobs would wait for ever. Make the namespace (kubectl create namespace ${name}) and retry the run, or ask again.`,
  };
}

/** Waits until the attachment is proven: no errors, and the workspace's binding on the cluster. */
export const attachedPart: Part = {
  async read(caller, plan, step) {
    const live = liveOf(await getCompute(caller, step.resourceId), step.subject);
    if (live === null) return { state: "changed", what: `The compute ${step.resourceId} is gone: somebody detached it.` };
    if (live.provisioningState === "Failed" || live.errors.length > 0) return { state: "changed", what: failureOf(live) };
    const bindings = valueOf(await listRoleBindings(caller, plan.target.clusterId), "role bindings of the cluster");
    const own = bindings.filter((binding) => sameId(binding.sourceResourceId, workspaceOf(plan)));
    const seen: Json = { ...(shownOf(live) as object), bindings: own.map(({ name, roles }) => ({ name, roles })) };
    return live.provisioningState === "Succeeded" && own.some(({ provisioningState }) => provisioningState === "Succeeded")
      ? { state: "done", after: seen }
      : { state: "in-flight", before: seen };
  },
  act: writesNothing,
};

/** Takes a compute off its workspace. */
export const detachPart: Part = {
  async read(caller, plan, step) {
    const live = liveOf(await getCompute(caller, step.resourceId), step.subject);
    if (live === null) return { state: "done", after: null };
    if (!isThisCluster(live, plan.target.clusterId))
      return { state: "changed", what: `The compute ${live.name} is now ${live.resourceId ?? live.computeType}, and not this cluster.` };
    if (live.provisioningState === "Deleting") return { state: "in-flight", before: shownOf(live) };
    return { state: "not-begun", before: shownOf(live) };
  },
  async act(caller, _plan, step) {
    const accepted = await detachCompute(caller, step.resourceId);
    return { ...accepted, after: null };
  },
};

const isThisCluster = ({ resourceId }: Compute, clusterId: string): boolean => resourceId !== null && sameId(resourceId, clusterId);
const failureOf = ({ provisioningState, errors }: Compute): string =>
  errors.map(({ code, message }) => `${code}: ${message}`).join(" ") ||
  `Azure left the compute in state ${provisioningState} and does not say why.`;

function shownOf({ name, provisioningState, resourceId, namespace, errors }: Compute): Json {
  return { name, provisioningState, resourceId, namespace, errors };
}
