import { z } from "zod";
import type { KubernetesPod } from "./deployment-types";
import { computeOf } from "./kubernetes-quantity";
import { Metadata, Resources, words } from "./kubernetes-shape";

const text = z.string().nullish();
const Told = z.object({ reason: words, message: words }).nullish();
const ContainerStatus = z.object({
  ready: z.boolean().nullish(),
  restartCount: z.number().nullish(),
  state: z.object({ waiting: Told, terminated: Told }).nullish(),
});
const Container = z.object({ resources: z.object({ requests: Resources.nullish() }).nullish(), restartPolicy: text });
const Pod = z.object({
  metadata: Metadata.extend({ ownerReferences: z.array(z.object({ kind: z.string(), controller: z.boolean().nullish() })).nullish() }),
  spec: z.object({ nodeName: text, containers: z.array(Container), initContainers: z.array(Container).nullish() }),
  status: z
    .object({
      phase: text,
      reason: words,
      message: words,
      conditions: z.array(z.object({ type: z.string(), status: z.string(), reason: words, message: words })).nullish(),
      containerStatuses: z.array(ContainerStatus).nullish(),
      initContainerStatuses: z.array(ContainerStatus).nullish(),
    })
    .nullish(),
});
type Pod = z.infer<typeof Pod>;

/** A pod. Throws ZodError or TypeError for JSON that is none. */
export function podOf(json: unknown): KubernetesPod {
  const pod = Pod.parse(json);
  const { metadata, spec, status } = pod;
  const containers = status?.containerStatuses ?? [];
  const owners = metadata.ownerReferences ?? [];
  return {
    namespace: metadata.namespace ?? "",
    name: metadata.name,
    phase: status?.phase ?? "Unknown",
    ...troubleOf(pod),
    ready: containers.filter((one) => one.ready === true).length,
    containers: spec.containers.length,
    restarts: [...containers, ...(status?.initContainerStatuses ?? [])].reduce((sum, one) => sum + (one.restartCount ?? 0), 0),
    node: spec.nodeName ?? null,
    owner: (owners.find((one) => one.controller === true) ?? owners[0])?.kind ?? null,
    createdAt: metadata.creationTimestamp ?? null,
    requests: requestsOf(spec),
  };
}

/** Waits that are part of every start. */
const ordinary = ["ContainerCreating", "PodInitializing"];

/** Why a pod is not well: what the pod as a whole says, else its first container in trouble, else the scheduler. */
function troubleOf({ status }: Pod): { reason: string | null; message: string | null } {
  if (status?.reason != null) return { reason: status.reason, message: status.message ?? null };
  for (const { state, ready } of [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])]) {
    const { waiting, terminated } = state ?? {};
    if (waiting?.reason != null && !ordinary.includes(waiting.reason)) return { reason: waiting.reason, message: waiting.message ?? null };
    if (terminated?.reason != null && terminated.reason !== "Completed" && ready !== true)
      return { reason: terminated.reason, message: terminated.message ?? null };
  }
  const unscheduled = (status?.conditions ?? []).find((one) => one.type === "PodScheduled" && one.status === "False");
  return { reason: unscheduled?.reason ?? null, message: unscheduled?.message ?? null };
}

/**
 * What the scheduler reserves: all containers together with the init containers that stay, or the largest of the others, whichever is more
 * (kubernetes.io, init containers, resource sharing).
 */
function requestsOf({ containers, initContainers }: Pod["spec"]): KubernetesPod["requests"] {
  const stays = (one: z.infer<typeof Container>): boolean => one.restartPolicy === "Always";
  const init = initContainers ?? [];
  const requestOf = (one: z.infer<typeof Container>): KubernetesPod["requests"] => computeOf(one.resources?.requests);
  const together = [...containers, ...init.filter(stays)].map(requestOf);
  const before = init.filter((one) => !stays(one)).map(requestOf);
  const most = (unit: keyof KubernetesPod["requests"]): number =>
    Math.max(
      together.reduce((sum, one) => sum + one[unit], 0),
      ...before.map((one) => one[unit]),
    );
  return { milliCpu: most("milliCpu"), memoryMi: most("memoryMi") };
}
