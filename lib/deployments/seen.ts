import { type ApiServer, listNamespaces, listPods } from "@/lib/azure/kubernetes";
import { getExtension } from "@/lib/azure/extensions";
import type { AzureCaller } from "@/lib/azure/types";
import { changesSeen, serverOf } from "@/lib/bindings/seen";
import { alteredBindings, type DeploymentPlan, isBindingPlan, type Plan } from "@/lib/plans/plan";
import { comparePods } from "./health/compare-pods";
import { expectedPods } from "./health/expected-pods";
import { releaseNamespace } from "./settings/derived";

/**
 * Whether the cluster itself shows what a deployment or a teardown did: its role bindings, and the extension's pods or that they are gone.
 * A plan of which nothing could be seen there is never seen; neither is one whose cluster cannot be read.
 */
export async function deploymentSeen(caller: AzureCaller, plan: Plan): Promise<boolean> {
  if (isBindingPlan(plan)) return false;
  const touchesBindings = alteredBindings(plan).length > 0;
  const extensionId = plan.steps.find(({ id }) => id === (isTeardown(plan) ? "delete-extension" : "put-extension"))?.resourceId;
  if (!touchesBindings && extensionId === undefined) return false;
  const server = await serverOf(caller, plan.target.clusterId);
  if (server === null || (touchesBindings && !(await changesSeen(server, plan)))) return false;
  if (!isTeardown(plan) && !(await namespaceThere(server, plan))) return false;
  if (extensionId === undefined) return true;
  return isTeardown(plan) ? extensionGone(server) : extensionWell(caller, server, extensionId);
}

const isTeardown = (plan: DeploymentPlan): boolean => plan.kind === "ml-teardown";

/** The namespace in which the jobs of the compute run. */
async function namespaceThere(server: ApiServer, { target: { namespace } }: DeploymentPlan): Promise<boolean> {
  if (namespace === null) return true;
  const read = await listNamespaces(server);
  return read.state === "ok" && read.value.some(({ name, phase }) => name === namespace && phase === "Active");
}

async function extensionWell(caller: AzureCaller, server: ApiServer, extensionId: string): Promise<boolean> {
  const [extension, pods] = await Promise.all([getExtension(caller, extensionId), listPods(server, { namespace: releaseNamespace })]);
  if (extension.state !== "ok" || pods.state !== "ok") return false;
  const { matched, missing, unhealthy } = comparePods(expectedPods(extension.value.name, extension.value.settings), pods.value);
  return matched.length > 0 && missing.length === 0 && unhealthy.length === 0;
}

async function extensionGone(server: ApiServer): Promise<boolean> {
  const pods = await listPods(server, { namespace: releaseNamespace });
  return pods.state === "ok" && pods.value.length === 0;
}
