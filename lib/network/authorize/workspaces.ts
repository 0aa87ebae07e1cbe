import { getSource } from "@/lib/azure/sources";
import type { AzureCaller, Readable, RoleBinding } from "@/lib/azure/types";
import { lookAtBindings } from "@/lib/bindings/look";
import { isWorkspace } from "@/lib/bindings/source-words";
import { computesElsewhere } from "@/lib/deployments/computes-elsewhere";
import { inParallel } from "@/lib/kernel/parallel";
import { idKey, sameId } from "@/lib/kernel/resource-id";
import type { CoverageWorkspace } from "../coverage";
import type { ListFacts } from "./facts";

const atOnce = 6;
const workloadRole = "microsoft.machinelearningservices/workspaces/mlworkload";

/**
 * The workspaces of a cluster: those with a compute or a role binding on it, and those that are planned, as far as this person's token sees them.
 * What could not be read is told in sentences that name no workspace, since a plan is read by others too.
 */
export async function workspacesOn(
  caller: AzureCaller,
  clusterId: string,
  planned: readonly string[],
): Promise<Pick<ListFacts, "workspaces" | "unreadWorkspaces">> {
  const [bindings, computes] = await Promise.all([lookAtBindings(caller, clusterId), computesElsewhere(caller, clusterId, null)]);
  const ids = [
    ...planned,
    ...(bindings.state === "ok" ? bindings.value.map(({ sourceResourceId }) => sourceResourceId).filter(isWorkspace) : []),
    ...(computes.state === "ok" ? computes.value.map(({ workspaceId }) => workspaceId) : []),
  ];
  const unique = [...new Map(ids.map((id) => [idKey(id), id])).values()];
  const reads = await inParallel(atOnce, unique, (id) => readWorkspace(caller, id, bindings));
  const found = reads.filter((read) => read !== null);
  const unread = unique.length - found.length;
  return {
    workspaces: found.sort((a, b) => (idKey(a.id) < idKey(b.id) ? -1 : 1)),
    unreadWorkspaces: [
      ...(bindings.state === "ok" ? [] : ["Which workspaces hold a role binding on the cluster cannot be read."]),
      ...(computes.state === "ok" ? [] : ["Which workspaces have a compute on the cluster cannot be read."]),
      ...(unread === 0
        ? []
        : [
            `The region of ${unread === 1 ? "one workspace" : `${unread} workspaces`} of the cluster cannot be read: what it needs is not counted.`,
          ]),
    ],
  };
}

/** Null: its region cannot be read. */
async function readWorkspace(caller: AzureCaller, id: string, bindings: Readable<RoleBinding[]>): Promise<CoverageWorkspace | null> {
  const read = await getSource(caller, id);
  if (read.state !== "ok" || read.value.location === null) return null;
  const region = read.value.location.toLowerCase().replaceAll(" ", "");
  return {
    id: read.value.id,
    name: read.value.name,
    region,
    bindingInEffect: bindings.state === "ok" && bindings.value.some((one) => sameId(one.sourceResourceId, id) && hasWorkload(one)),
  };
}

/** A binding that Azure recorded and is not at work on; the cluster follows it within minutes. */
export const hasWorkload = ({ roles, provisioningState }: Pick<RoleBinding, "roles" | "provisioningState">): boolean =>
  provisioningState === "Succeeded" && roles.some((role) => role.toLowerCase() === workloadRole);
