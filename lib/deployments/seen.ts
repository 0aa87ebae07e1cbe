import { type ApiServer, listNamespaces, listPods } from "@/lib/azure/kubernetes";
import { getExtension } from "@/lib/azure/extensions";
import type { AzureCaller } from "@/lib/azure/types";
import { changesSeen, notSeen, readAt, serverOf, unread } from "@/lib/bindings/seen";
import { alteredBindings, type DeploymentPlan, isDeploymentPlan, type Plan } from "@/lib/plans/plan";
import type { Sighting } from "@/lib/runs/steps";
import { comparePods } from "./health/compare-pods";
import { expectedPods } from "./health/expected-pods";
import { releaseNamespace } from "./settings/derived";

/**
 * Whether the cluster itself shows what a deployment or a teardown did: its role bindings, and the extension's pods or that they are gone.
 * A plan of which nothing could be seen there is never seen; neither is one whose cluster cannot be read. With the reason.
 */
export async function deploymentSeen(caller: AzureCaller, plan: Plan): Promise<Sighting> {
  const nothing = notSeen("The plan changes nothing that shows in the cluster.");
  if (!isDeploymentPlan(plan)) return nothing;
  const touchesBindings = alteredBindings(plan).length > 0;
  const extensionId = plan.steps.find(({ id }) => id === (isTeardown(plan) ? "delete-extension" : "put-extension"))?.resourceId;
  if (!touchesBindings && extensionId === undefined) return nothing;
  const server = await serverOf(caller, plan.target.clusterId);
  if ("why" in server) return notSeen(server.why);
  const bindings: Sighting = touchesBindings ? await changesSeen(server, plan) : { seen: true };
  if (!bindings.seen) return bindings;
  const namespace: Sighting = isTeardown(plan) ? { seen: true } : await namespaceThere(server, plan);
  if (!namespace.seen || extensionId === undefined) return namespace;
  return isTeardown(plan) ? extensionGone(server) : extensionWell(caller, server, extensionId);
}

const isTeardown = (plan: DeploymentPlan): boolean => plan.kind === "ml-teardown";

/** The namespace in which the jobs of the compute run. */
async function namespaceThere(server: ApiServer, { target: { namespace } }: DeploymentPlan): Promise<Sighting> {
  if (namespace === null) return { seen: true };
  const read = await listNamespaces(server);
  if (read.state !== "ok") return notSeen(unread("The namespaces", read));
  const isThere = read.value.some(({ name, phase }) => name === namespace && phase === "Active");
  return isThere ? { seen: true } : notSeen(`${readAt(read.at)}, the namespace ${namespace} was not there, or not active.`);
}

async function extensionWell(caller: AzureCaller, server: ApiServer, extensionId: string): Promise<Sighting> {
  const [extension, pods] = await Promise.all([getExtension(caller, extensionId), listPods(server, { namespace: releaseNamespace })]);
  if (extension.state !== "ok") return notSeen(unread("The extension", extension));
  if (pods.state !== "ok") return notSeen(unread(podsWords, pods));
  const { matched, missing, unhealthy } = comparePods(expectedPods(extension.value.name, extension.value.settings), pods.value);
  if (matched.length > 0 && missing.length === 0 && unhealthy.length === 0) return { seen: true };
  const unwell = unhealthy.map(({ pod }) => pod.name);
  const lacking = missing.map(({ expected }) => expected.prefix);
  const what = [
    ...(unwell.length === 0 ? [] : [`not well: ${unwell.join(", ")}`]),
    ...(lacking.length === 0 ? [] : [`too few: ${lacking.join(", ")}`]),
  ];
  return notSeen(`${readAt(pods.at)}, the pods of the extension were not all well (${what.join("; ") || "none is there"}).`);
}

async function extensionGone(server: ApiServer): Promise<Sighting> {
  const pods = await listPods(server, { namespace: releaseNamespace });
  if (pods.state !== "ok") return notSeen(unread(podsWords, pods));
  if (pods.value.length === 0) return { seen: true };
  return notSeen(
    `${readAt(pods.at)}, ${pods.value.length} ${pods.value.length === 1 ? "pod was" : "pods were"} still in ${releaseNamespace}.`,
  );
}

const podsWords = `The pods of ${releaseNamespace}`;
