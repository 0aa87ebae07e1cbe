import { getExtension } from "@/lib/azure/extensions";
import { listNamespaces, listPods } from "@/lib/azure/kubernetes";
import type { Json } from "@/lib/kernel/json";
import type { StepReading } from "@/lib/runs/steps";
import { collectEvidence } from "../evidence";
import { comparePods } from "../health/compare-pods";
import { expectedPods } from "../health/expected-pods";
import { releaseNamespace } from "../settings/derived";
import { apiServerOf, liveOf, whyUnread } from "./live";
import { type Part, writesNothing } from "./part";

/** Waits until what was installed is well. Where the cluster cannot be read, Azure's word alone counts, and the record says so. */
export const healthPart: Part = {
  async read(caller, plan, step) {
    const live = liveOf(await getExtension(caller, step.resourceId), step.subject);
    if (live === null) return { state: "changed", what: `${capitalised(step.subject)} is gone: somebody deleted it.` };
    if (live.provisioningState === "Failed")
      return { state: "changed", what: live.error?.message ?? "Azure says that the extension failed." };
    const state = { extension: live.provisioningState, version: live.currentVersion };
    if (live.provisioningState !== "Succeeded") return { state: "in-flight", before: state };
    const server = await apiServerOf(caller, plan.target.clusterId);
    if (server.state !== "ok") return { state: "done", after: { ...state, pods: `not read: ${whyUnread(server)}` } };
    const pods = await listPods(server.value, { namespace: releaseNamespace });
    if (pods.state !== "ok") return { state: "done", after: { ...state, pods: `not read: ${whyUnread(pods)}` } };
    return wellOrNot(state, comparePods(expectedPods(live.name, live.settings), pods.value));
  },
  act: writesNothing,
  evidence: (caller, plan) => collectEvidence(caller, plan),
};

function wellOrNot(state: { [key: string]: Json }, { matched, missing, unhealthy }: ReturnType<typeof comparePods>): StepReading {
  const seen: Json = {
    ...state,
    running: matched.map(({ expected, pods }) => `${expected.app} (${pods.length})`),
    missing: missing.map(({ expected, found }) => `${expected.app}: ${found} of ${expected.count}`),
    unwell: unhealthy.map(({ pod, why }) => `${pod.name}: ${why}`),
  };
  return missing.length + unhealthy.length === 0 ? { state: "done", after: seen } : { state: "in-flight", before: seen };
}

/** Waits until the cluster has let go of the extension. */
export const namespaceGonePart: Part = {
  async read(caller, plan, step): Promise<StepReading> {
    const live = liveOf(await getExtension(caller, step.resourceId), step.subject);
    if (live !== null) return { state: "in-flight", before: { extension: live.provisioningState } };
    const server = await apiServerOf(caller, plan.target.clusterId);
    if (server.state !== "ok") return { state: "done", after: { extension: "absent", namespace: `not read: ${whyUnread(server)}` } };
    const namespaces = await listNamespaces(server.value);
    if (namespaces.state !== "ok")
      return { state: "done", after: { extension: "absent", namespace: `not read: ${whyUnread(namespaces)}` } };
    const own = namespaces.value.find(({ name }) => name === releaseNamespace);
    if (own === undefined) return { state: "done", after: { extension: "absent", namespace: "gone" } };
    const pods = await listPods(server.value, { namespace: releaseNamespace });
    if (own.phase !== "Terminating" && pods.state === "ok" && pods.value.length === 0)
      return { state: "done", after: { extension: "absent", namespace: "empty" } };
    return {
      state: "in-flight",
      before: { extension: "absent", namespace: own.phase, pods: pods.state === "ok" ? pods.value.length : null },
    };
  },
  act: writesNothing,
};

const capitalised = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
