import { listPermissions, listRolesOf } from "@/lib/azure/access";
import { getCluster } from "@/lib/azure/clusters";
import { listComputes } from "@/lib/azure/computes";
import { listExtensions } from "@/lib/azure/extensions";
import { listLocks } from "@/lib/azure/locks";
import { listProviders } from "@/lib/azure/providers";
import { mapReadable } from "@/lib/azure/readable";
import { getSource } from "@/lib/azure/sources";
import type { AzureCaller, Cluster, Readable } from "@/lib/azure/types";
import type { ProviderRegistration } from "@/lib/azure/deployment-types";
import { lookAtBindings } from "@/lib/bindings/look";
import { now } from "@/lib/kernel/clock";
import { subscriptionOf } from "@/lib/kernel/resource-id";
import { readAndKeep } from "@/lib/roles/catalogue";
import { latestSnapshot } from "@/lib/roles/store";
import { keptValues } from "../protected-store";
import type { DeployInput } from "../schema";
import { kubernetesVersionsFor } from "../kubernetes-versions";
import { lookIntoCluster } from "./cluster-look";
import type { DeployFacts } from "./facts";
import { workspaceIdOf } from "../preflight/input";

const absent = { state: "absent" } as const;

/**
 * Reads everything that planning a deployment rests on, with one person's token and all at once; at most twelve calls to ARM. What that token
 * cannot read is told as such; nothing is guessed. `owner`: whoever entered the protected values.
 */
export async function gatherDeployFacts(
  caller: AzureCaller,
  input: DeployInput,
  owner: { tid: string; oid: string },
): Promise<DeployFacts> {
  const { clusterId } = input;
  const isNew = input.workspace.use === "new";
  const workspaceId = workspaceIdOf(input);
  const clusterRead = getCluster(caller, clusterId);
  const [cluster, inside, regional, extensions, providers, locks, onCluster, onWorkspace, workspace, computes, bindings, kept] =
    await Promise.all([
      clusterRead,
      clusterRead.then((read) => lookIntoCluster(caller, read, input)),
      clusterRead.then((read) => readRegion(caller, clusterId, read)),
      listExtensions(caller, clusterId),
      readProviders(caller, input),
      listLocks(caller, clusterId),
      listPermissions(caller, clusterId),
      isNew ? absent : listPermissions(caller, workspaceId),
      getSource(caller, workspaceId),
      isNew ? absent : listComputes(caller, workspaceId),
      lookAtBindings(caller, clusterId),
      keptValues(owner, input.extension === "present" ? {} : input.extension.protected),
    ]);
  const identityRoles =
    workspace.state === "ok" && workspace.value.identity.type === "UserAssigned"
      ? await rolesOf(caller, clusterId, workspace.value.identity.principalId)
      : absent;
  const certificate = kept.find((one) => one.certificate !== null)?.certificate;
  const role = input.binding === "made-by-attach" ? null : input.binding.role;
  return {
    now: now().toISOString(),
    cluster,
    nodePools: cluster.state === "ok" ? cluster.value.nodePools : null,
    runCommand: cluster.state === "ok" ? cluster.value.runCommand : null,
    ...inside,
    extensions,
    providers,
    features: absent,
    locks,
    people: [
      {
        name: "You",
        cluster: onCluster,
        workspace: onWorkspace,
        // Rights that are given on the subscription hold on the cluster too; those of the cluster alone are not enough there.
        subscription: { state: "unavailable", message: "Not read." },
      },
    ],
    workspace,
    workspaceRoles: identityRoles,
    computes,
    bindings,
    roleRules: mapReadable(
      regional.catalogue,
      ({ roles }) => roles.find((one) => `${one.sourceResourceType}/${one.name}` === role)?.rules ?? [],
    ),
    ...regional,
    ...(certificate == null ? {} : { certificate: { state: "ok", certificate } as const }),
    kept: kept.map(({ ref, key, hash }) => ({ ref, key, hash })),
  };
}

/** What exists proves its provider: a cluster that of AKS, a workspace that of Azure ML. Only the others are asked for. */
async function readProviders(caller: AzureCaller, input: DeployInput): Promise<Readable<ProviderRegistration[]>> {
  const proven = ["Microsoft.ContainerService", ...(input.workspace.use === "existing" ? ["Microsoft.MachineLearningServices"] : [])];
  const asked = ["Microsoft.KubernetesConfiguration", ...(input.workspace.use === "new" ? ["Microsoft.MachineLearningServices"] : [])];
  const reads = await listProviders(caller, subscriptionOf(input.clusterId), asked);
  for (const read of reads) if (read.state !== "ok" && read.state !== "absent") return read;
  const known = reads.map((read, index) => (read.state === "ok" ? read.value : { namespace: asked[index] ?? "", state: "NotRegistered" }));
  return { state: "ok", value: [...proven.map((namespace) => ({ namespace, state: "Registered" })), ...known], at: now().toISOString() };
}

async function readRegion(
  caller: AzureCaller,
  clusterId: string,
  cluster: Readable<Cluster>,
): Promise<Pick<DeployFacts, "catalogue" | "snapshot" | "kubernetesVersions">> {
  if (cluster.state !== "ok") return { catalogue: cluster, snapshot: null, kubernetesVersions: cluster };
  const subscription = subscriptionOf(clusterId);
  const [catalogue, kubernetesVersions] = await Promise.all([
    readAndKeep(caller, subscription, cluster.value.location),
    kubernetesVersionsFor(caller, subscription, cluster.value.location),
  ]);
  const last = await latestSnapshot(subscription, cluster.value.location);
  return { catalogue, kubernetesVersions, snapshot: last === null ? null : { roles: last.roles, at: last.lastSeenAt.toISOString() } };
}

/** Azure roles of an identity on the cluster. */
async function rolesOf(caller: AzureCaller, clusterId: string, principalId: string | null): Promise<DeployFacts["workspaceRoles"]> {
  if (principalId === null) return { state: "unavailable", message: "Azure does not tell which identity the workspace uses." };
  return listRolesOf(caller, clusterId, principalId);
}
