import type { Cluster, Readable, RoleBinding, SourceResource } from "@/lib/azure/types";
import type { Compute, Extension } from "@/lib/azure/deployment-types";
import { grantKey } from "@/lib/bindings/same";
import type { Json } from "@/lib/kernel/json";
import { idKey, sameId } from "@/lib/kernel/resource-id";
import type { DeploymentPlan, GuardedFact, UnreadableFact } from "@/lib/plans/plan";
import { actions } from "./actions";
import { extensionType } from "./settings/body";

type Reads = {
  cluster: Readable<Cluster>;
  workspace: Readable<SourceResource>;
  extensions: Readable<Extension[]>;
  computes: Readable<Compute[]>;
  bindings: Readable<RoleBinding[]>;
};

/** The facts that the approval of a deployment or teardown rests on: by key what it is, where it is read from, and how. */
type Guard = { label: string; read: keyof Reads; action: string; scope: "cluster" | "workspace"; value(reads: Reads): Json; void: string };

const readBindings = "Microsoft.ContainerService/managedClusters/trustedAccessRoleBindings/read";
const readCluster = "Microsoft.ContainerService/managedClusters/read";
const readWorkspace = "Microsoft.MachineLearningServices/workspaces/read";

const okValue = <T>(read: Readable<T>): T | null => (read.state === "ok" ? read.value : null);

/** The guards that only a plan about a workspace has. */
const ofWorkspace: readonly string[] = ["workspace-id", "workspace-principal", "computes", "bindings-of-this-source"];

/** The guards of a plan about this cluster and workspace, and of the compute of that name (null: of all that are this cluster). */
function guardsOf({ clusterId, workspaceId, computeName }: About): Record<string, Guard> {
  const guards: Record<string, Guard> = {
    "cluster-id": {
      label: "The cluster",
      read: "cluster",
      action: readCluster,
      scope: "cluster",
      value: ({ cluster }) => mapped(okValue(cluster), ({ id }) => idKey(id)),
      void: "The cluster is deleted or moved.",
    },
    "cluster-uid": {
      label: "The cluster's unique id (changes when it is made anew)",
      read: "cluster",
      action: readCluster,
      scope: "cluster",
      value: ({ cluster }) => okValue(cluster)?.resourceUid ?? null,
      void: "The cluster is deleted and made anew under its name.",
    },
    "workspace-id": {
      label: "The workspace",
      read: "workspace",
      action: readWorkspace,
      scope: "workspace",
      value: ({ workspace }) => mapped(okValue(workspace), ({ id }) => idKey(id)),
      void: "The workspace is made, deleted or moved.",
    },
    "workspace-principal": {
      label: "The workspace's identity (principal id)",
      read: "workspace",
      action: readWorkspace,
      scope: "workspace",
      value: ({ workspace }) => okValue(workspace)?.identity.principalId?.toLowerCase() ?? null,
      void: "The workspace's managed identity changes, as when it is deleted and made anew.",
    },
    extension: {
      label: "The Azure ML extension on the cluster",
      read: "extensions",
      action: actions.readExtension,
      scope: "cluster",
      value: ({ extensions }) =>
        (okValue(extensions) ?? [])
          .filter((one) => one.extensionType.toLowerCase() === extensionType.toLowerCase())
          .map(({ name, settings }): Json => ({ name: name.toLowerCase(), settings }))
          .sort(byName),
      void: "The Azure ML extension is installed, changed or deleted by somebody.",
    },
    computes: {
      label: computeName === null ? "The workspace's computes on this cluster" : "The compute of that name",
      read: "computes",
      action: actions.readCompute,
      scope: "workspace",
      value: ({ computes }) =>
        (okValue(computes) ?? [])
          .filter((one) =>
            computeName === null
              ? one.resourceId !== null && sameId(one.resourceId, clusterId)
              : one.name.toLowerCase() === computeName.toLowerCase(),
          )
          .map(
            ({ name, resourceId, namespace }): Json => ({
              name: name.toLowerCase(),
              resourceId: resourceId === null ? null : idKey(resourceId),
              namespace,
            }),
          )
          .sort(byName),
      void:
        computeName === null
          ? "A compute of the workspace on this cluster is attached or detached."
          : "A compute of that name is attached, detached or changed.",
    },
    "bindings-of-this-source": {
      label: "The workspace's role bindings on the cluster",
      read: "bindings",
      action: readBindings,
      scope: "cluster",
      value: ({ bindings }) =>
        (okValue(bindings) ?? [])
          .filter((binding) => workspaceId !== null && sameId(binding.sourceResourceId, workspaceId))
          .map((binding): Json => ({ name: binding.name.toLowerCase(), roles: grantKey(binding).roles }))
          .sort(byName),
      void: "A role binding of the workspace on the cluster is made, changed or removed.",
    },
  };
  return workspaceId === null ? Object.fromEntries(Object.entries(guards).filter(([key]) => !ofWorkspace.includes(key))) : guards;
}

/** Whether a guarded fact was read from the workspace. */
export const isOfWorkspace = (key: string): boolean =>
  guardsOf({ clusterId: "", workspaceId: "", computeName: null })[key]?.scope === "workspace";

const mapped = <T>(value: T | null, view: (value: T) => Json): Json => (value === null ? null : view(value));
const byName = (a: Json, b: Json): number => ((a as { name: string }).name < (b as { name: string }).name ? -1 : 1);
const isProven = (read: Readable<unknown>): boolean => read.state === "ok" || read.state === "absent";

type About = { clusterId: string; workspaceId: string | null; computeName: string | null };

/**
 * The guarded facts. Held against an approved plan, a fact that was not verified there stays so, and one that cannot be read now keeps its
 * approved value: it is told by `unreadableFacts`, and is never a change.
 */
export function guardedFacts(about: About, reads: Reads, baseline: DeploymentPlan | undefined): GuardedFact[] {
  return Object.entries(guardsOf(about)).map(([key, guard]) => {
    const verified = isProven(reads[guard.read]);
    const fact: GuardedFact = { key, label: guard.label, verified, value: verified ? guard.value(reads) : null };
    const approved = baseline?.guardedFacts.find((other) => other.key === key);
    return approved !== undefined && (!approved.verified || !verified) ? approved : fact;
  });
}

/** Guarded facts of an approved plan that this token cannot read, with the right that reads them. */
export function unreadableFacts(about: About, reads: Reads, against: DeploymentPlan): UnreadableFact[] {
  const guards = guardsOf(about);
  return against.guardedFacts.flatMap(({ key, label, verified }) => {
    const guard = guards[key];
    if (guard === undefined || !verified) return [];
    const read = reads[guard.read];
    if (isProven(read)) return [];
    const refused = read.state === "no-permission" ? read : undefined;
    const scope = guard.scope === "cluster" || about.workspaceId === null ? about.clusterId : about.workspaceId;
    return [{ key, label, action: refused?.action ?? guard.action, scope: refused?.scope ?? scope }];
  });
}

/** What would void a plan, in sentences: only facts that were verified can. */
export function voidedBy(about: About, facts: readonly GuardedFact[]): string[] {
  const guards = guardsOf(about);
  return [
    ...facts.filter((fact) => fact.verified).flatMap((fact) => guards[fact.key]?.void ?? []),
    "The policy comes to another verdict on this request.",
  ];
}
