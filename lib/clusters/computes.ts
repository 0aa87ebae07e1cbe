import type { Actor } from "@/lib/auth/actor";
import { callerFor } from "@/lib/auth/caller";
import { listComputes } from "@/lib/azure/computes";
import type { Compute } from "@/lib/azure/deployment-types";
import type { PartialList, Readable } from "@/lib/azure/types";
import { diagnose } from "@/lib/deployments/diagnosis/diagnose";
import type { Answer } from "@/lib/http/contract";
import { now } from "@/lib/kernel/clock";
import { inParallel } from "@/lib/kernel/parallel";
import { idKey, lastName, sameId, subscriptionOf } from "@/lib/kernel/resource-id";
import { shortCache } from "@/lib/kernel/short-cache";
import { personKeyOf, workspacesOf } from "./fleet";
import { diagnosisShape } from "./diagnosis";

type ComputeRow = Answer<"GET /api/v1/clusters/{subscription}/{group}/{name}/azureml">["computes"]["items"][number];

/** So many workspaces are asked at once, and in all for one cluster. */
const atOnce = 6;
const askedAtMost = 40;
const lists = shortCache<Readable<Compute[]>>({ freshMs: 30_000, staleMs: 30_000, poor: ({ state }) => state !== "ok" });

/** The computes of a workspace as Azure shows them to this person, at most 30 s old. */
export function computesOf(actor: Actor, workspaceId: string): Promise<Readable<Compute[]>> {
  return lists.get(`${personKeyOf(actor)}|${idKey(workspaceId)}`, () => listComputes(callerFor(actor), workspaceId));
}

/**
 * The computes on a cluster, of the workspaces that Azure shows to this person; only those of the cluster's own subscription can have any.
 * Workspaces that could not be read, or were too many to be asked, are named.
 */
export async function computesOn(actor: Actor, clusterId: string): Promise<PartialList<ComputeRow>> {
  const list = await workspacesOf(actor);
  const subscription = subscriptionOf(clusterId);
  const near = list.items.filter(({ id }) => subscriptionOf(id) === subscription);
  const reads = await inParallel(atOnce, near.slice(0, askedAtMost), async ({ id }) => ({ id, read: await computesOf(actor, id) }));
  const unread = reads.flatMap(({ id, read }) =>
    read.state === "ok" || read.state === "absent"
      ? []
      : [{ scope: id, scopeName: lastName(id), state: read.state, message: read.message }],
  );
  const left = near.slice(askedAtMost).map(({ id }) => ({
    scope: id,
    scopeName: lastName(id),
    state: "unavailable" as const,
    message: `Not asked: only ${askedAtMost} workspaces are asked for one cluster.`,
  }));
  return {
    items: reads.flatMap(({ id, read }) =>
      read.state !== "ok"
        ? []
        : read.value.filter(({ resourceId }) => resourceId !== null && sameId(resourceId, clusterId)).map((one) => computeRow(id, one)),
    ),
    failures: [...list.failures.filter(({ scope }) => scope === "/" || scope.toLowerCase().includes(subscription)), ...unread, ...left],
    at: now().toISOString(),
  };
}

/** A compute with what its failure means. */
export function computeRow(workspaceId: string, compute: Compute): ComputeRow {
  const { id, name, computeType, resourceId, namespace, provisioningState, errors } = compute;
  return {
    id,
    name,
    workspaceId,
    workspaceName: lastName(workspaceId),
    computeType,
    resourceId,
    namespace,
    provisioningState,
    errors,
    diagnosis: errors.slice(0, 3).flatMap((error) =>
      diagnose({ source: "compute", ...error })
        .slice(0, 1)
        .map(diagnosisShape),
    ),
  };
}
